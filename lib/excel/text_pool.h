// The shared strings of a workbook: one block of bytes and where each text ends in it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "table/column.h"

namespace aml::excel {

inline constexpr size_t kPoolBytesMax = size_t{1} << 30;
inline constexpr size_t kPoolTextsMax = size_t{1} << 25;

class TextPool {
 public:
  size_t size() const { return ends_.size(); }
  bool is_full(size_t more_bytes) const {
    return ends_.size() >= kPoolTextsMax || more_bytes > kPoolBytesMax - text_->size();
  }
  void append(std::string_view text) {
    text_->append(text);
    ends_.push_back(text_->size());
  }
  // Stays valid once the pool is complete, as long as the block lives.
  std::string_view operator[](size_t index) const {
    const size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(*text_).substr(begin, ends_[index] - begin);
  }
  table::Bytes block() const { return text_; }

 private:
  std::shared_ptr<std::string> text_ = std::make_shared<std::string>();  // shared with columns that show into it
  std::vector<size_t> ends_;
};

}  // namespace aml::excel
