// - keep: [a, b]      these columns, in this order
#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

class KeepStep final : public MapStep {
 public:
  explicit KeepStep(std::vector<PlacedName> names) : names_(std::move(names)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    columns_.clear();
    for (const PlacedName& name : names_) columns_.push_back(TRY(require_column(*input, name)));
    schema_ = pick_fields(*input, columns_);
    return schema_;
  }

  table::Batch process(const table::Batch& batch, Failures&) const override {
    return pick_columns(batch, schema_, columns_);
  }

 private:
  std::vector<PlacedName> names_;
  std::vector<size_t> columns_;
  table::SchemaPtr schema_;
};

}  // namespace

Result<StepPtr> make_keep_step(const StepSource& source) {
  return StepPtr(std::make_unique<KeepStep>(TRY(read_names(source.arguments, "keep"))));
}

}  // namespace aml::prep
