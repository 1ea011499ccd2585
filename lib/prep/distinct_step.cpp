// - distinct: [a, b]      the first row of those with the same values there; `distinct: all` looks at every column
#include <fmt/format.h>

#include "prep/key_table.h"
#include "prep/row_key.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

class DistinctStage final : public Stage {
 public:
  DistinctStage(const std::vector<KeyPart>& parts, const Resources& resources)
      : encoder_(parts), resources_(resources) {}

  Status push(table::Batch batch, Flow& flow) override {
    keys_.encode(encoder_, batch);
    std::vector<uint32_t> rows;
    for (uint32_t row = 0; row < batch.rows; ++row)
      if (seen_.insert(keys_[row]).is_new) rows.push_back(row);
    TRY(check_memory(seen_.bytes(), "distinct", fmt::format("{} different rows", seen_.size()), resources_));
    return flow.emit(rows.size() == batch.rows ? std::move(batch) : table::gather(batch, rows));
  }

 private:
  KeyEncoder encoder_;
  Resources resources_;
  BatchKeys keys_;
  KeyTable seen_;
};

class DistinctStep final : public Step {
 public:
  // No names mean every column.
  explicit DistinctStep(std::vector<PlacedName> names) : names_(std::move(names)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    parts_.clear();
    for (const PlacedName& name : names_) parts_.push_back({TRY(require_column(*input, name))});
    for (size_t column = 0; names_.empty() && column < input->size(); ++column) parts_.push_back({column});
    return input;
  }

  StagePtr start(const Resources& resources) const override {
    return std::make_unique<DistinctStage>(parts_, resources);
  }

 private:
  std::vector<PlacedName> names_;
  std::vector<KeyPart> parts_;
};

}  // namespace

Result<StepPtr> make_distinct_step(const StepSource& source) {
  std::vector<PlacedName> names;
  const bool is_all = source.arguments.is_scalar() && source.arguments.scalar() == "all";
  if (!is_all) names = TRY(read_names(source.arguments, "distinct"));
  return StepPtr(std::make_unique<DistinctStep>(std::move(names)));
}

}  // namespace aml::prep
