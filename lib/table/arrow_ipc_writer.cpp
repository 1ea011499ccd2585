#include "table/arrow_ipc_writer.h"

#include <utility>

#include "table/arrow_export.h"
#include "table/flat_builder.h"

namespace aml::table {
namespace {

// Numbers of Arrow's Schema.fbs and Message.fbs.
constexpr int16_t kVersion5 = 4;
constexpr uint8_t kSchemaHeader = 1;
constexpr uint8_t kBatchHeader = 3;
enum TypeNumber : uint8_t { kInt = 2, kFloat = 3, kUtf8 = 5, kBool = 6, kDate = 8, kTimestamp = 10 };
constexpr int16_t kDouble = 2;
constexpr int16_t kDays = 0;
constexpr int16_t kNanoseconds = 3;

constexpr size_t kAlignment = 8;
constexpr std::string_view kMessageMark("\xff\xff\xff\xff", 4);

struct TypePlace {
  TypeNumber number;
  FlatBuilder::Place place;
};

TypePlace add_type(FlatBuilder& builder, ColumnType type) {
  const FlatBuilder::Place zone = type == ColumnType::timestamp ? builder.add_string("UTC") : 0;
  builder.start_table();
  switch (type) {
    case ColumnType::boolean: return {kBool, builder.end_table()};
    case ColumnType::int64:
      builder.add_field(0, int32_t{64});
      builder.add_field(1, uint8_t{1});  // signed
      return {kInt, builder.end_table()};
    case ColumnType::float64: builder.add_field(0, kDouble); return {kFloat, builder.end_table()};
    case ColumnType::date: builder.add_field(0, kDays); return {kDate, builder.end_table()};
    case ColumnType::timestamp:
      builder.add_field(0, kNanoseconds);
      builder.add_reference(1, zone);
      return {kTimestamp, builder.end_table()};
    case ColumnType::text: break;
  }
  return {kUtf8, builder.end_table()};
}

FlatBuilder::Place add_field(FlatBuilder& builder, const Field& field) {
  const auto name = builder.add_string(field.name);
  const auto children = builder.add_vector({});
  const TypePlace type = add_type(builder, field.type);
  builder.start_table();
  builder.add_reference(0, name);
  builder.add_reference(3, type.place);
  builder.add_reference(5, children);
  builder.add_field(1, uint8_t{1});  // nullable
  builder.add_field(2, static_cast<uint8_t>(type.number));
  return builder.end_table();
}

std::string finish_message(FlatBuilder& builder, uint8_t header_kind, FlatBuilder::Place header, int64_t body_bytes) {
  builder.start_table();
  builder.add_field(3, body_bytes);
  builder.add_reference(2, header);
  builder.add_field(0, kVersion5);
  builder.add_field(1, header_kind);
  const auto message = builder.end_table();
  const std::string metadata = builder.finish(message);
  std::string framed(kMessageMark);
  for (size_t i = 0; i < 4; ++i) framed.push_back(static_cast<char>(metadata.size() >> (8 * i) & 0xff));
  return framed + metadata;
}

std::string schema_message(const Schema& schema) {
  FlatBuilder builder;
  std::vector<FlatBuilder::Place> places;
  for (const Field& field : schema.fields()) places.push_back(add_field(builder, field));
  const auto fields = builder.add_vector(places);
  builder.start_table();
  builder.add_reference(1, fields);
  const auto header = builder.end_table();
  return finish_message(builder, kSchemaHeader, header, 0);
}

class ArrowIpcWriter final : public Writer {
 public:
  ArrowIpcWriter(Sink& sink, SchemaPtr schema) : sink_(sink), schema_(std::move(schema)) {}

  Status open() { return sink_.write(schema_message(*schema_)); }

  Status write(const Batch& batch) override {
    Layout layout;
    std::string body;
    for (size_t i = 0; i < batch.columns.size(); ++i) {
      const ArrowColumn column = TRY(make_arrow_column(batch, i));
      layout.nodes.emplace_back(static_cast<int64_t>(batch.rows), column.nulls);
      append_buffer(body, layout, column.validity.data(), column.validity.size());
      if (!column.offsets.empty()) append_buffer(body, layout, column.offsets.data(), column.offsets.size() * 4);
      append_buffer(body, layout, column.values.data(), column.values.size());
    }
    TRY(sink_.write(batch_message(batch.rows, layout, body.size())));
    return sink_.write(body);
  }

  Status finish() override {
    TRY(sink_.write(std::string(kMessageMark) + std::string(4, '\0')));
    return sink_.flush();
  }

 private:
  struct Layout {
    std::vector<std::pair<int64_t, int64_t>> nodes;    // rows, nulls
    std::vector<std::pair<int64_t, int64_t>> buffers;  // place in the body, bytes
  };

  static void append_buffer(std::string& body, Layout& layout, const void* data, size_t bytes) {
    layout.buffers.emplace_back(static_cast<int64_t>(body.size()), static_cast<int64_t>(bytes));
    if (bytes > 0) body.append(static_cast<const char*>(data), bytes);
    body.resize((body.size() + kAlignment - 1) / kAlignment * kAlignment, '\0');
  }

  static std::string batch_message(size_t rows, const Layout& layout, size_t body_bytes) {
    FlatBuilder builder;
    const auto buffers = builder.add_pairs(layout.buffers);
    const auto nodes = builder.add_pairs(layout.nodes);
    builder.start_table();
    builder.add_field(0, static_cast<int64_t>(rows));
    builder.add_reference(1, nodes);
    builder.add_reference(2, buffers);
    const auto header = builder.end_table();
    return finish_message(builder, kBatchHeader, header, static_cast<int64_t>(body_bytes));
  }

  Sink& sink_;
  SchemaPtr schema_;
};

}  // namespace

Result<std::unique_ptr<Writer>> open_arrow_ipc_writer(Sink& sink, SchemaPtr schema) {
  auto writer = std::make_unique<ArrowIpcWriter>(sink, std::move(schema));
  TRY(writer->open());
  return std::unique_ptr<Writer>(std::move(writer));
}

}  // namespace aml::table
