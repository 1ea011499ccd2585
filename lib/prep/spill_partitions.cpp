#include "prep/spill_partitions.h"

#include <cstring>

#include "prep/row_arena.h"
#include "table/value_counter.h"

namespace aml::prep {
namespace {

constexpr size_t kChunkBytes = size_t{64} << 10;
constexpr unsigned kPartitionBits = 5;
static_assert(1U << kPartitionBits == SpillPartitions::kCount);

uint32_t load_size(const char* at) {
  uint32_t size;
  std::memcpy(&size, at, sizeof(size));
  return size;
}

}  // namespace

uint32_t SpillPartitions::partition_of(std::string_view key) const {
  return static_cast<uint32_t>(table::hash_text(key) >> (64 - kPartitionBits * (level_ + 1))) & (kCount - 1);
}

Status SpillPartitions::add(const table::Batch& rows, std::span<const uint32_t> partitions) {
  std::vector<uint32_t> sizes(rows.rows, 0);
  codec_.add_sizes(rows, sizes);
  std::array<size_t, kCount> ends = {};
  for (size_t row = 0; row < rows.rows; ++row) ends[partitions[row]] += sizeof(uint32_t) + sizes[row];
  for (uint32_t i = 0; i < kCount; ++i) {
    const size_t begin = parts_[i].buffer.size();
    parts_[i].buffer.resize(begin + ends[i]);
    ends[i] = begin;
  }
  std::vector<char*> cursors;
  cursors.reserve(rows.rows);
  for (size_t row = 0; row < rows.rows; ++row) {
    Part& part = parts_[partitions[row]];
    char* const head = part.buffer.data() + ends[partitions[row]];
    std::memcpy(head, &sizes[row], sizeof(uint32_t));
    cursors.push_back(head + sizeof(uint32_t));
    ends[partitions[row]] += sizeof(uint32_t) + sizes[row];
    ++part.rows;
  }
  codec_.write(rows, cursors);
  for (Part& part : parts_)
    if (part.buffer.size() >= kChunkBytes) TRY(write_out(part));
  return {};
}

Status SpillPartitions::write_out(Part& part) {
  if (resources_.cancel != nullptr) TRY(resources_.cancel->check());
  if (!file_) file_.emplace(TRY(SpillFile::create(resources_.temporary_folder)));
  part.chunks.push_back({file_->size(), part.buffer.size()});
  TRY(file_->append(part.buffer));
  part.buffer.clear();
  return {};
}

Status SpillPartitions::read(uint32_t partition, const std::function<Status(table::Batch)>& take) {
  Part& part = parts_[partition];
  if (!part.buffer.empty()) TRY(write_out(part));
  part.buffer.shrink_to_fit();
  if (file_) TRY(file_->flush());
  for (const Chunk& chunk : part.chunks) {
    if (resources_.cancel != nullptr) TRY(resources_.cancel->check());
    RowArena arena;
    char* const bytes = arena.allocate(chunk.size);
    TRY(file_->read(chunk.offset, std::span(bytes, chunk.size)));
    TRY(take_rows(bytes, bytes + chunk.size, arena.pin(), take));
  }
  return {};
}

Status SpillPartitions::take_rows(const char* begin, const char* end, const table::Bytes& pin,
                                  const std::function<Status(table::Batch)>& take) const {
  std::vector<const char*> rows;
  for (const char* at = begin; at < end; at += sizeof(uint32_t) + load_size(at)) {
    rows.push_back(at + sizeof(uint32_t));
    if (rows.size() < table::kBatchRows) continue;
    TRY(take(codec_.decode(rows, pin)));
    rows.clear();
  }
  if (rows.empty()) return {};
  return take(codec_.decode(rows, pin));
}

table::SchemaPtr schema_with_sequence(const table::Schema& schema) {
  std::vector<table::Field> fields = schema.fields();
  fields.push_back({"", table::ColumnType::int64});
  return std::make_shared<const table::Schema>(std::move(fields));
}

table::Batch with_sequence(table::Batch rows, const table::SchemaPtr& schema, int64_t first,
                           std::span<const uint32_t> picked) {
  table::ColumnBuilder numbers(table::ColumnType::int64);
  numbers.reserve(rows.rows);
  for (size_t row = 0; row < rows.rows; ++row)
    numbers.append_int(first + static_cast<int64_t>(picked.empty() ? row : picked[row]));
  rows.columns.push_back(numbers.finish());
  rows.schema = schema;
  return rows;
}

}  // namespace aml::prep
