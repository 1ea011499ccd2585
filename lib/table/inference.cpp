// The part of table/cast.h that finds out which type a column has.
#include <array>

#include "table/cast.h"
#include "table/scalar.h"

namespace aml::table {
namespace {

constexpr std::array kNarrowestFirst = {ColumnType::boolean, ColumnType::int64, ColumnType::float64, ColumnType::date,
                                        ColumnType::timestamp};

uint32_t bit_of(ColumnType type) { return 1U << static_cast<unsigned>(type); }

// The type and the wider ones that hold all its values.
uint32_t chain_of(ColumnType type) {
  if (type == ColumnType::int64) return bit_of(type) | bit_of(ColumnType::float64);
  if (type == ColumnType::date) return bit_of(type) | bit_of(ColumnType::timestamp);
  return bit_of(type);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "007", "-01": identifiers, which a number would not give back. "0.5" and "0" are numbers.
bool has_leading_zero(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  return text.size() > 1 && text[0] == '0' && is_digit(text[1]);
}

// An identifier of twenty digits is not a number either: a double would not give it back.
bool is_whole_beyond_int64(std::string_view text) {
  constexpr size_t kDigitsSure = 18;
  return text.size() > kDigitsSure && parse_scalar(text, ColumnType::int64).problem == CellProblem::out_of_range;
}

bool fits(std::string_view text, ColumnType type) {
  if (type == ColumnType::boolean && is_digit(text[0])) return false;
  if (is_numeric(type) && has_leading_zero(text)) return false;
  if (type == ColumnType::float64 && is_whole_beyond_int64(text)) return false;
  // "181.0" would not come back from an integer column.
  if (type == ColumnType::int64 && text.find('.') != std::string_view::npos) return false;
  return !parse_scalar(text, type).problem;
}

}  // namespace

void TypeInference::add_text(std::string_view text) {
  text = trim(text);
  if (text.empty()) return;
  saw_value_ = true;
  for (const ColumnType type : kNarrowestFirst) {
    if ((possible_ & bit_of(type)) == 0) continue;
    if (fits(text, type)) {
      possible_ &= chain_of(type);
      return;
    }
    possible_ &= ~bit_of(type);
  }
}

void TypeInference::add(const Column& column) {
  if (column.type() != ColumnType::text) {
    saw_value_ = saw_value_ || column.valid_count() > 0;
    possible_ &= chain_of(column.type());
    return;
  }
  constexpr uint32_t kAny = 0x3e;  // a bit for every type but text
  for (size_t row = 0; row < column.rows() && (possible_ & kAny) != 0; ++row)
    if (column.is_valid(row)) add_text(column.texts()[row].view());
}

ColumnType TypeInference::type() const {
  if (!saw_value_) return ColumnType::text;
  for (const ColumnType type : kNarrowestFirst)
    if ((possible_ & bit_of(type)) != 0) return type;
  return ColumnType::text;
}

Table infer_types(const Table& table) {
  std::vector<Field> fields = table.schema->fields();
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].type != ColumnType::text) continue;
    TypeInference inference;
    for (const Batch& batch : table.batches) inference.add(*batch.columns[i]);
    fields[i].type = inference.type();
  }
  Table typed{std::make_shared<const Schema>(std::move(fields)), {}, table.rows};
  typed.batches.reserve(table.batches.size());
  for (const Batch& batch : table.batches) {
    Batch converted{typed.schema, {}, batch.rows, batch.origin};
    for (size_t i = 0; i < batch.columns.size(); ++i) {
      const ColumnPtr& column = batch.columns[i];
      const ColumnType type = (*typed.schema)[i].type;
      converted.columns.push_back(column->type() == type ? column : cast(*column, type));
    }
    typed.batches.push_back(std::move(converted));
  }
  return typed;
}

}  // namespace aml::table
