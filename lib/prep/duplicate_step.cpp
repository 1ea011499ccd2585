// - duplicate: {species: species_code}      a column once more under a new name, at the end
#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

struct Duplicate {
  PlacedName from;
  PlacedName to;
};

class DuplicateStep final : public MapStep {
 public:
  explicit DuplicateStep(std::vector<Duplicate> duplicates) : duplicates_(std::move(duplicates)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    std::vector<table::Field> fields = input->fields();
    columns_.clear();
    for (const Duplicate& duplicate : duplicates_) {
      columns_.push_back(TRY(require_column(*input, duplicate.from)));
      TRY(add_field(fields, duplicate.to, (*input)[columns_.back()].type));
    }
    schema_ = std::make_shared<const table::Schema>(std::move(fields));
    return schema_;
  }

  table::Batch process(const table::Batch& batch, Failures&) const override {
    std::vector<table::ColumnPtr> columns = batch.columns;
    for (const size_t column : columns_) columns.push_back(batch.columns[column]);
    return with_columns(batch, schema_, std::move(columns));
  }

 private:
  std::vector<Duplicate> duplicates_;
  std::vector<size_t> columns_;  // the originals
  table::SchemaPtr schema_;
};

}  // namespace

Result<StepPtr> make_duplicate_step(const StepSource& source) {
  std::vector<Duplicate> duplicates;
  for (auto& [from, value] : TRY(read_entries(source.arguments, "duplicate"))) {
    PlacedName into = TRY(read_name(*value, "the name of the new column"));
    duplicates.push_back({from, std::move(into)});
  }
  return StepPtr(std::make_unique<DuplicateStep>(std::move(duplicates)));
}

}  // namespace aml::prep
