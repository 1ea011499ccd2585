// - take: 1000      the first rows; what comes before the step is read no further
#include <numeric>

#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

class TakeStage final : public Stage {
 public:
  explicit TakeStage(uint64_t rows) : left_(rows) {}

  Status push(table::Batch batch, Flow& flow) override {
    if (left_ == 0) return {};
    if (batch.rows > left_) {
      std::vector<uint32_t> first(left_);
      std::iota(first.begin(), first.end(), 0U);
      batch = table::gather(batch, first);
    }
    left_ -= batch.rows;
    return flow.emit(std::move(batch));
  }

  bool is_sated() const override { return left_ == 0; }

 private:
  uint64_t left_;
};

class TakeStep final : public Step {
 public:
  explicit TakeStep(uint64_t rows) : rows_(rows) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override { return input; }
  StagePtr start(const Resources&) const override { return std::make_unique<TakeStage>(rows_); }

 private:
  uint64_t rows_;
};

}  // namespace

Result<StepPtr> make_take_step(const StepSource& source) {
  return StepPtr(std::make_unique<TakeStep>(TRY(read_count(source.arguments, "the number of rows of 'take'"))));
}

}  // namespace aml::prep
