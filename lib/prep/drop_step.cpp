// - drop: [a, b]      every column but these
#include <algorithm>

#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

class DropStep final : public MapStep {
 public:
  explicit DropStep(std::vector<PlacedName> names) : names_(std::move(names)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    std::vector<size_t> dropped;
    for (const PlacedName& name : names_) dropped.push_back(TRY(require_column(*input, name)));
    if (dropped.size() == input->size()) return names_[0].error("'drop' leaves no column");
    columns_.clear();
    for (size_t column = 0; column < input->size(); ++column)
      if (std::find(dropped.begin(), dropped.end(), column) == dropped.end()) columns_.push_back(column);
    schema_ = pick_fields(*input, columns_);
    return schema_;
  }

  table::Batch process(const table::Batch& batch, Failures&) const override {
    return pick_columns(batch, schema_, columns_);
  }

 private:
  std::vector<PlacedName> names_;
  std::vector<size_t> columns_;  // those that stay
  table::SchemaPtr schema_;
};

}  // namespace

Result<StepPtr> make_drop_step(const StepSource& source) {
  return StepPtr(std::make_unique<DropStep>(TRY(read_names(source.arguments, "drop"))));
}

}  // namespace aml::prep
