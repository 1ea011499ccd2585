// The bytes that matter of a stream; whether others read it is asked of pyarrow in tests/interop.
#include "table/arrow_ipc_writer.h"

#include <doctest/doctest.h>

#include <cstring>

#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::table;

namespace {

template <class T>
T number_at(std::string_view bytes, size_t offset) {
  REQUIRE(offset + sizeof(T) <= bytes.size());
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

// The place of a field in the table at `table`; 0 where it is absent.
size_t field_of(std::string_view buffer, size_t table, size_t slot) {
  const size_t vtable = table - static_cast<size_t>(number_at<int32_t>(buffer, table));
  if (4 + 2 * slot >= number_at<uint16_t>(buffer, vtable)) return 0;
  const auto distance = number_at<uint16_t>(buffer, vtable + 4 + 2 * slot);
  return distance == 0 ? 0 : table + distance;
}

size_t follow(std::string_view buffer, size_t place) { return place + number_at<uint32_t>(buffer, place); }

std::string stream_of(const std::string& csv) {
  const auto table = testing::read_table(csv);
  StringSink sink;
  const auto writer = open_arrow_ipc_writer(sink, table->schema);
  for (const Batch& batch : table->batches) REQUIRE((*writer)->write(batch).ok());
  REQUIRE((*writer)->finish().ok());
  return sink.text();
}

}  // namespace

TEST_CASE("a stream is a schema, batches and an end mark, in multiples of eight bytes") {
  const std::string stream = stream_of("name,b\nx,\n,1\n");
  CHECK(stream.size() % 8 == 0);
  CHECK(stream.substr(0, 4) == "\xff\xff\xff\xff");
  CHECK(stream.substr(stream.size() - 8) == std::string("\xff\xff\xff\xff\0\0\0\0", 8));
  const auto metadata_bytes = number_at<uint32_t>(stream, 4);
  CHECK(metadata_bytes % 8 == 0);
  const std::string_view metadata = std::string_view(stream).substr(8, metadata_bytes);
  const size_t message = follow(metadata, 0);
  CHECK(number_at<int16_t>(metadata, field_of(metadata, message, 0)) == 4);
  CHECK(number_at<uint8_t>(metadata, field_of(metadata, message, 1)) == 1);
  const size_t schema = follow(metadata, field_of(metadata, message, 2));
  const size_t fields = follow(metadata, field_of(metadata, schema, 1));
  CHECK(number_at<uint32_t>(metadata, fields) == 2);
  const size_t field = follow(metadata, fields + 4);
  const size_t name = follow(metadata, field_of(metadata, field, 0));
  CHECK(metadata.substr(name, 9) == std::string_view("\4\0\0\0name\0", 9));
}

TEST_CASE("a batch lists its rows, nulls and buffers") {
  const std::string stream = stream_of("name,b\nx,\n,1\n");
  const size_t start = 8 + number_at<uint32_t>(stream, 4);
  const auto metadata_bytes = number_at<uint32_t>(stream, start + 4);
  const std::string_view metadata = std::string_view(stream).substr(start + 8, metadata_bytes);
  const size_t message = follow(metadata, 0);
  CHECK(number_at<uint8_t>(metadata, field_of(metadata, message, 1)) == 3);
  const size_t batch = follow(metadata, field_of(metadata, message, 2));
  CHECK(number_at<int64_t>(metadata, field_of(metadata, batch, 0)) == 2);
  const size_t nodes = follow(metadata, field_of(metadata, batch, 1));
  CHECK(number_at<uint32_t>(metadata, nodes) == 2);
  CHECK((start + 8 + nodes + 4) % 8 == 0);
  CHECK(number_at<int64_t>(metadata, nodes + 4) == 2);
  CHECK(number_at<int64_t>(metadata, nodes + 12) == 1);
  const size_t buffers = follow(metadata, field_of(metadata, batch, 2));
  CHECK(number_at<uint32_t>(metadata, buffers) == 6);
  const size_t body = start + 8 + metadata_bytes;
  CHECK(number_at<uint8_t>(stream, body) == 0b01);       // validity of name
  CHECK(number_at<int32_t>(stream, body + 8 + 4) == 1);  // offsets of name
  CHECK(stream[body + static_cast<size_t>(number_at<int64_t>(metadata, buffers + 4 + 32))] == 'x');
}

TEST_CASE("a table without rows is a schema and an end") {
  const std::string stream = stream_of("a\n");
  CHECK(stream.size() == 8 + number_at<uint32_t>(stream, 4) + 8);
}
