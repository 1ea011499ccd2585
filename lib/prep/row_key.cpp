#include "prep/row_key.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

namespace aml::prep {
namespace {

using table::Column;
using table::ColumnType;

enum Lead : char { kValid = 0, kError = 1, kMissing = 2 };
constexpr uint64_t kSign = uint64_t{1} << 63;

uint32_t text_size(std::string_view text) {
  return static_cast<uint32_t>(text.size() + 2 + static_cast<size_t>(std::count(text.begin(), text.end(), '\0')));
}

char* write_text(char* out, std::string_view text) {
  for (;;) {
    const size_t zero = text.find('\0');
    const std::string_view plain = text.substr(0, zero);
    if (!plain.empty()) std::memcpy(out, plain.data(), plain.size());
    out += plain.size();
    *out++ = 0;
    if (zero == text.npos) break;
    *out++ = static_cast<char>(0xff);
    text.remove_prefix(zero + 1);
  }
  *out++ = 0;
  return out;
}

char* write_word(char* out, uint64_t word) {
  if constexpr (std::endian::native == std::endian::little) word = __builtin_bswap64(word);
  std::memcpy(out, &word, sizeof(word));
  return out + sizeof(word);
}

uint64_t ordered_bits(double value) {
  if (std::isnan(value)) value = std::numeric_limits<double>::quiet_NaN();
  const auto bits = std::bit_cast<uint64_t>(value == 0 ? 0.0 : value);
  return (bits & kSign) != 0 ? ~bits : bits ^ kSign;
}

std::string_view failed_text(const Column& column, size_t row) {
  return column.texts().empty() ? std::string_view() : column.texts()[row].view();
}

// f(row) for the valid cells of a column; the others are the same for all types.
template <class Valid>
void add_cell_sizes(const Column& column, std::span<uint32_t> sizes, Valid valid_size) {
  for (size_t row = 0; row < sizes.size(); ++row) {
    if (column.is_valid(row)) sizes[row] += 1 + valid_size(row);
    else if (column.error_at(row) != nullptr) sizes[row] += 2 + text_size(failed_text(column, row));
    else sizes[row] += 1;
  }
}

template <class Valid>
void write_cells(const Column& column, std::span<char*> cursors, Order order, Valid write_valid) {
  for (size_t row = 0; row < cursors.size(); ++row) {
    char* out = cursors[row];
    char* const value = out + 1;
    if (column.is_valid(row)) {
      *out = kValid;
      out = write_valid(value, row);
    } else if (const table::CellError* error = column.error_at(row)) {
      *out = kError;
      *value = static_cast<char>(error->problem);
      out = write_text(value + 1, failed_text(column, row));
    } else {
      *out++ = kMissing;
    }
    if (order == Order::descending)
      for (char* byte = value; byte < out; ++byte) *byte = static_cast<char>(~*byte);
    cursors[row] = out;
  }
}

}  // namespace

std::vector<KeyPart> key_parts(const std::vector<size_t>& columns) {
  std::vector<KeyPart> parts;
  for (const size_t column : columns) parts.push_back({column});
  return parts;
}

void KeyEncoder::add_sizes(const table::Batch& batch, std::span<uint32_t> sizes) const {
  for (const KeyPart& part : parts_) {
    const Column& column = *batch.columns[part.column];
    if (column.type() == ColumnType::text)
      add_cell_sizes(column, sizes, [&](size_t row) { return text_size(column.texts()[row].view()); });
    else if (column.type() == ColumnType::boolean) add_cell_sizes(column, sizes, [](size_t) { return 1U; });
    else add_cell_sizes(column, sizes, [](size_t) { return 8U; });
  }
}

void KeyEncoder::write(const table::Batch& batch, std::span<char*> cursors) const {
  for (const KeyPart& part : parts_) {
    const Column& column = *batch.columns[part.column];
    if (column.type() == ColumnType::text)
      write_cells(column, cursors, part.order,
                  [&](char* out, size_t row) { return write_text(out, column.texts()[row].view()); });
    else if (column.type() == ColumnType::float64)
      write_cells(column, cursors, part.order,
                  [&](char* out, size_t row) { return write_word(out, ordered_bits(column.doubles()[row])); });
    else if (column.type() == ColumnType::boolean)
      write_cells(column, cursors, part.order, [&](char* out, size_t row) {
        *out = static_cast<char>(column.booleans()[row]);
        return out + 1;
      });
    else
      write_cells(column, cursors, part.order, [&](char* out, size_t row) {
        return write_word(out, static_cast<uint64_t>(column.ints()[row]) ^ kSign);
      });
  }
}

void BatchKeys::encode(const KeyEncoder& encoder, const table::Batch& batch) {
  sizes_.assign(batch.rows, 0);
  encoder.add_sizes(batch, sizes_);
  bytes_.resize(std::accumulate(sizes_.begin(), sizes_.end(), size_t{0}));
  begins_.resize(batch.rows);
  cursors_.resize(batch.rows);
  char* at = bytes_.data();
  for (size_t row = 0; row < batch.rows; at += sizes_[row++]) begins_[row] = cursors_[row] = at;
  encoder.write(batch, cursors_);
}

}  // namespace aml::prep
