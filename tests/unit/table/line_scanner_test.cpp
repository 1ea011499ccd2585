#include "table/line_scanner.h"

#include <doctest/doctest.h>

#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::table;
using namespace aml::table::testing;

TEST_CASE("every line is a cell, blank ones and quotes included") {
  ReadOptions options{.format = Format::lines, .has_header = false};
  for (const size_t block_bytes : {1U, 3U, 4096U}) {
    options.block_bytes = block_bytes;
    CHECK(read_rows("a,\"b\r\n\n\t x \nlast", options) ==
          std::vector<std::vector<std::string>>{{"column1"}, {"a,\"b"}, {""}, {"\t x "}, {"last"}});
  }
}

TEST_CASE("a line beyond the limit is refused") {
  CHECK(read_error("a\n" + std::string(100, 'x'), {.format = Format::lines, .record_bytes_max = 50}).message ==
        "t:2: the record is longer than 50 B");
}
