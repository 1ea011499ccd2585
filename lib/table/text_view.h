// A view of text in 16 bytes: up to 12 bytes stand inside, longer text keeps a 4-byte prefix and a pointer, so that
// most comparisons touch no second cache line. What it points to is kept alive by the column that holds the view.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/check.h"

namespace aml::table {

class TextView {
 public:
  static constexpr size_t kInlineMax = 12;

  TextView() = default;

  // Longer text than kInlineMax is not copied: the bytes must outlive the view.
  explicit TextView(std::string_view text) : size_(static_cast<uint32_t>(text.size())) {
    AML_CHECK(text.size() <= UINT32_MAX);
    if (size_ <= kInlineMax) {
      if (size_ != 0) std::memcpy(bytes_, text.data(), size_);
      return;
    }
    std::memcpy(bytes_, text.data(), 4);
    const char* data = text.data();
    std::memcpy(bytes_ + 4, &data, sizeof(data));
  }

  // The same, and faster, where kInlineMax bytes can be read from the start of the text on, however short it is.
  static TextView with_slack(std::string_view text) {
    if (text.size() > kInlineMax) return TextView(text);
    // Shifting out what stands behind the text costs no branch and no call.
    const size_t low_bytes = text.size() < 8 ? text.size() : 8;
    const size_t high_bytes = text.size() - low_bytes;
    uint64_t low;
    uint32_t high;
    std::memcpy(&low, text.data(), sizeof(low));
    std::memcpy(&high, text.data() + sizeof(low), sizeof(high));
    low &= low_bytes == 8 ? ~uint64_t{0} : (uint64_t{1} << (8 * low_bytes)) - 1;
    high &= high_bytes == 4 ? ~uint32_t{0} : (uint32_t{1} << (8 * high_bytes)) - 1;
    TextView view;
    view.size_ = static_cast<uint32_t>(text.size());
    std::memcpy(view.bytes_, &low, sizeof(low));
    std::memcpy(view.bytes_ + sizeof(low), &high, sizeof(high));
    return view;
  }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  bool is_inline() const { return size_ <= kInlineMax; }

  // Valid as long as this TextView itself (inline text) and its column (longer text).
  std::string_view view() const& {
    if (is_inline()) return {bytes_, size_};
    const char* data;
    std::memcpy(&data, bytes_ + 4, sizeof(data));
    return {data, size_};
  }
  std::string_view view() const&& = delete;

  friend bool operator==(const TextView& a, const TextView& b) {
    if (a.size_ != b.size_ || std::memcmp(a.bytes_, b.bytes_, 4) != 0) return false;
    return a.view() == b.view();
  }

 private:
  uint32_t size_ = 0;
  char bytes_[12] = {};
};
static_assert(sizeof(TextView) == 16);

}  // namespace aml::table
