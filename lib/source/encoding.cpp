#include "source/encoding.h"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "text/unicode.h"

namespace aml::source {
namespace {

constexpr size_t kPieceBytes = size_t{64} << 10;

class Converter {
 public:
  explicit Converter(const std::string& encoding) : handle_(iconv_open("UTF-8", encoding.c_str())) {}
  ~Converter() {
    if (is_open()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  bool is_open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }
  iconv_t handle() const { return handle_; }

 private:
  iconv_t handle_;
};

class IconvSource final : public Source {
 public:
  IconvSource(std::unique_ptr<Source> source, std::string encoding, std::string name)
      : source_(std::move(source)),
        converter_(encoding),
        encoding_(std::move(encoding)),
        name_(std::move(name)),
        out_(kPieceBytes, '\0') {}

  bool is_open() const { return converter_.is_open(); }

  Result<std::string_view> read() override {
    for (;;) {
      if (at_ == input_.size() || needs_more_) TRY(refill());
      if (at_ == input_.size()) return std::string_view();
      const size_t count = TRY(convert());
      if (count > 0) return std::string_view(out_).substr(0, count);
    }
  }

 private:
  // Keeps what is left of the last piece: the start of a character.
  Status refill() {
    input_.erase(0, at_);
    at_ = 0;
    const std::string_view piece = TRY(source_->read());
    if (piece.empty() && !input_.empty()) return invalid("it ends within a character");
    input_.append(piece);
    needs_more_ = false;
    return {};
  }

  // Returns how many bytes are in out_.
  Result<size_t> convert() {
    char* in = input_.data() + at_;
    size_t in_left = input_.size() - at_;
    char* out = out_.data();
    size_t out_left = out_.size();
    const size_t before = in_left;
    const bool failed = iconv(converter_.handle(), &in, &in_left, &out, &out_left) == static_cast<size_t>(-1);
    at_ += before - in_left;
    offset_ += before - in_left;
    const size_t count = out_.size() - out_left;
    needs_more_ = failed && errno == EINVAL;
    if (failed && errno == EILSEQ && count == 0)
      return invalid(fmt::format("byte 0x{:02x} at offset {} means nothing there",
                                 static_cast<unsigned char>(input_[at_]), offset_));
    return count;
  }

  Error invalid(std::string_view what) const {
    return {ErrorKind::bad_data, fmt::format("cannot read '{}' as {}: {}", name_, encoding_, what),
            "name another encoding with '--encoding', 'iconv -l' lists them"};
  }

  std::unique_ptr<Source> source_;
  Converter converter_;
  std::string encoding_;
  std::string name_;
  std::string input_;
  size_t at_ = 0;  // in input_
  bool needs_more_ = false;
  uint64_t offset_ = 0;  // of input_[at_] in the source
  std::string out_;
};

// Code points of the bytes 0x80 to 0x9f. The five that windows-1252 leaves out are the controls of latin-1, as browsers
// read them.
constexpr char16_t kWindows1252[] = {0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                     0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,   0x017d, 0x8f,
                                     0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                     0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};

void append_windows_1252(std::string& out, std::string_view text) {
  for (const char byte : text) {
    const auto value = static_cast<uint8_t>(byte);
    const unsigned point = value >= 0x80 && value < 0xa0 ? kWindows1252[value - 0x80] : value;
    if (point < 0x80) {
      out.push_back(byte);
    } else if (point < 0x800) {
      out.push_back(static_cast<char>(0xc0 | point >> 6));
      out.push_back(static_cast<char>(0x80 | (point & 0x3f)));
    } else {
      out.push_back(static_cast<char>(0xe0 | point >> 12));
      out.push_back(static_cast<char>(0x80 | (point >> 6 & 0x3f)));
      out.push_back(static_cast<char>(0x80 | (point & 0x3f)));
    }
  }
}

size_t find_beyond_ascii(std::string_view text) {
  size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    uint64_t word;
    std::memcpy(&word, text.data() + i, sizeof(word));
    if ((word & 0x8080808080808080U) != 0) break;
  }
  while (i < text.size() && static_cast<uint8_t>(text[i]) < 0x80) ++i;
  return i;
}

class Utf8OrWindows1252Source final : public Source {
 public:
  Utf8OrWindows1252Source(std::unique_ptr<Source> source, std::function<void()> on_found)
      : source_(std::move(source)), on_found_(std::move(on_found)) {}

