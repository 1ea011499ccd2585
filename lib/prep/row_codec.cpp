#include "prep/row_codec.h"

#include <algorithm>
#include <cstring>

namespace aml::prep {
namespace {

using table::Column;
using table::ColumnType;

enum State : uint32_t { kValid = 0, kMissing = 1, kError = 2 };
constexpr uint32_t kStateBits = 3;
constexpr uint32_t kHasText = 4;
constexpr size_t kOriginBytes = sizeof(uint64_t) + sizeof(uint32_t);

uint32_t varint_size(uint64_t value) {
  uint32_t size = 1;
  for (; value >= 0x80; value >>= 7) ++size;
  return size;
}

char* write_varint(char* out, uint64_t value) {
  for (; value >= 0x80; value >>= 7) *out++ = static_cast<char>(value | 0x80);
  *out++ = static_cast<char>(value);
  return out;
}

uint64_t read_varint(const char*& in) {
  uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<uint8_t>(*in++);
    value |= uint64_t{byte & 0x7fU} << shift;
    if (byte < 0x80) return value;
  }
}

template <class T>
char* write_plain(char* out, T value) {
  std::memcpy(out, &value, sizeof(value));
  return out + sizeof(value);
}

template <class T>
T read_plain(const char*& in) {
  T value;
  std::memcpy(&value, in, sizeof(value));
  in += sizeof(value);
  return value;
}

uint32_t value_size(ColumnType type) {
  if (type == ColumnType::text) return 0;
  return type == ColumnType::boolean ? 1 : 8;
}

uint64_t head_of(const Column& column, size_t row, std::string_view text) {
  const uint32_t state = column.is_valid(row) ? kValid : column.error_at(row) != nullptr ? kError : kMissing;
  return uint64_t{text.size()} << kStateBits | (column.texts().empty() ? 0 : kHasText) | state;
}

std::string_view text_of(const Column& column, size_t row) {
  return column.texts().empty() ? std::string_view() : column.texts()[row].view();
}

void add_column_sizes(const Column& column, std::span<uint32_t> sizes) {
  const uint32_t valid_size = value_size(column.type());
  for (size_t row = 0; row < sizes.size(); ++row) {
    const std::string_view text = text_of(column, row);
    const uint64_t head = head_of(column, row, text);
    const auto state = static_cast<uint32_t>(head & 3);
    sizes[row] += varint_size(head) + static_cast<uint32_t>(text.size()) + (state == kValid ? valid_size : state / 2);
  }
}

void write_column(const Column& column, std::span<char*> cursors) {
  for (size_t row = 0; row < cursors.size(); ++row) {
    const std::string_view text = text_of(column, row);
    const uint64_t head = head_of(column, row, text);
    char* out = write_varint(cursors[row], head);
    if ((head & 3) == kError) out = write_plain(out, column.error_at(row)->problem);
    else if ((head & 3) == kMissing || column.type() == ColumnType::text) {
    } else if (column.type() == ColumnType::float64) out = write_plain(out, column.doubles()[row]);
    else if (column.type() == ColumnType::boolean) out = write_plain(out, column.booleans()[row]);
    else out = write_plain(out, column.ints()[row]);
    if (!text.empty()) std::memcpy(out, text.data(), text.size());
    cursors[row] = out + text.size();
  }
}

// One cell as it was written. The text is a view of the row.
struct Cell {
  uint32_t state = kValid;
  bool has_text = false;
  table::CellProblem problem = table::CellProblem::bad_argument;
  int64_t whole = 0;
  double real = 0;
  std::string_view text;
};

Cell read_cell(const char*& in, ColumnType type) {
  const uint64_t head = read_varint(in);
  Cell cell;
  cell.state = static_cast<uint32_t>(head & 3);
  cell.has_text = (head & kHasText) != 0;
  if (cell.state == kError) cell.problem = read_plain<table::CellProblem>(in);
  else if (cell.state == kMissing || type == ColumnType::text) {
  } else if (type == ColumnType::float64) cell.real = read_plain<double>(in);
  else if (type == ColumnType::boolean) cell.whole = read_plain<uint8_t>(in);
  else cell.whole = read_plain<int64_t>(in);
  cell.text = {in, static_cast<size_t>(head >> kStateBits)};
  in += cell.text.size();
  return cell;
}

void append_cell(table::ColumnBuilder& builder, ColumnType type, const Cell& cell) {
  const table::TextView text(cell.text);
  if (cell.state == kMissing) builder.append_missing(text);
  else if (cell.state == kError) builder.append_error(cell.problem, text);
  else if (type == ColumnType::text) builder.append_text(text);
  else if (type == ColumnType::float64) builder.append_double(cell.real, text);
  else if (type == ColumnType::boolean) builder.append_boolean(cell.whole != 0, text);
  else builder.append_int(cell.whole, text);
}

// Gives a computed cell its canonical text, because cells beside it in the column keep theirs.
void add_text(Cell& cell, ColumnType type, std::string& block) {
  if (cell.has_text || cell.state != kValid) return;
  const size_t begin = block.size();
  table::ColumnBuilder one(type);
  append_cell(one, type, cell);
  one.finish()->append_text(block, 0);
  cell.text = std::string_view(block).substr(begin);
}

// A column of text without errors, at once; null if there are errors, with the cursors where they were.
table::ColumnPtr read_texts(std::span<const char*> cursors, const table::Bytes& pin) {
  table::TextColumnParts parts;
  parts.texts.resize(cursors.size());
  parts.valid.resize((cursors.size() + 63) / 64);
  parts.pins.push_back(pin);
  std::vector<const char*> next(cursors.begin(), cursors.end());
  for (size_t row = 0; row < cursors.size(); ++row) {
    const uint64_t head = read_varint(next[row]);
    const std::string_view text(next[row], head >> kStateBits);
    next[row] += text.size();
    if ((head & 3) == kError) return nullptr;
    if ((head & 3) == kMissing) continue;
    parts.texts[row] = table::TextView::with_slack(text);
    parts.valid[row / 64] |= uint64_t{1} << (row % 64);
  }
  std::copy(next.begin(), next.end(), cursors.begin());
  return table::make_text_column(std::move(parts));
}

table::ColumnPtr read_column(std::span<const char*> cursors, ColumnType type, const table::Bytes& pin) {
  if (type == ColumnType::text)
    if (table::ColumnPtr texts = read_texts(cursors, pin)) return texts;
  const auto has_text = [](const char* cell) { return (static_cast<uint8_t>(*cell) & kHasText) != 0; };
  const auto with_text = static_cast<size_t>(std::count_if(cursors.begin(), cursors.end(), has_text));
  const bool keeps_text = type == ColumnType::text || with_text > 0;
  table::ColumnBuilder builder(type, keeps_text ? table::KeepText::yes : table::KeepText::no);
  builder.reserve(cursors.size());
  builder.pin(pin);
  constexpr size_t kCanonicalMax = 40;  // no number, date or timestamp is longer
  auto made = std::make_shared<std::string>();
  if (keeps_text && type != ColumnType::text) made->reserve((cursors.size() - with_text) * kCanonicalMax);
  for (const char*& cursor : cursors) {
    Cell cell = read_cell(cursor, type);
    if (keeps_text && type != ColumnType::text) add_text(cell, type, *made);
    append_cell(builder, type, cell);
  }
  if (!made->empty()) builder.pin(made);
  return builder.finish();
}

}  // namespace

