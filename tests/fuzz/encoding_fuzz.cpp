// The first byte chooses an encoding and the size of pieces, the rest is text in it. However it is cut, the decoder
// says the same; what it gives is UTF-8; and what is UTF-8 passes the guess unchanged.
#include "source/encoding.h"

#include "table_fuzzing.h"
#include "text/unicode.h"

using namespace aml;

namespace {

class PieceSource final : public Source {
 public:
  PieceSource(std::string text, size_t piece_bytes) : text_(std::move(text)), piece_bytes_(piece_bytes) {}
  Result<std::string_view> read() override {
    const std::string_view piece = std::string_view(text_).substr(at_, piece_bytes_);
    at_ += piece.size();
    return piece;
  }

 private:
  std::string text_;
  size_t piece_bytes_;
  size_t at_ = 0;
};

Result<std::string> content_of(Source& source) {
  std::string text;
  for (;;) {
    const std::string_view piece = TRY(source.read());
    if (piece.empty()) return text;
    text.append(piece);
  }
}

Result<std::string> decoded(const std::string& text, const std::string& encoding, size_t piece_bytes) {
  const auto source = TRY(source::decode_from(std::make_unique<PieceSource>(text, piece_bytes), encoding, "t"));
  return content_of(*source);
}

Result<std::string> guessed(const std::string& text, size_t piece_bytes) {
  return content_of(*source::decode_utf8_or_windows_1252(std::make_unique<PieceSource>(text, piece_bytes), {}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  static constexpr const char* kEncodings[] = {"latin1",       "UTF-16", "UTF-16LE", "SHIFT_JIS",
                                               "windows-1252", "UTF-32", "UTF-7",    "GB18030"};
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const size_t piece_bytes = 1 + (data[0] >> 3);
  static_cast<void>(source::detect_wide_encoding(text));
  const auto whole = decoded(text, kEncodings[data[0] & 7], text.size() + 1);
  const auto pieces = decoded(text, kEncodings[data[0] & 7], piece_bytes);
  fuzz::require(whole.ok() == pieces.ok(), "pieces do not decide whether text is good");
  if (whole.ok()) fuzz::require(*whole == *pieces && text::is_utf8(*whole), "pieces do not change text");
  const auto guess = guessed(text, text.size() + 1);
  fuzz::require(*guess == *guessed(text, piece_bytes), "pieces do not change a guess");
  if (text::is_utf8(text)) fuzz::require(*guess == text, "UTF-8 passes unchanged");
  return 0;
}
