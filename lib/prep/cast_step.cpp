// - cast: {year: integer, when: {type: date, formats: ['%d.%m.%Y']}}      cells that do not convert become errors
#include <fmt/format.h>

#include <optional>

#include "prep/declared_cast.h"
#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"
#include "table/cast.h"
#include "text/suggest.h"

namespace aml::prep {
namespace {

struct Casting {
  PlacedName name;
  table::ColumnType type = table::ColumnType::text;
  std::optional<DeclaredCast> declared = {};
  size_t column = 0;
};

class CastStep final : public MapStep {
 public:
  explicit CastStep(std::vector<Casting> castings) : castings_(std::move(castings)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    std::vector<table::Field> fields = input->fields();
    for (Casting& casting : castings_) {
      casting.column = TRY(require_column(*input, casting.name));
      TRY(check_source(casting, (*input)[casting.column].type));
      fields[casting.column].type = casting.type;
    }
    schema_ = std::make_shared<const table::Schema>(std::move(fields));
    return schema_;
  }

  table::Batch process(const table::Batch& batch, Failures& failures) const override {
    std::vector<table::ColumnPtr> columns = batch.columns;
    for (const Casting& casting : castings_) {
      table::ColumnPtr& column = columns[casting.column];
      if (column->type() == casting.type) continue;
      const table::ColumnPtr before = column;
      column = casting.declared ? casting.declared->convert(*before) : table::cast(*before, casting.type);
      failures.count_column(casting.name.name, batch, *column, {before});
    }
    return with_columns(batch, schema_, std::move(columns));
  }

 private:
  static Status check_source(const Casting& casting, table::ColumnType type) {
    if (!casting.declared || type == table::ColumnType::text || type == casting.type) return {};
    return casting.name.error(fmt::format("a declared form is that of text, column '{}' is of type {}",
                                          casting.name.name, table::name_of(type)),
                              "cast it once, with the form");
  }

  std::vector<Casting> castings_;
  table::SchemaPtr schema_;
};

}  // namespace

Result<StepPtr> make_cast_step(const StepSource& source) {
  std::vector<Casting> castings;
  for (auto& [name, value] : TRY(read_entries(source.arguments, "cast"))) {
    if (value->kind() == text::Yaml::Kind::mapping) {
      auto declared = TRY(DeclaredCast::read(*value));
      const table::ColumnType type = declared.type();
      castings.push_back({name, type, std::move(declared)});
      continue;
    }
    const auto type = value->is_scalar() ? table::parse_column_type(value->scalar()) : std::nullopt;
    if (!type)
      return value->error(fmt::format("unknown type '{}' for column '{}'", value->scalar(), name.name),
                          text::suggestion_hint(value->scalar(), table::column_type_names()));
    castings.push_back({name, *type});
  }
  return StepPtr(std::make_unique<CastStep>(std::move(castings)));
}

}  // namespace aml::prep
