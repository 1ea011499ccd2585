#include "table/profile.h"

#include <algorithm>

#include "table/column_profiler.h"
#include "text/numbers.h"

namespace aml::table {
namespace {

using text::Json;

// Seconds since 1970 as the column writes its values.
Json number_json(ColumnType type, double value) {
  if (is_numeric(type)) return Json(value);
  std::string text;
  if (type == ColumnType::date) append_value_text(text, type, static_cast<int64_t>(value / 86'400));
  else append_value_text(text, type, static_cast<int64_t>(value * 1e3) * 1'000'000);
  return Json(std::move(text));
}

Json values_json(const std::vector<ValueCounter::Value>& values) {
  Json list = Json::array();
  for (const ValueCounter::Value& value : values)
    list.push(Json::object({{"value", Json(value.text)}, {"count", Json(value.count)}}));
  return list;
}

void add_numbers(text::Fields& record, const ColumnProfile& column) {
  const NumberProfile& numbers = *column.numbers;
  const auto as_json = [&](double value) { return number_json(column.type, value); };
  if (is_numeric(column.type)) record.add("mean", as_json(numbers.mean));
  if (is_numeric(column.type) && numbers.sd) record.add("sd", as_json(*numbers.sd));
  record.add("quantiles", Json::object({{"0.05", as_json(numbers.q05)},
                                        {"0.25", as_json(numbers.q25)},
                                        {"0.5", as_json(numbers.median)},
                                        {"0.75", as_json(numbers.q75)},
                                        {"0.95", as_json(numbers.q95)}}));
  record.add("quantiles_exact", numbers.is_exact);
  Json edges = Json::array(), counts = Json::array();
  const Histogram& histogram = numbers.histogram;
  for (size_t i = 0; i <= histogram.counts.size(); ++i)
    edges.push(as_json(histogram.begin + static_cast<double>(i) * histogram.bin_width));
  for (const uint64_t count : histogram.counts) counts.push(Json(count));
  record.add("histogram", Json::object({{"edges", std::move(edges)}, {"counts", std::move(counts)}}));
}

Json extreme_json(const ColumnProfile& column, const std::optional<std::string>& text) {
  if (!text || !is_numeric(column.type)) return text ? Json(*text) : Json();
  return text::is_json_number(*text) ? Json::number_from_text(*text) : Json();  // infinity is no JSON
}

}  // namespace

Result<TableProfile> profile_table(Reader& reader, std::string source, const ProfileOptions& options) {
  TableProfile table{std::move(source), 0, true, {}};
  const size_t columns = std::max<size_t>(reader.schema()->size(), 1);
  const ColumnProfiler::Limits limits{.values_max = std::clamp<size_t>(options.values_max / columns, 1000, 100'000),
                                      .numbers_max = options.numbers_max / columns,
                                      .top_values = options.top_values};
  std::vector<ColumnProfiler> profilers;
  for (const Field& field : reader.schema()->fields()) profilers.emplace_back(field.name, limits);
  while (const auto batch = TRY(reader.next())) {
    const uint64_t left = options.rows_max ? *options.rows_max - table.rows : batch->rows;
    const size_t rows = std::min<uint64_t>(batch->rows, left);
    for (size_t i = 0; i < profilers.size(); ++i) profilers[i].add(*batch, *batch->columns[i], rows);
    if (options.on_batch) options.on_batch(*batch, rows);
    table.rows += rows;
    table.is_complete = rows == batch->rows;
    if (!table.is_complete) break;
  }
  for (ColumnProfiler& profiler : profilers) table.columns.push_back(profiler.finish());
  return table;
}

text::Fields describe(const TableProfile& table, const ColumnProfile& column) {
  text::Fields record{.type = "column", .id = column.name, .fields = {}};
  record.add("name", column.name).add("source", table.source);
  record.add("value_type", std::string(name_of(column.type)));
  record.add("rows", column.rows).add("rows_complete", table.is_complete);
  record.add("values", column.values).add("missing", column.missing).add("errors", column.errors);
  record.add("missing_words", values_json(column.missing_words));
  record.add("distinct", column.distinct).add("distinct_exact", column.is_distinct_exact);
  record.add("min", extreme_json(column, column.min)).add("max", extreme_json(column, column.max));
  if (column.numbers) add_numbers(record, column);
  if (column.type == ColumnType::text)
    record.add("characters_min", column.characters_min).add("characters_max", column.characters_max);
  record.add("top", values_json(column.top));
  if (column.misfit)
    record.add("misfit", Json::object({{"fits", std::string(name_of(column.misfit->type))},
                                       {"count", column.misfit->fitting},
                                       {"first", column.misfit->text},
                                       {"place", column.misfit->place}}));
  return record;
}

}  // namespace aml::table
