#include "inspect/infer_schema.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "table/classify.h"
#include "text/unicode.h"
#include "text/yaml_scalar.h"

namespace aml::inspect {
namespace {

using table::ColumnProfile;
using table::ColumnType;

constexpr uint64_t kRepeatsMin = 5;  // a list of values is one only if each occurs so often on average
constexpr uint64_t kUniqueMin = 20;  // fewer different values may be so by chance

// Words that mean "missing" in columns that are otherwise numbers, dates or booleans.
std::vector<std::string> missing_words_of(const TableInspection& table) {
  std::set<std::string> words;
  for (const ColumnProfile& column : table.profile.columns)
    if (column.type != ColumnType::text)
      for (const auto& word : column.missing_words)
        if (!table::trim(word.text).empty()) words.insert(word.text);
  return {words.begin(), words.end()};
}

uint64_t missing_of(const ColumnProfile& column, const std::vector<std::string>& words) {
  uint64_t missing = column.missing;
  if (column.type != ColumnType::text) return missing;
  for (const auto& word : column.missing_words) {
    const bool is_blank = table::trim(word.text).empty();
    if (is_blank || std::find(words.begin(), words.end(), word.text) != words.end()) missing += word.count;
  }
  return missing;
}

// Rounded up to a whole per cent, so that the next month is not refused for one row.
double missing_limit(uint64_t missing, uint64_t rows) {
  if (missing == 0) return 0;
  return std::min(1.0, std::ceil(100 * static_cast<double>(missing) / static_cast<double>(rows)) / 100);
}

std::optional<std::vector<std::string>> values_of(const ColumnProfile& column, const std::vector<std::string>& words) {
  if (column.type != ColumnType::text || !column.is_distinct_exact || column.distinct > kInferredValuesMax)
    return std::nullopt;
  if (column.top.size() < column.distinct || column.values < kRepeatsMin * column.distinct) return std::nullopt;
  std::vector<std::string> values;
  for (const auto& value : column.top) {
    // May be cut; and what is not UTF-8 cannot be written.
    if (value.text.size() >= table::ValueCounter::kTextMax || !text::is_utf8(value.text)) return std::nullopt;
    const std::string_view text = table::trim(value.text);
    const bool is_missing = text.empty() || std::find(words.begin(), words.end(), text) != words.end();
    if (!is_missing) values.emplace_back(text);
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  if (values.empty()) return std::nullopt;
  return values;
}

ColumnSchema infer_column(const TableInspection& table, size_t index, const std::vector<std::string>& words) {
  const ColumnProfile& column = table.profile.columns[index];
  const ValuePatterns& patterns = table.columns[index].patterns;
  ColumnSchema schema{.name = column.name, .type = column.type};
  schema.missing_max = missing_limit(missing_of(column, words), std::max<uint64_t>(column.rows, 1));
  if (column.numbers) {
    schema.min = Bound{*column.min};
    schema.max = Bound{*column.max};
  }
  schema.values = values_of(column, words);
  // Only what was seen of every row can be asked of every row.
  const bool has_one_shape = patterns.patterns.size() == 1 && patterns.patterns[0].count == patterns.values;
  const bool has_words = !column.missing_words.empty();
  if (column.type == ColumnType::text && !schema.values && has_one_shape && !has_words && table.sample_is_all())
    schema.pattern = patterns.patterns[0].expression;
  const bool can_be_key = column.type == ColumnType::text || column.type == ColumnType::int64;
  schema.is_unique = can_be_key && !has_words && column.is_distinct_exact && column.distinct == column.values &&
                     column.values >= kUniqueMin;
  return schema;
}

}  // namespace

DataSchema infer_data_schema(const TableInspection& table) {
  DataSchema schema{.name = table.profile.source, .missing_words = missing_words_of(table)};
  if (table.profile.rows > 0) schema.rows_min = 1;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    // Nor can some names be keys.
    if (!text::can_be_yaml_key(table.profile.columns[i].name)) schema.allows_other_columns = true;
    else schema.columns.push_back(infer_column(table, i, schema.missing_words));
  }
  return schema;
}

}  // namespace aml::inspect
