// The records of old workbooks (BIFF 5 and 8): a type and a size of 16 bits each, then the data. What does not fit
// goes on in CONTINUE records, which in the middle of a text start with a byte that says how its rest is encoded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "excel/little_endian.h"

namespace aml::excel {

enum class BiffVersion : uint8_t { biff5, biff8 };

namespace biff {
inline constexpr uint16_t kBof = 0x809, kEof = 0x0a, kContinue = 0x3c, kFilePass = 0x2f, kCodePage = 0x42,
                          kDateMode = 0x22, kBoundSheet = 0x85, kFormat = 0x41e, kXf = 0xe0, kSst = 0xfc,
                          kLabelSst = 0xfd, kLabel = 0x204, kRString = 0xd6, kNumber = 0x203, kRk = 0x27e,
                          kMulRk = 0xbd, kFormula = 0x06, kString = 0x207, kBoolErr = 0x205;
}  // namespace biff

struct BiffRecord {
  uint16_t type = 0;
  std::vector<std::string_view> pieces;  // the data, then that of each CONTINUE

  std::string_view data() const { return pieces[0]; }
};

// `stream` must outlive the reader and all it returns.
class BiffReader {
 public:
  BiffReader(std::string_view stream, size_t offset) : stream_(stream), at_(offset) {}
  // Nothing at the end of the stream; bad_data without a file name when the last record is cut short.
  Result<std::optional<BiffRecord>> next();

 private:
  std::string_view stream_;
  size_t at_;
};

// Reads numbers and texts out of the pieces of a record. After reading beyond the end, is_short() is true and all
// numbers are zero.
class BiffCursor {
 public:
  BiffCursor(const BiffRecord& record, size_t offset) : pieces_(record.pieces), at_(offset) {}

  template <class T>
  T number() {
    std::string bytes = take(sizeof(T));
    return bytes.size() == sizeof(T) ? read_little<T>(bytes, 0) : T{};
  }
  void skip(size_t bytes);
  // `length` characters as the flags say, with what belongs to them (runs, pronunciation); UTF-8.
  std::string unicode_text(size_t length);
  std::string take(size_t bytes);
  bool is_short() const { return is_short_; }

 private:
  bool ensure();  // moves on to a piece with unread bytes

  std::vector<std::string_view> pieces_;
  size_t piece_ = 0;
  size_t at_;
  bool is_short_ = false;
};

// Text of a code page of Windows as UTF-8; bytes without a meaning become U+FFFD.
std::string decode_code_page(std::string_view bytes, unsigned code_page);
std::string utf16_to_utf8(std::string_view little_endian_units);
double decode_rk(uint32_t rk);
std::string_view error_name(uint8_t code);  // "#DIV/0!"

}  // namespace aml::excel
