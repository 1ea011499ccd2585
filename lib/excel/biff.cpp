#include "excel/biff.h"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <bit>
#include <cerrno>

#include "text/unicode.h"

namespace aml::excel {
namespace {

constexpr uint8_t kWide = 1;      // 16 bits for each character
constexpr uint8_t kPhonetic = 4;  // how to pronounce it stands behind
constexpr uint8_t kRich = 8;      // runs of different looks stand behind
constexpr std::string_view kReplacement = "\xef\xbf\xbd";

class Converter {
 public:
  explicit Converter(const std::string& from) : handle_(iconv_open("UTF-8", from.c_str())) {}
  ~Converter() {
    if (is_open()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  bool is_open() const { return handle_ != iconv_t(-1); }

  std::string convert(std::string bytes) {
    std::string out;
    char* in = bytes.data();
    size_t rest = bytes.size();
    while (rest > 0) {
      char buffer[256];
      char* to = buffer;
      size_t room = sizeof(buffer);
      const size_t status = iconv(handle_, &in, &rest, &to, &room);
      out.append(buffer, sizeof(buffer) - room);
      if (status != static_cast<size_t>(-1) || errno == E2BIG) continue;
      out.append(kReplacement);
      ++in;
      --rest;
    }
    return out;
  }

 private:
  iconv_t handle_;
};

}  // namespace

Result<std::optional<BiffRecord>> BiffReader::next() {
  BiffRecord record;
  for (;;) {
    const std::string_view rest = stream_.substr(std::min(at_, stream_.size()));
    // Streams are padded with zeros.
    const bool is_padding = rest.size() < 4 || (record.pieces.empty() && read_little<uint32_t>(rest, 0) == 0);
    const auto type = is_padding ? uint16_t{0} : read_little<uint16_t>(rest, 0);
    if (is_padding || (!record.pieces.empty() && type != biff::kContinue)) break;
    const size_t bytes = read_little<uint16_t>(rest, 2);
    if (rest.size() - 4 < bytes)
      return Error{ErrorKind::bad_data, fmt::format("a record of {} bytes is cut short at byte {}", bytes, at_)};
    if (record.pieces.empty()) record.type = type;
    record.pieces.push_back(rest.substr(4, bytes));
    at_ += 4 + bytes;
  }
  return record.pieces.empty() ? std::nullopt : std::optional(std::move(record));
}

bool BiffCursor::ensure() {
  while (piece_ < pieces_.size() && at_ >= pieces_[piece_].size()) {
    at_ -= pieces_[piece_].size();
    ++piece_;
  }
  is_short_ = is_short_ || piece_ >= pieces_.size();
  return !is_short_;
}

std::string BiffCursor::take(size_t bytes) {
  std::string taken;
  while (taken.size() < bytes && ensure()) {
    const size_t here = std::min(bytes - taken.size(), pieces_[piece_].size() - at_);
    taken.append(pieces_[piece_].substr(at_, here));
    at_ += here;
  }
  return taken;
}

void BiffCursor::skip(size_t bytes) {
  while (bytes > 0 && ensure()) {
    const size_t here = std::min(bytes, pieces_[piece_].size() - at_);
    at_ += here;
    bytes -= here;
  }
}

std::string BiffCursor::unicode_text(size_t length) {
  const auto flags = number<uint8_t>();
  const size_t runs = (flags & kRich) != 0 ? number<uint16_t>() : 0;
  const size_t phonetic_bytes = (flags & kPhonetic) != 0 ? number<uint32_t>() : 0;
  std::string units;  // 16 bits each
  uint8_t width = (flags & kWide) != 0 ? 2 : 1;
  size_t rest = length;
  while (rest > 0 && !is_short_) {
    if (at_ >= (piece_ < pieces_.size() ? pieces_[piece_].size() : 0)) {
      if (!ensure()) break;
      width = (number<uint8_t>() & kWide) != 0 ? 2 : 1;
      continue;
    }
    const size_t here = std::min(rest, (pieces_[piece_].size() - at_) / width);
    if (here == 0) {  // half a character
      is_short_ = true;
      break;
    }
    for (size_t i = 0; i < here; ++i) {
      units.push_back(pieces_[piece_][at_ + i * width]);
      units.push_back(width == 2 ? pieces_[piece_][at_ + i * 2 + 1] : '\0');
    }
    at_ += here * width;
    rest -= here;
  }
  skip(runs * 4);
  skip(phonetic_bytes);
  return utf16_to_utf8(units);
}

std::string utf16_to_utf8(std::string_view units) {
  std::string out;
  for (size_t i = 0; i + 2 <= units.size(); i += 2) {
    uint32_t code = read_little<uint16_t>(units, i);
    if (code >= 0xd800 && code < 0xdc00 && i + 4 <= units.size()) {
      const uint32_t low = read_little<uint16_t>(units, i + 2);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        i += 2;
      }
    }
    text::append_utf8(out, code);
  }
  return out;
}

std::string decode_code_page(std::string_view bytes, unsigned code_page) {
  if (std::all_of(bytes.begin(), bytes.end(), [](char byte) { return static_cast<uint8_t>(byte) < 0x80; }))
    return std::string(bytes);
  const std::string name = code_page == 10000 || code_page == 32768 ? "MACINTOSH" : fmt::format("CP{}", code_page);
  Converter converter(name);
  if (converter.is_open()) return converter.convert(std::string(bytes));
  return Converter("CP1252").convert(std::string(bytes));
}

// Two bits say what the upper 30 are: a whole number or the top of a double, times 1 or 1/100.
double decode_rk(uint32_t rk) {
  double value = 0;
  if ((rk & 2) != 0) value = static_cast<double>(static_cast<int32_t>(rk) >> 2);
  else value = std::bit_cast<double>(uint64_t{rk & ~3u} << 32);
  return (rk & 1) != 0 ? value / 100 : value;
}

std::string_view error_name(uint8_t code) {
  switch (code) {
    case 0x00: return "#NULL!";
    case 0x07: return "#DIV/0!";
    case 0x0f: return "#VALUE!";
    case 0x17: return "#REF!";
    case 0x1d: return "#NAME?";
    case 0x24: return "#NUM!";
    case 0x2a: return "#N/A";
    case 0x2b: return "#GETTING_DATA";
    default: return "#ERROR!";
  }
}

}  // namespace aml::excel