void RowCodec::add_sizes(const table::Batch& batch, std::span<uint32_t> sizes) const {
  for (uint32_t& size : sizes) size += kOriginBytes;
  for (const table::ColumnPtr& column : batch.columns) add_column_sizes(*column, sizes);
}

void RowCodec::write(const table::Batch& batch, std::span<char*> cursors) {
  uint32_t number = 0;
  const std::shared_ptr<const std::string>* last = nullptr;
  for (size_t row = 0; row < cursors.size(); ++row) {
    const auto& source = batch.origin.source_of(row);
    if (last == nullptr || *last != source) number = number_of(source);
    last = &source;
    cursors[row] = write_plain(cursors[row], batch.origin.lines ? (*batch.origin.lines)[row] : uint64_t{0});
    cursors[row] = write_plain(cursors[row], number);
  }
  for (const table::ColumnPtr& column : batch.columns) write_column(*column, cursors);
}

table::Batch RowCodec::decode(std::span<const char* const> rows, const table::Bytes& pin) const {
  std::vector<const char*> cursors(rows.begin(), rows.end());
  table::Batch batch{schema_, {}, rows.size(), read_origins(cursors)};
  for (const table::Field& field : schema_->fields()) batch.columns.push_back(read_column(cursors, field.type, pin));
  return batch;
}

uint32_t RowCodec::number_of(const std::shared_ptr<const std::string>& source) {
  const auto found = std::find(sources_.rbegin(), sources_.rend(), source);
  if (found != sources_.rend()) return static_cast<uint32_t>(sources_.rend() - found - 1);
  sources_.push_back(source);
  return static_cast<uint32_t>(sources_.size() - 1);
}

table::RowOrigin RowCodec::read_origins(std::span<const char*> cursors) const {
  std::vector<uint64_t> lines;
  std::vector<std::shared_ptr<const std::string>> sources;
  for (const char*& cursor : cursors) {
    lines.push_back(read_plain<uint64_t>(cursor));
    sources.push_back(sources_[read_plain<uint32_t>(cursor)]);
  }
  table::RowOrigin origin;
  if (std::find(lines.begin(), lines.end(), 0) == lines.end())
    origin.lines = std::make_shared<const std::vector<uint64_t>>(std::move(lines));
  const bool is_mixed = std::adjacent_find(sources.begin(), sources.end(), std::not_equal_to<>()) != sources.end();
  if (!is_mixed && !sources.empty()) origin.source = sources[0];
  if (is_mixed) origin.sources = std::make_shared<const decltype(sources)>(std::move(sources));
  return origin;
}

}  // namespace aml::prep
