// - replace: {sex: {MALE: male, '.': null}}      whole cells, by a table of values; null is missing
#include <fmt/format.h>

#include <unordered_map>

#include "prep/cell_value.h"
#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

struct Exchange {
  CellValue from;
  CellValue to;
};

struct Replacement {
  PlacedName name;
  text::Yaml written;
  size_t column = 0;
  std::vector<Exchange> exchanges = {};
  std::unordered_map<std::string, size_t, TextHash, std::equal_to<>> by_text = {};  // text columns: index of exchange
};

// Text is looked up by hash; the other types have few values and are compared one after the other.
const Exchange* find_exchange(const Replacement& replacement, const table::Column& column, size_t row) {
  if (column.type() == table::ColumnType::text) {
    const auto found = replacement.by_text.find(column.texts()[row].view());
    return found == replacement.by_text.end() ? nullptr : &replacement.exchanges[found->second];
  }
  for (const Exchange& exchange : replacement.exchanges)
    if (exchange.from.equals(column, row)) return &exchange;
  return nullptr;
}

table::ColumnPtr replace_values(const table::Column& column, const Replacement& replacement) {
  table::ColumnBuilder builder = start_copy(column);
  for (const Exchange& exchange : replacement.exchanges) exchange.to.pin_to(builder);
  for (size_t row = 0; row < column.rows(); ++row) {
    const Exchange* exchange = column.is_valid(row) ? find_exchange(replacement, column, row) : nullptr;
    if (exchange != nullptr) exchange->to.append_to(builder);
    else copy_cell(builder, column, row);
  }
  return builder.finish();
}

class ReplaceStep final : public MapStep {
 public:
  explicit ReplaceStep(std::vector<Replacement> replacements) : replacements_(std::move(replacements)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    for (Replacement& replacement : replacements_) {
      replacement.column = TRY(require_column(*input, replacement.name));
      const table::ColumnType type = (*input)[replacement.column].type;
      replacement.exchanges.clear();
      for (const text::Yaml::Entry& entry : replacement.written.entries()) {
        const std::string place = fmt::format("{}:{}:{}", entry.value.name(), entry.key_line, entry.key_column);
        replacement.by_text.emplace(entry.key, replacement.exchanges.size());
        auto from = TRY(CellValue::parse(entry.key, type, place));
        auto to = TRY(CellValue::read(entry.value, type));
        replacement.exchanges.push_back({std::move(from), std::move(to)});
      }
    }
    return input;
  }

  table::Batch process(const table::Batch& batch, Failures&) const override {
    std::vector<table::ColumnPtr> columns = batch.columns;
    for (const Replacement& replacement : replacements_)
      columns[replacement.column] = replace_values(*columns[replacement.column], replacement);
    return with_columns(batch, batch.schema, std::move(columns));
  }

 private:
  std::vector<Replacement> replacements_;
};

}  // namespace

Result<StepPtr> make_replace_step(const StepSource& source) {
  std::vector<Replacement> replacements;
  for (auto& [name, value] : TRY(read_entries(source.arguments, "replace"))) {
    if (value->kind() != text::Yaml::Kind::mapping || value->entries().empty())
      return value->error(fmt::format("'replace' takes a mapping of old to new values for column '{}'", name.name),
                          fmt::format("for example: replace: {{{}: {{NA: null}}}}", name.name));
    replacements.push_back({name, *value});
  }
  return StepPtr(std::make_unique<ReplaceStep>(std::move(replacements)));
}

}  // namespace aml::prep
