// - rename: {Old Name: new_name}      all at once, so names can be exchanged
#include <fmt/format.h>

#include <set>

#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

struct Renaming {
  PlacedName from;
  PlacedName to;
};

class RenameStep final : public MapStep {
 public:
  explicit RenameStep(std::vector<Renaming> renamings) : renamings_(std::move(renamings)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    std::vector<table::Field> fields = input->fields();
    for (const Renaming& renaming : renamings_)
      fields[TRY(require_column(*input, renaming.from))].name = renaming.to.name;
    std::multiset<std::string> names;
    for (const table::Field& field : fields) names.insert(field.name);
    for (const Renaming& renaming : renamings_)
      if (names.count(renaming.to.name) > 1)
        return renaming.to.error(fmt::format("two columns would be named '{}'", renaming.to.name),
                                 "drop or rename the other one first");
    schema_ = std::make_shared<const table::Schema>(std::move(fields));
    return schema_;
  }

  table::Batch process(const table::Batch& batch, Failures&) const override {
    return with_columns(batch, schema_, batch.columns);
  }

 private:
  std::vector<Renaming> renamings_;
  table::SchemaPtr schema_;
};

}  // namespace

Result<StepPtr> make_rename_step(const StepSource& source) {
  std::vector<Renaming> renamings;
  for (auto& [from, value] : TRY(read_entries(source.arguments, "rename"))) {
    if (!value->is_scalar() || value->scalar().empty())
      return value->error(fmt::format("the new name of column '{}' must be text", from.name));
    renamings.push_back({from, {value->scalar(), value->place()}});
  }
  return StepPtr(std::make_unique<RenameStep>(std::move(renamings)));
}

}  // namespace aml::prep
