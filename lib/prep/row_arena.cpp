#include "prep/row_arena.h"

#include <algorithm>
#include <utility>

namespace aml::prep {

char* RowArena::allocate(size_t size) {
  if (size > left_) {
    left_ = std::max(std::clamp(bytes_, kBlockBytesMin, kBlockBytesMax), size);
    blocks_->memory.push_back(std::make_unique_for_overwrite<char[]>(left_ + kSlackBytes));
    free_ = blocks_->memory.back().get();
    bytes_ += left_;
  }
  left_ -= size;
  return std::exchange(free_, free_ + size);
}

}  // namespace aml::prep
