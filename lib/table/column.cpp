#include "table/column.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>

#include "base/check.h"
#include "base/time.h"
#include "text/numbers.h"

namespace aml::table {
namespace {

// Text made by steps is collected in blocks of this size, so that a column of short texts costs few allocations.
constexpr size_t kOwnedBlockBytes = size_t{64} << 10;

size_t words_for(size_t rows) { return (rows + 63) / 64; }

}  // namespace

std::string_view name_of(CellProblem problem) {
  switch (problem) {
    case CellProblem::not_a_number: return "not_a_number";
    case CellProblem::not_an_integer: return "not_an_integer";
    case CellProblem::out_of_range: return "out_of_range";
    case CellProblem::not_a_boolean: return "not_a_boolean";
    case CellProblem::not_a_date: return "not_a_date";
    case CellProblem::not_a_timestamp: return "not_a_timestamp";
    case CellProblem::ambiguous_date: return "ambiguous_date";
    case CellProblem::division_by_zero: return "division_by_zero";
    case CellProblem::not_utf8: return "not_utf8";
    case CellProblem::bad_argument: return "bad_argument";
    case CellProblem::ambiguous_time: return "ambiguous_time";
    case CellProblem::skipped_time: return "skipped_time";
    case CellProblem::unknown_category: return "unknown_category";
    case CellProblem::not_json: return "not_json";
    case CellProblem::spreadsheet_error: return "spreadsheet_error";
    case CellProblem::not_learned: return "not_learned";
  }
  return "bad_argument";
}

const CellError* Column::error_at(size_t row) const {
  if (errors_.empty()) return nullptr;
  const auto found = std::lower_bound(errors_.begin(), errors_.end(), row,
                                      [](const CellError& error, size_t wanted) { return error.row < wanted; });
  return found != errors_.end() && found->row == row ? &*found : nullptr;
}

size_t Column::valid_count() const {
  size_t count = 0;
  for (const uint64_t word : valid_) count += static_cast<size_t>(std::popcount(word));
  return count;
}

void Column::append_text(std::string& out, size_t row) const {
  if (!texts_.empty()) {
    out.append(texts_[row].view());
    return;
  }
  if (!is_valid(row)) return;
  if (type_ == ColumnType::float64) text::append_number(out, doubles()[row]);
  else if (type_ == ColumnType::boolean) append_value_text(out, type_, booleans()[row]);
  else if (type_ != ColumnType::text) append_value_text(out, type_, ints()[row]);
}

void append_value_text(std::string& out, ColumnType type, int64_t value) {
  if (type == ColumnType::boolean) {
    out.append(value != 0 ? "true" : "false");
  } else if (type == ColumnType::date) {
    const CivilDate date = civil_from_days(value);
    fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}", date.year, date.month, date.day);
  } else if (type == ColumnType::timestamp) {
    out.append(format_rfc3339({value}));
  } else {
    text::append_number(out, value);
  }
}

ColumnBuilder::ColumnBuilder(ColumnType type, KeepText keep_text)
    : keep_text_(type == ColumnType::text ? KeepText::yes : keep_text) {
  column_.type_ = type;
  if (type == ColumnType::boolean) column_.values_.emplace<std::vector<uint8_t>>();
  else if (type == ColumnType::float64) column_.values_.emplace<std::vector<double>>();
  else if (type != ColumnType::text) column_.values_.emplace<std::vector<int64_t>>();
}

void ColumnBuilder::reserve(size_t rows) {
  column_.valid_.reserve(words_for(rows));
  if (keep_text_ == KeepText::yes) column_.texts_.reserve(rows);
  std::visit(
      [rows](auto& values) {
        if constexpr (requires { values.reserve(rows); }) values.reserve(rows);
      },
      column_.values_);
}

void ColumnBuilder::append_validity(bool is_valid) {
  const size_t row = column_.rows_++;
  if (row % 64 == 0) column_.valid_.push_back(0);
  if (is_valid) column_.valid_.back() |= uint64_t{1} << (row % 64);
}

