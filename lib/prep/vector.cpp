#include "prep/vector.h"

#include <algorithm>
#include <string>

namespace aml::prep {
namespace {

using table::ColumnType;
using table::TextView;

constexpr size_t kBlockBytes = size_t{64} << 10;

template <class Keep>
table::ColumnPtr build_column(const Vector& vector, table::KeepText keep_text, Keep original) {
  table::ColumnBuilder builder(vector.type, keep_text);
  builder.reserve(vector.rows);
  for (const table::Bytes& block : vector.pins) builder.pin(block);
  auto failed = vector.failed.begin();
  for (size_t row = 0; row < vector.rows; ++row) {
    if (failed != vector.failed.end() && failed->row == row) {
      builder.append_error(failed->problem, failed->text);
      ++failed;
    } else if (!vector.is_valid(row)) {
      builder.append_missing();
    } else if (vector.type == ColumnType::text) {
      builder.append_text(vector.texts[row]);
    } else if (vector.type == ColumnType::float64) {
      builder.append_double(vector.doubles[row], original(row));
    } else if (vector.type == ColumnType::boolean) {
      builder.append_boolean(vector.booleans[row] != 0, original(row));
    } else {
      builder.append_int(vector.ints[row], original(row));
    }
  }
  return builder.finish();
}

// Without kept text the failing text of an error would be lost; so a column that has one keeps a text for every
// cell, the value's canonical form, which is what would be written anyway.
table::ColumnPtr build_column_with_texts(const Vector& vector) {
  const table::ColumnPtr plain = build_column(vector, table::KeepText::no, [](size_t) { return TextView(); });
  TextBlocks blocks;
  std::vector<TextView> canonical(vector.rows);
  std::string text;
  for (size_t row = 0; row < vector.rows; ++row) {
    if (!vector.is_valid(row)) continue;
    text.clear();
    plain->append_text(text, row);
    canonical[row] = blocks.copy(text);
  }
  Vector pinned = vector;
  for (table::Bytes& block : blocks.take_pins()) pinned.pins.push_back(std::move(block));
  return build_column(pinned, table::KeepText::yes, [&](size_t row) { return canonical[row]; });
}

template <class T>
std::span<const T> first_of(std::span<const T> values, size_t rows) {
  return values.first(std::min(values.size(), rows));
}

template <class T>
void repeat(std::vector<T>& out, std::span<const T> values, size_t rows) {
  if (!values.empty()) out.assign(rows, values[0]);
}

}  // namespace

void Cells::pin_all(const std::vector<table::Bytes>& blocks) {
  for (const table::Bytes& block : blocks)
    if (std::find(pins.begin(), pins.end(), block) == pins.end()) pins.push_back(block);
}

Vector make_vector(ColumnType type, Cells cells) {
  const auto owner = std::make_shared<Cells>(std::move(cells));
  Vector vector{type,
                owner->rows,
                owner->valid,
                owner->booleans,
                owner->ints,
                owner->doubles,
                owner->texts,
                std::move(owner->failed),
                std::move(owner->pins),
                {}};
  vector.owner = owner;
  return vector;
}

Vector view_column(const table::ColumnPtr& column) {
  const bool is_text = column->type() == ColumnType::text;
  Vector vector{column->type(),
                column->rows(),
                column->valid_words(),
                column->booleans(),
                column->ints(),
                column->doubles(),
                is_text ? column->texts() : std::span<const TextView>(),
                {},
                {},
                column.shared()};
  const bool has_texts = !column->texts().empty();
  for (const table::CellError& error : column->errors())
    vector.failed.push_back({error.row, error.problem, has_texts ? column->texts()[error.row] : TextView()});
  if (is_text || !vector.failed.empty()) vector.pins = column->pins();
  return vector;
}

table::ColumnPtr make_column(const Vector& vector) {
  const bool has_failed_text =
      std::any_of(vector.failed.begin(), vector.failed.end(), [](const FailedCell& f) { return !f.text.empty(); });
  if (has_failed_text && vector.type != ColumnType::text) return build_column_with_texts(vector);
  return build_column(vector, table::KeepText::no, [](size_t) { return TextView(); });
}

Vector take_first(const Vector& constant, size_t rows) {
  if (rows > constant.rows) return repeat_first(constant, rows);
  Vector first = constant;
  first.rows = rows;
  first.valid = first_of(constant.valid, kernel::bitmap_words(rows));
  first.booleans = first_of(constant.booleans, rows);
  first.ints = first_of(constant.ints, rows);
  first.doubles = first_of(constant.doubles, rows);
  first.texts = first_of(constant.texts, rows);
  while (!first.failed.empty() && first.failed.back().row >= rows) first.failed.pop_back();
  return first;
}

Vector repeat_first(const Vector& vector, size_t rows) {
  Cells cells(rows);
  if (vector.is_valid(0)) kernel::set_bits(cells.valid, rows);
  repeat(cells.booleans, vector.booleans, rows);
  repeat(cells.ints, vector.ints, rows);
  repeat(cells.doubles, vector.doubles, rows);
  repeat(cells.texts, vector.texts, rows);
  cells.pins = vector.pins;
  for (size_t row = 0; row < rows && !vector.failed.empty(); ++row) {
    cells.failed.push_back(vector.failed[0]);
    cells.failed.back().row = static_cast<uint32_t>(row);
  }
  return make_vector(vector.type, std::move(cells));
}

TextView TextBlocks::copy(std::string_view text) {
  if (text.size() <= TextView::kInlineMax) return TextView(text);
  // A block never grows past its reserved size, so views into it stay valid.
  if (!open_ || open_->capacity() - open_->size() < text.size()) {
    open_ = std::make_shared<std::string>();
    open_->reserve(std::max(kBlockBytes, text.size()));
    blocks_.push_back(open_);
  }
  const size_t start = open_->size();
  open_->append(text);
  return TextView(std::string_view(*open_).substr(start));
}

}  // namespace aml::prep
