#include "inspect/inspection.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "inspect/row_sample.h"
#include "table/classify.h"

namespace aml::inspect {
namespace {

using table::ColumnType;
using text::Json;

constexpr size_t kEvidenceValues = 200;  // different values that feature types are told from
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

bool is_value(const table::Column& column, size_t row, std::string_view& value) {
  if (!column.is_valid(row)) return false;
  value = table::trim(column.texts()[row].view());
  return !value.empty() && !table::is_missing_word(value);
}

std::vector<std::string_view> values_of(const table::Column& column) {
  std::vector<std::string_view> values;
  std::string_view value;
  for (size_t row = 0; row < column.rows(); ++row)
    if (is_value(column, row, value)) values.push_back(value);
  return values;
}

std::vector<std::string_view> different(const std::vector<std::string_view>& values, size_t limit) {
  std::set<std::string_view> known;
  std::vector<std::string_view> result;
  for (size_t i = 0; i < values.size() && result.size() < limit; ++i)
    if (known.insert(values[i]).second) result.push_back(values[i]);
  return result;
}

FeatureType feature_type_of(const table::ColumnProfile& profile, const std::vector<std::string_view>& values) {
  const std::vector<std::string_view> samples = different(values, kEvidenceValues);
  FeatureEvidence evidence{.name = profile.name,
                           .rows = profile.rows,
                           .missing = profile.missing,
                           .distinct = profile.distinct,
                           .samples = samples};
  if (profile.numbers && table::is_numeric(profile.type)) {
    evidence.min = profile.numbers->min;
    evidence.max = profile.numbers->max;
    evidence.mean = profile.numbers->mean;
    evidence.sd = profile.numbers->sd.value_or(0);
  }
  return infer_feature_type(evidence);
}

BoxPlot box_plot(const table::NumberProfile& numbers, const std::vector<double>& values) {
  BoxPlot box{numbers.q25, numbers.q25, numbers.median, numbers.q75, numbers.q75};
  const double range = box.q75 - box.q25;
  const double low_fence = box.q25 - 1.5 * range, high_fence = box.q75 + 1.5 * range;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    if (value < low_fence) ++box.below;
    else if (value > high_fence) ++box.above;
    else {
      box.low = std::min(box.low, value);
      box.high = std::max(box.high, value);
    }
  }
  return box;
}

ColumnInspection inspect_column(const table::ColumnProfile& profile, const table::Column& sample,
                                const std::vector<double>& numbers, size_t patterns_max) {
  ColumnInspection inspection;
  const std::vector<std::string_view> values = values_of(sample);
  inspection.feature_type = feature_type_of(profile, values);
  if (!table::is_numeric(profile.type) && profile.type != ColumnType::boolean)
    inspection.patterns = find_patterns(values, patterns_max);
  if (profile.numbers) inspection.box = box_plot(*profile.numbers, numbers);
  inspection.findings = find_in_column(profile, inspection, sample, numbers);
  return inspection;
}

Json patterns_json(const ValuePatterns& patterns) {
  Json list = Json::array();
  for (const ValuePattern& pattern : patterns.patterns)
    list.push(Json::object({{"pattern", Json(pattern.expression)},
                            {"count", Json(pattern.count)},
                            {"share", Json(static_cast<double>(pattern.count) /
                                           static_cast<double>(std::max<uint64_t>(patterns.values, 1)))}}));
  return list;
}

Json findings_json(const std::vector<Finding>& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    Json item = Json::object({{"finding", Json(name_of(finding.kind))}, {"message", Json(finding.message)}});
    if (!finding.step.empty()) item.set("step", finding.step);
    list.push(std::move(item));
  }
  return list;
}

Json optional_json(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

}  // namespace

std::vector<double> numbers_of(const table::Column& column, ColumnType type) {
  std::vector<double> numbers(column.rows(), kNone);
  std::string_view value;
  for (size_t row = 0; row < column.rows(); ++row) {
    if (!is_value(column, row, value)) continue;
    const table::Scalar scalar = table::parse_scalar(value, type);
    if (scalar.problem) continue;
    const auto whole = static_cast<double>(scalar.whole);
    switch (type) {
      case ColumnType::float64: numbers[row] = scalar.real; break;
      case ColumnType::int64: numbers[row] = whole; break;
      case ColumnType::date: numbers[row] = whole * 86'400; break;
      case ColumnType::timestamp: numbers[row] = whole * 1e-9; break;
      default: break;
    }
  }
  return numbers;
}

Result<TableInspection> inspect_table(table::Reader& reader, std::string source, const InspectOptions& options) {
  RowSample sample(reader.schema(), options.seed, {.rows = options.sample_rows});
  table::ProfileOptions profile_options = options.profile;
  const auto also = profile_options.on_batch;
  profile_options.on_batch = [&](const table::Batch& batch, size_t rows) {
    sample.add(batch, rows);
    if (also) also(batch, rows);
  };
  TableInspection table;
  table.profile = TRY(table::profile_table(reader, std::move(source), profile_options));
  table.sample = sample.take();
  table.rows_sampled = table.sample.rows;
  std::vector<NumberColumn> numeric;
  for (size_t i = 0; i < table.profile.columns.size(); ++i) {
    const table::ColumnProfile& profile = table.profile.columns[i];
    std::vector<double> numbers;
    if (profile.numbers) numbers = numbers_of(*table.sample.columns[i], profile.type);
    table.columns.push_back(inspect_column(profile, *table.sample.columns[i], numbers, options.patterns_max));
    if (table::is_numeric(profile.type) && numeric.size() < kCorrelatedMax)
      numeric.push_back({profile.name, std::move(numbers)});
  }
  table.correlations = correlate(numeric);
  find_between_columns(table);
  return table;
}

text::Fields describe(const TableInspection& table, size_t column) {
  const ColumnInspection& inspection = table.columns[column];
  text::Fields record = table::describe(table.profile, table.profile.columns[column]);
  record.add("rows_sampled", table.rows_sampled);
  record.add("feature_type", std::string(name_of(inspection.feature_type)));
  record.add("patterns", patterns_json(inspection.patterns));
  if (inspection.box && table::is_numeric(table.profile.columns[column].type)) {
    const BoxPlot& box = *inspection.box;
    record.add("box", Json::object({{"low", Json(box.low)},
                                    {"q25", Json(box.q25)},
                                    {"median", Json(box.median)},
                                    {"q75", Json(box.q75)},
                                    {"high", Json(box.high)},
                                    {"below", Json(box.below)},
                                    {"above", Json(box.above)}}));
  }
  record.add("findings", findings_json(inspection.findings));
  return record;
}

std::vector<text::Fields> describe_correlations(const TableInspection& table) {
  std::vector<text::Fields> records;
  const CorrelationMatrix& matrix = table.correlations;
  for (size_t i = 0; i < matrix.size(); ++i) {
    for (size_t j = i + 1; j < matrix.size(); ++j) {
      text::Fields record{.type = "correlation", .id = matrix.names[i] + "," + matrix.names[j], .fields = {}};
      record.add("name", matrix.names[i]).add("other", matrix.names[j]).add("source", table.profile.source);
      record.add("rows_sampled", table.rows_sampled);
      record.add("pearson", optional_json(matrix.pearson_at(i, j)));
      record.add("spearman", optional_json(matrix.spearman_at(i, j)));
      records.push_back(std::move(record));
    }
  }
  return records;
}

}  // namespace aml::inspect