void ColumnBuilder::append_original(TextView original) {
  if (keep_text_ == KeepText::yes) column_.texts_.push_back(original);
}

void ColumnBuilder::append_zero() {
  std::visit(
      [](auto& values) {
        using Values = std::decay_t<decltype(values)>;
        if constexpr (std::is_same_v<Values, std::vector<double>>)
          values.push_back(std::numeric_limits<double>::quiet_NaN());
        else if constexpr (!std::is_same_v<Values, std::monostate>) values.push_back(0);
      },
      column_.values_);
}

void ColumnBuilder::append_boolean(bool value, TextView original) {
  append_validity(true);
  std::get<std::vector<uint8_t>>(column_.values_).push_back(value ? 1 : 0);
  append_original(original);
}

void ColumnBuilder::append_int(int64_t value, TextView original) {
  append_validity(true);
  std::get<std::vector<int64_t>>(column_.values_).push_back(value);
  append_original(original);
}

void ColumnBuilder::append_double(double value, TextView original) {
  append_validity(true);
  std::get<std::vector<double>>(column_.values_).push_back(value);
  append_original(original);
}

void ColumnBuilder::append_text(TextView value) {
  AML_CHECK(column_.type_ == ColumnType::text);
  append_validity(true);
  column_.texts_.push_back(value);
}

void ColumnBuilder::append_owned_text(std::string_view value) {
  if (value.size() > TextView::kInlineMax) {
    // A block never grows past its reserved size, so views into it stay valid.
    if (!owned_ || owned_->capacity() - owned_->size() < value.size()) {
      owned_ = std::make_shared<std::string>();
      owned_->reserve(std::max(kOwnedBlockBytes, value.size()));
      column_.pins_.push_back(owned_);
    }
    const size_t start = owned_->size();
    owned_->append(value);
    value = std::string_view(*owned_).substr(start);
  }
  append_text(TextView(value));
}

void ColumnBuilder::append_missing(TextView original) {
  append_validity(false);
  append_zero();
  append_original(original);
}

void ColumnBuilder::append_error(CellProblem problem, TextView original) {
  column_.errors_.push_back({static_cast<uint32_t>(column_.rows_), problem});
  append_missing(original);
}

void ColumnBuilder::pin(Bytes block) {
  if (std::find(column_.pins_.begin(), column_.pins_.end(), block) == column_.pins_.end())
    column_.pins_.push_back(std::move(block));
}

void ColumnBuilder::pin_all(const Column& other) {
  for (const Bytes& block : other.pins()) pin(block);
}

ColumnPtr ColumnBuilder::finish() {
  const ColumnType type = column_.type_;
  auto finished = std::make_shared<const Column>(std::move(column_));
  *this = ColumnBuilder(type, keep_text_);
  return finished;
}

std::shared_ptr<const Column> make_text_column(TextColumnParts parts) {
  AML_CHECK(parts.valid.size() == words_for(parts.texts.size()));
  auto column = std::make_shared<Column>();
  column->rows_ = parts.texts.size();
  column->valid_ = std::move(parts.valid);
  column->texts_ = std::move(parts.texts);
  column->pins_ = std::move(parts.pins);
  return column;
}

ColumnPtr gather(const Column& column, std::span<const uint32_t> rows) {
  const bool has_text = !column.texts().empty();
  ColumnBuilder builder(column.type(), has_text ? KeepText::yes : KeepText::no);
  builder.reserve(rows.size());
  builder.pin_all(column);
  for (const uint32_t row : rows) {
    const TextView original = has_text ? column.texts()[row] : TextView();
    if (const CellError* error = column.error_at(row)) builder.append_error(error->problem, original);
    else if (!column.is_valid(row)) builder.append_missing(original);
    else if (column.type() == ColumnType::text) builder.append_text(original);
    else if (column.type() == ColumnType::float64) builder.append_double(column.doubles()[row], original);
    else if (column.type() == ColumnType::boolean) builder.append_boolean(column.booleans()[row] != 0, original);
    else builder.append_int(column.ints()[row], original);
  }
  return builder.finish();
}

}  // namespace aml::table
