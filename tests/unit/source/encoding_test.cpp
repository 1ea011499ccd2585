#include "source/encoding.h"

#include "unit/source/source_testing.h"

using namespace aml;
using namespace aml::source;
using table::testing::PieceSource;
using namespace std::string_view_literals;

namespace {

Result<std::string> content_of(Source& source) {
  std::string text;
  for (;;) {
    const std::string_view piece = TRY(source.read());
    if (piece.empty()) return text;
    text.append(piece);
  }
}

Result<std::string> decoded(std::string_view bytes, const std::string& encoding, size_t piece_bytes) {
  const auto source = TRY(decode_from(std::make_unique<PieceSource>(std::string(bytes), piece_bytes), encoding, "t"));
  return content_of(*source);
}

// The text, with "!" in front if it was taken for windows-1252.
std::string guessed(std::string_view bytes, size_t piece_bytes) {
  bool is_found = false;
  const auto source = decode_utf8_or_windows_1252(std::make_unique<PieceSource>(std::string(bytes), piece_bytes),
                                                  [&] { is_found = true; });
  const auto text = content_of(*source);
  REQUIRE(text.ok());
  return (is_found ? "!" : "") + *text;
}

}  // namespace

TEST_CASE("wide encodings are known by their mark or by the zeros of ASCII") {
  CHECK(detect_wide_encoding("\xff\xfe"
                             "a\0"sv) == "UTF-16");
  CHECK(detect_wide_encoding("\xfe\xff\0a"sv) == "UTF-16");
  CHECK(detect_wide_encoding("\xff\xfe\0\0a\0\0\0"sv) == "UTF-32");
  CHECK(detect_wide_encoding("a\0,\0b\0\n\0"sv) == "UTF-16LE");
  CHECK(detect_wide_encoding("\0a\0,\0b\0\n"sv) == "UTF-16BE");
  CHECK(detect_wide_encoding("a\0\0\0,\0\0\0"sv) == "UTF-32LE");
  CHECK(detect_wide_encoding("\0\0\0a\0\0\0,"sv) == "UTF-32BE");
  CHECK(!detect_wide_encoding("a,b\n1,2\n"sv));
  CHECK(!detect_wide_encoding("a\0,b\n"sv));
  CHECK(!detect_wide_encoding(""));
}

TEST_CASE("text is decoded however it is cut") {
  for (const size_t piece_bytes : {1U, 3U, 1000U}) {
    CHECK(*decoded("\xff\xfe"
                   "a\0\xac\x20=\xd8\x00\xde"sv,
                   "UTF-16", piece_bytes) == "a€😀");
    CHECK(*decoded("\xe4\xf6\xfc", "latin1", piece_bytes) == "äöü");
    CHECK(*decoded("\x82\xb1", "SHIFT_JIS", piece_bytes) == "こ");
    CHECK(decoded("", "latin1", piece_bytes)->empty());
  }
  const std::string long_text(300'000, '\xe9');
  CHECK(decoded(long_text, "latin1", 70'000)->size() == 600'000);
}

TEST_CASE("bytes that mean nothing are named by their offset, and so is a cut end") {
  for (const size_t piece_bytes : {1U, 1000U}) {
    const auto bad = decoded("abc\x81", "windows-1252", piece_bytes);
    CHECK(bad.error().kind == ErrorKind::bad_data);
    CHECK(bad.error().message == "cannot read 't' as windows-1252: byte 0x81 at offset 3 means nothing there");
    CHECK(decoded("a\0b"sv, "UTF-16LE", piece_bytes).error().message ==
          "cannot read 't' as UTF-16LE: it ends within a character");
  }
}

TEST_CASE("an encoding that nobody knows is a usage error") {
  CHECK(decoded("a", "klingon", 1).error().message == "unknown encoding 'klingon'");
  CHECK(decoded("a", "klingon", 1).error().kind == ErrorKind::usage);
}

TEST_CASE("the first byte beyond ASCII tells UTF-8 from windows-1252") {
  for (const size_t piece_bytes : {1U, 2U, 9U, 1000U}) {
    CHECK(guessed("plain", piece_bytes) == "plain");
    CHECK(guessed("", piece_bytes).empty());
    CHECK(guessed("naïve €", piece_bytes) == "naïve €");
    CHECK(guessed("na\xefve \x80 \x81", piece_bytes) == "!naïve € \xc2\x81");
    CHECK(guessed("0123456789\xe9", piece_bytes) == "!0123456789é");
    // UTF-8 with damage in it passes as it is.
    CHECK(guessed("ä\xff\xfe", piece_bytes) == "ä\xff\xfe");
    CHECK(guessed("😀\x80", piece_bytes) == "😀\x80");
  }
}
