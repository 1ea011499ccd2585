#include "excel/cell_range.h"

#include <doctest/doctest.h>

using namespace aml::excel;

TEST_CASE("places are letters and a number, with or without dollars") {
  CHECK(parse_cell_place("A1")->column == 0);
  CHECK(parse_cell_place("a1")->row == 0);
  CHECK(parse_cell_place("$AB$12")->column == 27);
  CHECK(parse_cell_place("$AB$12")->row == 11);
  CHECK(parse_cell_place("XFD1048576")->column == kColumnsMax - 1);
}

TEST_CASE("places beyond the sheet, and what is no place, are refused") {
  for (const char* text : {"", "A", "1", "A0", "XFE1", "A1048577", "A1x", "ZZZZZZZZ1", "A-1", " A1"})
    CHECK_MESSAGE(!parse_cell_place(text), text);
}

TEST_CASE("ranges may be whole columns, or start at a cell") {
  const auto range = parse_cell_range("C9:A2");
  CHECK(range->first.row == 1);
  CHECK(range->first.column == 0);
  CHECK(range->last.row == 8);
  CHECK(range->last.column == 2);
  CHECK(parse_cell_range("B:D")->last.row == kRowsMax - 1);
  CHECK(parse_cell_range("B3")->first.row == 2);
  CHECK(parse_cell_range("B3")->last.column == kColumnsMax - 1);
  for (const char* text : {"", ":", "A1:", ":B2", "A1:B2:C3", "1:2"}) CHECK_MESSAGE(!parse_cell_range(text), text);
}

TEST_CASE("columns have letters") {
  CHECK(column_letters(0) == "A");
  CHECK(column_letters(25) == "Z");
  CHECK(column_letters(26) == "AA");
  CHECK(column_letters(701) == "ZZ");
  CHECK(column_letters(702) == "AAA");
  CHECK(column_letters(kColumnsMax - 1) == "XFD");
}
