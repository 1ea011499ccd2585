#include "excel/xlsb_records.h"

#include <doctest/doctest.h>

#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::excel;
using namespace std::string_literals;

TEST_CASE("types and sizes take seven bits of each byte, however the bytes arrive") {
  const std::string stream = "\0\4\1\2\3\4"s + "\x9c\1\x81\0x"s + "\x92\1\0"s;
  for (size_t piece = 1; piece < 15; ++piece) {
    XlsbReader reader(std::make_unique<table::testing::PieceSource>(stream, piece), "p", piece);
    auto record = *reader.next();
    CHECK(record->type == xlsb::kRow);
    CHECK(record->number<uint32_t>(0) == 0x04030201);
    CHECK(record->number<uint32_t>(1) == 0);
    record = *reader.next();
    CHECK(record->type == xlsb::kSheet);
    CHECK(record->data == "x");
    CHECK((*reader.next())->type == xlsb::kSheetDataEnd);
    CHECK(!*reader.next());
  }
}

TEST_CASE("texts have a count in front that must fit") {
  XlsbRecord record{0, "\2\0\0\0a\0b\0"};
  const std::string good = "\2\0\0\0a\0b\0"s;
  const std::string bad = "\xff\xff\xff\xff\x61\0"s;
  record.data = good;
  CHECK(record.text(0) == "ab");
  CHECK(record.text(4) == "");
  record.data = bad;
  CHECK(record.text(0) == "");
  CHECK(record.text(100) == "");
}

TEST_CASE("records that are cut short or too long are refused") {
  XlsbReader cut(std::make_unique<StringSource>("\0\4\1"s), "p");
  CHECK(cut.next().error().message == "p: byte 2: the part ends inside a record");
  XlsbReader large(std::make_unique<StringSource>("\0\xff\xff\xff\x7f"s), "p");
  CHECK(large.next().error().message == "p: byte 5: a tag, text or record is longer than 4.0 MiB");
}
