// - distinct: [a, b]      the first row of those with the same values there; `distinct: all` looks at every column
#include "prep/key_table.h"
#include "prep/keyed_stage.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

class DistinctWork final : public KeyedWork {
 public:
  explicit DistinctWork(uint64_t memory_bytes) : memory_bytes_(memory_bytes) {}

  Status take(const table::Batch& rows, const BatchKeys& keys, Flow& flow, std::vector<uint32_t>& left) override {
    std::vector<uint32_t> first;
    for (uint32_t row = 0; row < rows.rows; ++row) {
      is_full_ = is_full_ || (seen_.peak_bytes() > memory_bytes_ && seen_.size() > 0);
      if (!is_full_) {
        if (seen_.insert(keys[row]).is_new) first.push_back(row);
      } else if (!seen_.find(keys[row])) {
        left.push_back(row);
      }
    }
    return first.empty() ? Status() : flow.emit(first.size() == rows.rows ? rows : table::gather(rows, first));
  }

  Status finish(Flow&) override { return {}; }

 private:
  uint64_t memory_bytes_;
  bool is_full_ = false;
  KeyTable seen_;
};

class DistinctStep final : public Step {
 public:
  // No names mean every column.
  explicit DistinctStep(std::vector<PlacedName> names) : names_(std::move(names)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    plan_ = {input, {}, input, input->size()};
    for (const PlacedName& name : names_) plan_.keys.push_back({TRY(require_column(*input, name))});
    for (size_t column = 0; names_.empty() && column < input->size(); ++column) plan_.keys.push_back({column});
    return input;
  }

  StagePtr start(const Resources& resources) const override {
    return std::make_unique<KeyedStage>(
        plan_, resources, [](Numbered, uint64_t memory_bytes) { return std::make_unique<DistinctWork>(memory_bytes); });
  }

 private:
  std::vector<PlacedName> names_;
  KeyedPlan plan_;
};

}  // namespace

Result<StepPtr> make_distinct_step(const StepSource& source) {
  std::vector<PlacedName> names;
  const bool is_all = source.arguments.is_scalar() && source.arguments.scalar() == "all";
  if (!is_all) names = TRY(read_names(source.arguments, "distinct"));
  return StepPtr(std::make_unique<DistinctStep>(std::move(names)));
}

}  // namespace aml::prep
