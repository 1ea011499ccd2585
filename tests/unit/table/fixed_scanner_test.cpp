#include "table/fixed_scanner.h"

#include <doctest/doctest.h>

#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::table;
using namespace aml::table::testing;
using Rows = std::vector<std::vector<std::string>>;

TEST_CASE("fields stand at the places given, without the spaces around them") {
  ReadOptions options{.format = Format::fixed, .fixed_columns = {{0, 6}, {6, 9}, {10, 12}}, .has_header = false};
  for (const size_t block_bytes : {1U, 5U, 4096U}) {
    options.block_bytes = block_bytes;
    CHECK(read_rows("Äpfel 12 xab\r\n\nBirnen  7\n  a b\t345\n      123-yz more", options) ==
          Rows{{"column1", "column2", "column3"},
               {"Äpfel", "12", "ab"},
               {"Birnen", "7", "<missing>"},
               {"a b", "345", "<missing>"},
               {"<missing>", "123", "yz"}});
  }
}

TEST_CASE("columns are found between the places that are blank in every line") {
  CHECK(
      read_rows("name        age city\nAnn Smith    42 Rome\nB             7 New York\n", {.format = Format::fixed}) ==
      Rows{{"name", "age", "city"}, {"Ann Smith", "42", "Rome"}, {"B", "7", "New York"}});
  CHECK(detect_fixed_columns("ab  c\n a  d\n", true) == std::vector<FixedColumn>{{0, 4}, {4, SIZE_MAX}});
  CHECK(detect_fixed_columns("ab  c\na  xx", false) == std::vector<FixedColumn>{{0, 4}, {4, SIZE_MAX}});
  CHECK(detect_fixed_columns("\n  \n", true).empty());
  CHECK(read_error("   \n  ", {.format = Format::fixed}).message == "'t' has no columns that could be found");
}

TEST_CASE("bytes that are no UTF-8 count as one character each") {
  const ReadOptions options{.format = Format::fixed, .fixed_columns = {{0, 2}, {2, 3}}, .has_header = false};
  CHECK(read_rows("\xf8\xf9"
                  "a\n",
                  options)[1] == std::vector<std::string>{"\xf8\xf9", "a"});
}
