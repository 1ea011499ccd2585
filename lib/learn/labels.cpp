#include "learn/labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "text/numbers.h"

namespace aml::learn {
namespace {

using table::ColumnType;

Error bad_label(const table::Field& field, std::string_view what, std::string hint) {
  return Error{ErrorKind::bad_data, fmt::format("label '{}' {}", field.name, what), std::move(hint)};
}

// Numbers the distinct texts of a column in the order they appear.
struct Dictionary {
  std::unordered_map<std::string, uint32_t> numbers;
  std::vector<std::string> texts;

  uint32_t number_of(const std::string& text) {
    const auto [place, is_new] = numbers.try_emplace(text, static_cast<uint32_t>(texts.size()));
    if (is_new) texts.push_back(text);
    return place->second;
  }
};

void read_codes(const table::Column& column, Dictionary& dictionary, Labels& labels) {
  std::string text;
  for (size_t row = 0; row < column.rows(); ++row) {
    if (!column.is_valid(row)) {
      labels.codes.push_back(kNoClass);
      ++labels.missing;
      continue;
    }
    text.clear();
    if (column.type() == ColumnType::int64) text::append_number(text, column.ints()[row]);
    else column.append_text(text, row);
    labels.codes.push_back(dictionary.number_of(text));
  }
}

bool class_less(ColumnType type, const std::string& a, const std::string& b) {
  if (type != ColumnType::int64) return a < b;
  return *text::parse_int(a) < *text::parse_int(b);
}

// Puts the classes in their final order and renumbers the rows.
void sort_classes(std::vector<std::string> texts, Labels& labels) {
  std::vector<uint32_t> order(texts.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return class_less(labels.field.type, texts[a], texts[b]); });
  std::vector<uint32_t> rank(order.size());
  for (uint32_t i = 0; i < order.size(); ++i) {
    rank[order[i]] = i;
    labels.classes.push_back(std::move(texts[order[i]]));
  }
  for (uint32_t& code : labels.codes)
    if (code != kNoClass) code = rank[code];
}

void read_targets(const table::Column& column, Labels& labels) {
  for (size_t row = 0; row < column.rows(); ++row) {
    const bool is_valid = column.is_valid(row);
    double value = std::numeric_limits<double>::quiet_NaN();
    if (is_valid)
      value = column.type() == ColumnType::int64 ? static_cast<double>(column.ints()[row]) : column.doubles()[row];
    labels.targets.push_back(value);
    if (!is_valid) ++labels.missing;
  }
}

Status check_classes(const Labels& labels) {
  const size_t count = labels.classes.size();
  if (count == 1)
    return bad_label(labels.field, fmt::format("has only one class, '{}'", labels.classes[0]),
                     "a classifier needs rows of at least two classes");
  const uint64_t rows = labels.codes.size() - labels.missing;
  if (count > kClassesMax || (count > kIdentifierClassesMin && count > rows / 2))
    return bad_label(labels.field, fmt::format("has {} classes in {} rows", count, rows),
                     "is this column an identifier? name another one with --label");
  return {};
}

}  // namespace

Result<Labels> read_labels(const table::Table& table, size_t column) {
  Labels labels{.field = (*table.schema)[column], .classes = {}, .codes = {}, .targets = {}};
  const ColumnType type = labels.field.type;
  if (type == ColumnType::date || type == ColumnType::timestamp)
    return bad_label(labels.field, fmt::format("is a {}", table::name_of(type)),
                     "labels are text or whole numbers (classes), or numbers (regression)");
  Dictionary dictionary;
  if (type != ColumnType::float64)
    for (const table::Batch& batch : table.batches) read_codes(*batch.columns[column], dictionary, labels);
  const bool is_quantity = type == ColumnType::int64 && dictionary.texts.size() > kIntegerClassesMax;
  if (type == ColumnType::float64 || is_quantity) {
    labels = {.task = model::Task::regression, .field = labels.field, .classes = {}, .codes = {}, .targets = {}};
    for (const table::Batch& batch : table.batches) read_targets(*batch.columns[column], labels);
  }
  if (labels.missing == table.rows)
    return bad_label(labels.field, fmt::format("has no value in any of {} rows", table.rows),
                     "name the column to predict with --label");
  if (labels.task == model::Task::regression) return labels;
  sort_classes(std::move(dictionary.texts), labels);
  TRY(check_classes(labels));
  return labels;
}

}  // namespace aml::learn
