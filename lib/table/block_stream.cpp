#include "table/block_stream.h"

#include <algorithm>
#include <atomic>

namespace aml::table {

void BlockStream::make_room() {
  const size_t kept = block_->size() - begin_;
  const size_t wanted = std::max(block_bytes_, kept * 2);
  // Two owners are this stream's own pair of pointers; with no third the block can be used again.
  if (block_.use_count() == 2 && block_->capacity() >= wanted) {
    std::atomic_thread_fence(std::memory_order_acquire);  // another thread may have been the last to read it
    block_->erase(0, begin_);
  } else {
    auto next = std::make_shared<std::string>();
    next->reserve(wanted);
    next->append(*block_, begin_);
    block_ = std::move(next);
    shared_block_ = block_;
  }
  begin_ = 0;
}

Status BlockStream::fill() {
  make_room();
  while (!at_end_ && block_->size() < block_->capacity()) {
    if (piece_.empty()) piece_ = TRY(source_->read());
    at_end_ = piece_.empty();
    const std::string_view part = piece_.substr(0, block_->capacity() - block_->size());
    block_->append(part);
    piece_.remove_prefix(part.size());
  }
  return {};
}

}  // namespace aml::table
