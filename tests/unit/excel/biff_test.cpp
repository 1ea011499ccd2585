#include "excel/biff.h"

#include <doctest/doctest.h>

using namespace aml::excel;
using namespace std::string_view_literals;

TEST_CASE("records end with the stream, and are joined with what continues them") {
  const auto stream = "\x42\0\2\0\xe4\4\x3c\0\1\0x\x0a\0\0\0"sv;
  BiffReader reader(stream, 0);
  const auto first = *reader.next();
  CHECK(first->type == biff::kCodePage);
  CHECK(first->pieces.size() == 2);
  CHECK(BiffCursor(*first, 1).take(5) == "\4x");
  CHECK((*reader.next())->type == biff::kEof);
  CHECK(!*reader.next());
}

TEST_CASE("a record that is cut short is an error, padding is not") {
  BiffReader cut("\x42\0\2\0\xe4"sv, 0);
  CHECK(cut.next().error().message == "a record of 2 bytes is cut short at byte 0");
  BiffReader padded("\0\0\0\0\0\0\0\0"sv, 0);
  CHECK(!*padded.next());
  BiffReader beyond("abc"sv, 100);
  CHECK(!*beyond.next());
}

TEST_CASE("texts change their width where a record is continued") {
  // Five characters, narrow: "ab"; continued, wide: "c€"; continued, narrow: "d".
  const auto stream = "\xfc\0\3\0\0ab\x3c\0\5\0\1c\0\xac\x20\x3c\0\2\0\0d"sv;
  const auto record = *BiffReader(stream, 0).next();
  BiffCursor cursor(*record, 0);
  CHECK(cursor.unicode_text(5) == "abc€d");
  CHECK(!cursor.is_short());
  CHECK(cursor.number<uint16_t>() == 0);
  CHECK(cursor.is_short());
}

TEST_CASE("texts with runs and pronunciation end where these end") {
  const auto stream = "\xfc\0\x11\0\x0c\1\0\2\0\0\0ab....PPz"sv.substr(0, 20);
  const auto record = *BiffReader("\xfc\0\x10\0\x0c\1\0\2\0\0\0ab....PPz"sv, 0).next();
  BiffCursor cursor(*record, 0);
  CHECK(cursor.unicode_text(2) == "ab");
  CHECK(cursor.take(1) == "z");
  CHECK(!BiffReader(stream, 0).next().ok());
}

TEST_CASE("small numbers are packed in 32 bits") {
  CHECK(decode_rk(0x3ff00000) == 1);
  CHECK(decode_rk(0x3ff00001) == 0.01);
  CHECK(decode_rk(12345u << 2 | 2) == 12345);
  CHECK(decode_rk(12345u << 2 | 3) == 123.45);
  CHECK(decode_rk(static_cast<uint32_t>(-5) << 2 | 2) == -5);
}

TEST_CASE("UTF-16 with and without pairs, and code pages, are UTF-8") {
  CHECK(utf16_to_utf8("a\0\xac\x20\x3d\xd8\x00\xde"sv) == "a€😀");
  CHECK(utf16_to_utf8("\x3d\xd8x\0"sv) == "\xef\xbf\xbdx");
  CHECK(utf16_to_utf8("a"sv) == "");
  CHECK(decode_code_page("caf\xe9", 1252) == "café");
  CHECK(decode_code_page("\xcf\xf0", 1251) == "Пр");
  CHECK(decode_code_page("\x8e", 32768) == "é");
  CHECK(decode_code_page("\xe9", 64999) == "é");
}
