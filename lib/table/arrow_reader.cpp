#include "table/arrow_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "table/arrow_value.h"
#include "table/header.h"

namespace aml::table {
namespace {

constexpr int64_t kColumnsMax = 65536;
constexpr size_t kBatchCellsMax = size_t{1} << 19;
constexpr int64_t kDayMilliseconds = 86'400'000;

void append_date(ColumnBuilder& builder, const ArrowNode& node, int64_t row) {
  const bool is_in_days = node.schema->format[2] == 'D';
  builder.append_int(is_in_days ? arrow_int(node, row) : arrow_int(node, row) / kDayMilliseconds);
}

// A time outside of what nanoseconds in 64 bits can say is an error cell.
void append_timestamp(ColumnBuilder& builder, const ArrowNode& node, int64_t row) {
  const char unit = node.schema->format[2];
  const int64_t factor = unit == 's' ? 1'000'000'000 : unit == 'm' ? 1'000'000 : unit == 'u' ? 1'000 : 1;
  int64_t ns = 0;
  if (__builtin_mul_overflow(arrow_int(node, row), factor, &ns)) builder.append_error(CellProblem::out_of_range);
  else builder.append_int(ns);
}

void append_cell(ColumnBuilder& builder, ColumnType type, const ArrowNode& node, int64_t row, std::string& scratch) {
  switch (type) {
    case ColumnType::boolean: return builder.append_boolean(node.boolean(row));
    case ColumnType::int64: return builder.append_int(arrow_int(node, row));
    case ColumnType::float64: return builder.append_double(arrow_double(node, row));
    case ColumnType::date: return append_date(builder, node, row);
    case ColumnType::timestamp: return append_timestamp(builder, node, row);
    case ColumnType::text: break;
  }
  scratch.clear();
  append_arrow_text(scratch, node, row);
  builder.append_owned_text(scratch);
}

class ArrowReader final : public Reader {
 public:
  ArrowReader(OwnedArrowStream stream, std::string name, const Cancel* cancel)
      : stream_(std::move(stream)), name_(std::make_shared<const std::string>(std::move(name))), cancel_(cancel) {}

  Status open();
  const SchemaPtr& schema() const override { return schema_; }
  Result<std::optional<Batch>> next() override;

 private:
  Error stream_error();
  Status read_array();

  OwnedArrowStream stream_;
  std::shared_ptr<const std::string> name_;
  const Cancel* cancel_;
  OwnedArrowSchema arrow_schema_;
  OwnedArrowArray array_;
  int64_t next_row_ = 0;  // of array_
  size_t batch_rows_ = kBatchRows;
  SchemaPtr schema_;
};

Error ArrowReader::stream_error() {
  const char* text = stream_->get_last_error(stream_.get());
  return {ErrorKind::bad_data, fmt::format("cannot read '{}': {}", *name_, text == nullptr ? "unknown reason" : text)};
}

Status ArrowReader::open() {
  if (stream_->get_schema(stream_.get(), arrow_schema_.get()) != 0) return stream_error();
  const ArrowSchema& top = *arrow_schema_.get();
  if (std::string_view(top.format) != "+s")
    return Error{ErrorKind::bad_data, fmt::format("'{}' is no table of columns", *name_)};
  if (top.n_children == 0 || top.n_children > kColumnsMax)
    return Error{ErrorKind::bad_data, fmt::format("'{}' has {} columns", *name_, top.n_children)};
  std::vector<std::string> names;
  for (int64_t i = 0; i < top.n_children; ++i)
    names.emplace_back(top.children[i]->name == nullptr ? "" : top.children[i]->name);
  std::vector<Field> fields = make_text_schema(std::move(names))->fields();
  for (size_t i = 0; i < fields.size(); ++i) {
    auto type = type_of_arrow(*top.children[i]);
    fields[i].type =
        TRY(with_context(std::move(type), fmt::format("cannot read column '{}' of '{}'", fields[i].name, *name_)));
  }
  batch_rows_ = std::clamp<size_t>(kBatchCellsMax / fields.size(), 1, kBatchRows);
  schema_ = std::make_shared<const Schema>(std::move(fields));
  return {};
}

// The next array that has rows; an empty owner at the end.
Status ArrowReader::read_array() {
  do {
    array_ = OwnedArrowArray();
    if (stream_->get_next(stream_.get(), array_.get()) != 0) return stream_error();
    if (array_.is_empty()) return {};
    if (array_->n_children != static_cast<int64_t>(schema_->size()))
      return Error{ErrorKind::bad_data, fmt::format("'{}' changes its columns", *name_)};
  } while (array_->length == 0);
  next_row_ = 0;
  return {};
}

Result<std::optional<Batch>> ArrowReader::next() {
  if (cancel_ != nullptr) TRY(cancel_->check());
  if (array_.is_empty() || next_row_ == array_->length) TRY(read_array());
  if (array_.is_empty()) return std::optional<Batch>();
  const auto rows =
      static_cast<size_t>(std::min<int64_t>(array_->length - next_row_, static_cast<int64_t>(batch_rows_)));
  Batch batch{schema_, {}, rows, {name_, nullptr}};
  const ArrowNode top{arrow_schema_.get(), array_.get()};
  for (size_t i = 0; i < schema_->size(); ++i)
    batch.columns.push_back(import_arrow_column(top.child(static_cast<int64_t>(i)), array_->offset + next_row_, rows));
  next_row_ += static_cast<int64_t>(rows);
  return std::optional(std::move(batch));
}

}  // namespace

ColumnPtr import_arrow_column(const ArrowNode& node, int64_t begin, size_t rows) {
  const auto type = type_of_arrow(*node.schema);
  AML_CHECK(type.ok());
  ColumnBuilder builder(*type);
  builder.reserve(rows);
  std::string scratch;
  for (int64_t row = begin; row < begin + static_cast<int64_t>(rows); ++row) {
    const bool is_valid = node.is_valid(row);
    const ArrowPlace place = is_valid ? resolve_dictionary(node, row) : ArrowPlace{node, row};
    if (!is_valid || !place.node.is_valid(place.row)) builder.append_missing();
    else append_cell(builder, *type, place.node, place.row, scratch);
  }
  return builder.finish();
}

Result<std::unique_ptr<Reader>> open_arrow_reader(OwnedArrowStream stream, std::string name, const Cancel* cancel) {
  auto reader = std::make_unique<ArrowReader>(std::move(stream), std::move(name), cancel);
  TRY(reader->open());
  return std::unique_ptr<Reader>(std::move(reader));
}

}  // namespace aml::table
