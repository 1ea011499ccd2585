#include "table/arrow_export.h"

#include <fmt/format.h>

#include <cstring>
#include <limits>
#include <memory>

#include "text/unicode.h"

namespace aml::table {
namespace {

template <class T>
void append_bytes(std::vector<uint8_t>& bytes, T value) {
  const size_t at = bytes.size();
  bytes.resize(at + sizeof(T));
  std::memcpy(bytes.data() + at, &value, sizeof(T));
}

void set_bit(std::vector<uint8_t>& bits, size_t row) {
  bits[row / 8] = static_cast<uint8_t>(bits[row / 8] | 1u << (row % 8));
}

Status append_texts(const Batch& batch, size_t index, ArrowColumn& arrow) {
  const Column& column = *batch.columns[index];
  arrow.offsets.push_back(0);
  for (size_t row = 0; row < column.rows(); ++row) {
    if (column.is_valid(row)) {
      const std::string_view text = column.texts()[row].view();
      if (!text::is_utf8(text))
        return Error{ErrorKind::bad_data,
                     fmt::format("{}: column '{}' holds text that is not UTF-8, which Arrow does not allow",
                                 place_of(batch, row), (*batch.schema)[index].name),
                     "say with --encoding which encoding the input has"};
      if (text.size() > static_cast<size_t>(std::numeric_limits<int32_t>::max()) - arrow.values.size())
        return Error{ErrorKind::bad_data, fmt::format("{}: a batch has more than 2 GiB of text", place_of(batch, row))};
      arrow.values.insert(arrow.values.end(), text.begin(), text.end());
    }
    arrow.offsets.push_back(static_cast<int32_t>(arrow.values.size()));
  }
  return {};
}

// What an ArrowArray of ours points to.
struct ExportedColumn {
  ArrowColumn buffers;
  const void* pointers[3] = {};
};

void release_column(ArrowArray* array) {
  delete static_cast<ExportedColumn*>(array->private_data);
  array->release = nullptr;
}

struct ExportedBatch {
  std::vector<ArrowArray> columns;
  std::vector<ArrowArray*> pointers;
  const void* buffer = nullptr;
};

void release_batch(ArrowArray* array) {
  auto* batch = static_cast<ExportedBatch*>(array->private_data);
  for (ArrowArray& column : batch->columns)
    if (column.release != nullptr) column.release(&column);
  delete batch;
  array->release = nullptr;
}

ArrowArray make_column_array(ArrowColumn buffers, size_t rows) {
  auto exported = std::make_unique<ExportedColumn>(ExportedColumn{std::move(buffers), {}});
  const bool is_text = !exported->buffers.offsets.empty();
  exported->pointers[0] = exported->buffers.nulls > 0 ? exported->buffers.validity.data() : nullptr;
  exported->pointers[1] =
      is_text ? static_cast<const void*>(exported->buffers.offsets.data()) : exported->buffers.values.data();
  exported->pointers[2] = exported->buffers.values.data();
  ArrowArray array = {};
  array.length = static_cast<int64_t>(rows);
  array.null_count = exported->buffers.nulls;
  array.n_buffers = is_text ? 3 : 2;
  array.buffers = exported->pointers;
  array.release = release_column;
  array.private_data = exported.release();  // freed by release_column
  return array;
}

struct ExportedSchema {
  std::string name;
  std::vector<ArrowSchema> fields;
  std::vector<ArrowSchema*> pointers;
};

void release_schema(ArrowSchema* schema) {
  auto* exported = static_cast<ExportedSchema*>(schema->private_data);
  for (ArrowSchema& field : exported->fields)
    if (field.release != nullptr) field.release(&field);
  delete exported;
  schema->release = nullptr;
}

ArrowSchema make_schema(const char* format, std::unique_ptr<ExportedSchema> exported) {
  for (ArrowSchema& field : exported->fields) exported->pointers.push_back(&field);
  ArrowSchema schema = {};
  schema.format = format;
  schema.name = exported->name.c_str();
  schema.flags = ARROW_FLAG_NULLABLE;
  schema.n_children = static_cast<int64_t>(exported->fields.size());
  schema.children = exported->pointers.data();
  schema.release = release_schema;
  schema.private_data = exported.release();  // freed by release_schema
  return schema;
}

}  // namespace

const char* arrow_format_of(ColumnType type) {
  switch (type) {
    case ColumnType::boolean: return "b";
    case ColumnType::int64: return "l";
    case ColumnType::float64: return "g";
    case ColumnType::date: return "tdD";
    case ColumnType::timestamp: return "tsn:UTC";
    case ColumnType::text: break;
  }
  return "u";
}

Result<ArrowColumn> make_arrow_column(const Batch& batch, size_t index) {
  const Column& column = *batch.columns[index];
  ArrowColumn arrow;
  const size_t rows = column.rows();
  arrow.nulls = static_cast<int64_t>(rows - column.valid_count());
  if (arrow.nulls > 0) {
    arrow.validity.resize((rows + 7) / 8);
    for (size_t row = 0; row < rows; ++row)
      if (column.is_valid(row)) set_bit(arrow.validity, row);
  }
  switch (column.type()) {
    case ColumnType::text: TRY(append_texts(batch, index, arrow)); break;
    case ColumnType::boolean:
      arrow.values.resize((rows + 7) / 8);
      for (size_t row = 0; row < rows; ++row)
        if (column.booleans()[row] != 0) set_bit(arrow.values, row);
      break;
    case ColumnType::float64:
      for (const double value : column.doubles()) append_bytes(arrow.values, value);
      break;
    case ColumnType::date:
      for (const int64_t value : column.ints()) append_bytes(arrow.values, static_cast<int32_t>(value));
      break;
    default:
      for (const int64_t value : column.ints()) append_bytes(arrow.values, value);
  }
  return arrow;
}

OwnedArrowSchema export_arrow_schema(const Schema& schema) {
  auto top = std::make_unique<ExportedSchema>();
  for (const Field& field : schema.fields()) {
    auto exported = std::make_unique<ExportedSchema>();
    exported->name = field.name;
    top->fields.push_back(make_schema(arrow_format_of(field.type), std::move(exported)));
  }
  return OwnedArrowSchema(make_schema("+s", std::move(top)));
}

Result<OwnedArrowArray> export_arrow_batch(const Batch& batch) {
  auto exported = std::make_unique<ExportedBatch>();
  ArrowArray array = {};
  array.length = static_cast<int64_t>(batch.rows);
  array.n_buffers = 1;
  array.buffers = &exported->buffer;
  array.release = release_batch;
  array.private_data = exported.get();
  ExportedBatch& made = *exported;
  OwnedArrowArray owner(array);
  static_cast<void>(exported.release());  // freed by release_batch
  for (size_t i = 0; i < batch.columns.size(); ++i) {
    auto buffers = TRY(make_arrow_column(batch, i));
    made.columns.push_back(make_column_array(std::move(buffers), batch.rows));
  }
  for (ArrowArray& column : made.columns) made.pointers.push_back(&column);
  owner->n_children = static_cast<int64_t>(made.columns.size());
  owner->children = made.pointers.data();
  return owner;
}

}  // namespace aml::table
