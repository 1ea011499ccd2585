// The bytes of an input in reference-counted blocks. Readers see the unread bytes as one piece, whatever pieces the
// source delivers, and let views point into blocks, which live as long as somebody pins them.
#pragma once

#include <memory>

#include "base/sink.h"
#include "table/column.h"

namespace aml::table {

class BlockStream {
 public:
  static constexpr size_t kBlockBytes = size_t{256} << 10;

  explicit BlockStream(std::unique_ptr<Source> source, size_t block_bytes = kBlockBytes)
      : source_(std::move(source)), block_bytes_(block_bytes) {}

  std::string_view unread() const { return std::string_view(*block_).substr(begin_); }
  bool at_end() const { return at_end_; }  // nothing comes after unread()
  const Bytes& block() const { return shared_block_; }
  void consume(size_t bytes) {
    begin_ += bytes;
    offset_ += bytes;
  }
  uint64_t offset() const { return offset_; }  // of unread() in the input

  // Makes unread() longer than it is, unless the input ends. What was unread so far may move to a new block, at
  // least doubling the room each time, so that one long record costs linear time.
  Status fill();

 private:
  void make_room();

  std::unique_ptr<Source> source_;
  size_t block_bytes_;
  std::string_view piece_;  // delivered by the source, not yet in a block
  // Owned by this stream until full, and by every column with views into it.
  std::shared_ptr<std::string> block_ = std::make_shared<std::string>();
  Bytes shared_block_ = block_;
  size_t begin_ = 0;
  uint64_t offset_ = 0;
  bool at_end_ = false;
};

}  // namespace aml::table
