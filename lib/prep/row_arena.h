// Memory for encoded rows and keys that are held back: blocks that never move, counted, and freed together when the
// last column with views into them is gone.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "table/column.h"

namespace aml::prep {

class RowArena {
 public:
  // Room for `size` bytes. At least kSlackBytes more can be read behind them.
  char* allocate(size_t size);
  static constexpr size_t kSlackBytes = 16;

  size_t bytes() const { return bytes_; }  // taken from the system

  // For ColumnBuilder::pin: keeps all rows alive, also after clear().
  table::Bytes pin() const { return {blocks_, &blocks_->pinned}; }

  // Forgets the rows; those who pinned them keep them.
  void clear() { *this = RowArena(); }

 private:
  // Blocks are as large as all before them, within these limits.
  static constexpr size_t kBlockBytesMin = size_t{4} << 10;
  static constexpr size_t kBlockBytesMax = size_t{256} << 10;

  struct Blocks {
    std::vector<std::unique_ptr<char[]>> memory;
    std::string pinned;  // what pins point to; empty
  };

  std::shared_ptr<Blocks> blocks_ = std::make_shared<Blocks>();  // this arena's and its pins'
  char* free_ = nullptr;
  size_t left_ = 0;
  size_t bytes_ = 0;
};

}  // namespace aml::prep
