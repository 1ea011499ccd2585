// - path: {column: file, into: {shop: folder, day: stem}}      the parts of a file's path as new columns
#include <fmt/format.h>

#include "prep/cell_value.h"
#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

using Text = std::string_view;

enum class Part : uint8_t { folder, name, stem, extension };
const std::vector<std::string> kParts = {"folder", "name", "stem", "extension"};

struct PathColumn {
  PlacedName name;
  Part part = Part::name;
};

// Both kinds of slashes separate. A point at the start of a name begins no extension.
Text part_of(Text path, Part part) {
  const size_t slash = path.find_last_of("/\\");
  if (part == Part::folder) return slash == Text::npos ? Text() : path.substr(0, std::max<size_t>(slash, 1));
  const Text name = slash == Text::npos ? path : path.substr(slash + 1);
  if (part == Part::name) return name;
  const size_t point = name.find_last_of('.');
  const bool has_extension = point != Text::npos && point > 0;
  if (part == Part::stem) return has_extension ? name.substr(0, point) : name;
  return has_extension ? name.substr(point + 1) : Text();
}

class PathStep final : public MapStep {
 public:
  PathStep(PlacedName column, std::vector<PathColumn> into) : name_(std::move(column)), into_(std::move(into)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    column_ = TRY(require_column(*input, name_));
    if ((*input)[column_].type != table::ColumnType::text)
      return name_.error(fmt::format("'path' works on text, column '{}' is of type {}", name_.name,
                                     table::name_of((*input)[column_].type)));
    std::vector<table::Field> fields = input->fields();
    for (const PathColumn& column : into_) TRY(add_field(fields, column.name, table::ColumnType::text));
    schema_ = std::make_shared<const table::Schema>(std::move(fields));
    return schema_;
  }

  // A part that is not there is missing. The parts are views of the path, which the builders pin.
  table::Batch process(const table::Batch& batch, Failures&) const override {
    const table::Column& source = *batch.columns[column_];
    std::vector<table::ColumnPtr> columns = batch.columns;
    for (const PathColumn& column : into_) {
      table::ColumnBuilder builder = start_copy(source);
      for (size_t row = 0; row < batch.rows; ++row) {
        const Text part = source.is_valid(row) ? part_of(source.texts()[row].view(), column.part) : Text();
        if (!source.is_valid(row)) copy_cell(builder, source, row);
        else if (part.empty()) builder.append_missing();
        else builder.append_text(table::TextView(part));
      }
      columns.push_back(builder.finish());
    }
    return with_columns(batch, schema_, std::move(columns));
  }

 private:
  PlacedName name_;
  std::vector<PathColumn> into_;
  size_t column_ = 0;
  table::SchemaPtr schema_;
};

}  // namespace

Result<StepPtr> make_path_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"column", "into"}, "path"));
  PlacedName column = TRY(read_name(*TRY(require_option(node, "column", "path")), "'column' of 'path'"));
  std::vector<PathColumn> into;
  for (auto& [name, value] : TRY(read_entries(*TRY(require_option(node, "into", "path")), "into"))) {
    const auto part = static_cast<Part>(TRY(read_choice(*value, kParts, "a part of a path")));
    into.push_back({name, part});
  }
  return StepPtr(std::make_unique<PathStep>(std::move(column), std::move(into)));
}

}  // namespace aml::prep
