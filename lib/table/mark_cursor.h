// Walks over the marks of a text from left to right; finds them a window at a time.
#pragma once

#include <algorithm>
#include <limits>
#include <string_view>
#include <vector>

#include "kernel/find_marks.h"

namespace aml::table {

// The text must outlive the cursor.
class MarkCursor {
 public:
  static constexpr size_t kNone = std::numeric_limits<size_t>::max();
  static constexpr size_t kWindowBytes = size_t{16} << 10;

  MarkCursor(std::string_view text, kernel::Marks marks, std::vector<uint32_t>& places)
      : text_(text), marks_(marks), places_(places) {
    places_.resize(kWindowBytes + kernel::kMarkSlack);
  }

  // The next mark, or kNone.
  size_t next() {
    while (at_ == count_)
      if (!refill()) return kNone;
    return window_begin_ + places_[at_++];
  }

 private:
  bool refill() {
    if (window_end_ == text_.size()) return false;
    window_begin_ = window_end_;
    window_end_ += std::min(kWindowBytes, text_.size() - window_begin_);
    const std::string_view window = text_.substr(window_begin_, window_end_ - window_begin_);
    count_ = kernel::find_marks(window, marks_, places_);
    at_ = 0;
    return true;
  }

  std::string_view text_;
  kernel::Marks marks_;
  std::vector<uint32_t>& places_;  // scratch space of the scanner, kept between scans
  size_t at_ = 0;
  size_t count_ = 0;
  size_t window_begin_ = 0;
  size_t window_end_ = 0;
};

}  // namespace aml::table
