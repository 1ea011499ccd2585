#include "prep/row_spool.h"

#include <cstring>
#include <numeric>

#include "prep/row_arena.h"

namespace aml::prep {

Status RowSpool::add(const table::Batch& batch) {
  std::vector<uint32_t> sizes(batch.rows, 0);
  codec_.add_sizes(batch, sizes);
  const size_t head = batch.rows * sizeof(uint32_t);
  auto bytes = std::make_shared<std::string>();
  // What decodes the rows reads a little behind them.
  bytes->resize(std::accumulate(sizes.begin(), sizes.end(), head) + RowArena::kSlackBytes);
  std::memcpy(bytes->data(), sizes.data(), head);
  std::vector<char*> cursors;
  cursors.reserve(batch.rows);
  char* at = bytes->data() + head;
  for (const uint32_t size : sizes) {
    cursors.push_back(at);
    at += size;
  }
  codec_.write(batch, cursors);
  held_bytes_ += bytes->size();
  blocks_.push_back({batch.rows, 0, bytes->size(), std::move(bytes)});
  return held_bytes_ > resources_.memory_bytes ? spill() : Status();
}

Status RowSpool::spill() {
  if (resources_.cancel != nullptr) TRY(resources_.cancel->check());
  if (!file_) file_.emplace(TRY(SpillFile::create(resources_.temporary_folder)));
  for (Block& block : blocks_) {
    if (!block.bytes) continue;
    block.begin = file_->size();
    TRY(file_->append(*block.bytes));
    block.bytes.reset();
  }
  held_bytes_ = 0;
  return file_->flush();
}

Status RowSpool::drain(const std::function<Status(table::Batch)>& emit) {
  for (Block& block : blocks_) {
    if (resources_.cancel != nullptr) TRY(resources_.cancel->check());
    table::Bytes bytes = std::move(block.bytes);
    if (!bytes) {
      std::string read(block.size, '\0');
      TRY(file_->read(block.begin, read));
      bytes = std::make_shared<const std::string>(std::move(read));
    }
    TRY(emit(decode(block, bytes)));
  }
  blocks_.clear();
  return {};
}

table::Batch RowSpool::decode(const Block& block, const table::Bytes& bytes) const {
  std::vector<uint32_t> sizes(block.rows);
  std::memcpy(sizes.data(), bytes->data(), block.rows * sizeof(uint32_t));
  std::vector<const char*> rows;
  rows.reserve(block.rows);
  const char* at = bytes->data() + block.rows * sizeof(uint32_t);
  for (const uint32_t size : sizes) {
    rows.push_back(at);
    at += size;
  }
  return codec_.decode(rows, bytes);
}

}  // namespace aml::prep