  Result<std::string_view> read() override {
    const std::string_view piece = TRY(source_->read());
    if (found_ == Found::utf8) return piece;
    if (found_ == Found::windows_1252) return recoded(piece);
    const size_t beyond = find_beyond_ascii(piece);
    if (beyond == piece.size()) return piece;
    return decide(piece, beyond);
  }

 private:
  enum class Found : uint8_t { ascii, utf8, windows_1252 };
  static constexpr size_t kSequenceMax = 4;

  std::string_view recoded(std::string_view piece) {
    out_.clear();
    append_windows_1252(out_, piece);
    return out_;
  }

  // The first byte beyond ASCII is at `at`; a character cut by the end of the piece is completed first.
  Result<std::string_view> decide(std::string_view piece, size_t at) {
    std::string joined;
    if (piece.size() - at < kSequenceMax) {
      joined = piece;
      while (joined.size() - at < kSequenceMax) {
        const std::string_view more = TRY(source_->read());
        if (more.empty()) break;
        joined.append(more);
      }
      piece = joined;
    }
    const bool is_utf8 = text::utf8_sequence_length(piece.substr(at)) > 0;
    found_ = is_utf8 ? Found::utf8 : Found::windows_1252;
    if (!is_utf8 && on_found_) on_found_();
    if (!is_utf8) return recoded(piece);
    if (joined.empty()) return piece;
    out_ = std::move(joined);
    return std::string_view(out_);
  }

  std::unique_ptr<Source> source_;
  std::function<void()> on_found_;
  Found found_ = Found::ascii;
  std::string out_;
};

// The ASCII characters among the first ones, written in units of `unit` bytes with the character at `place` of each.
bool has_ascii_at(std::string_view head, size_t unit, size_t place) {
  constexpr size_t kUnitsMax = 64;
  const size_t units = std::min(head.size() / unit, kUnitsMax);
  if (units < 2) return false;
  for (size_t i = 0; i < units * unit; ++i) {
    const auto byte = static_cast<uint8_t>(head[i]);
    const bool is_character = i % unit == place;
    if (is_character ? byte == 0 || byte >= 0x80 : byte != 0) return false;
  }
  return true;
}

}  // namespace

std::optional<std::string> detect_wide_encoding(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("\xff\xfe\0\0"sv) || head.starts_with("\0\0\xfe\xff"sv)) return "UTF-32";
  if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff")) return "UTF-16";
  if (has_ascii_at(head, 4, 0)) return "UTF-32LE";
  if (has_ascii_at(head, 4, 3)) return "UTF-32BE";
  if (has_ascii_at(head, 2, 0)) return "UTF-16LE";
  if (has_ascii_at(head, 2, 1)) return "UTF-16BE";
  return std::nullopt;
}

Result<std::unique_ptr<Source>> decode_from(std::unique_ptr<Source> source, const std::string& encoding,
                                            std::string name) {
  auto decoded = std::make_unique<IconvSource>(std::move(source), encoding, std::move(name));
  if (!decoded->is_open())
    return Error{ErrorKind::usage, fmt::format("unknown encoding '{}'", encoding),
                 "for example latin1, windows-1252 or utf-16; 'iconv -l' lists them"};
  return std::unique_ptr<Source>(std::move(decoded));
}

std::unique_ptr<Source> decode_utf8_or_windows_1252(std::unique_ptr<Source> source, std::function<void()> on_found) {
  return std::make_unique<Utf8OrWindows1252Source>(std::move(source), std::move(on_found));
}

}  // namespace aml::source
