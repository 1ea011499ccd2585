#include "table/dialect_scanner.h"

#include <doctest/doctest.h>

#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::table;
using namespace aml::table::testing;

namespace {

using Rows = std::vector<std::vector<std::string>>;

ReadOptions dialect(std::optional<std::string> separator, std::optional<char> quote = '"',
                    std::optional<char> escape = {}, std::string comment = {}) {
  ReadOptions options;
  options.format = Format::csv;
  options.separator = std::move(separator);
  options.quote = quote;
  options.escape = escape;
  options.comment = std::move(comment);
  return options;
}

// However the input is cut into blocks, the rows are the same.
Rows rows_in_any_blocks(const std::string& text, ReadOptions options) {
  const Rows rows = read_rows(text, options);
  for (const size_t block_bytes : {1U, 2U, 3U, 7U, 4099U}) {
    options.block_bytes = block_bytes;
    CHECK(read_rows(text, options) == rows);
  }
  return rows;
}

}  // namespace

TEST_CASE("a separator can have several bytes, and parts of it are text") {
  CHECK(rows_in_any_blocks("a||b\n1|2||\"x||y\"\n|3||4|\n", dialect("||")) ==
        Rows{{"a", "b"}, {"1|2", "x||y"}, {"|3", "4|"}});
  CHECK(rows_in_any_blocks("a::b\n1::", dialect("::")) == Rows{{"a", "b"}, {"1", "<missing>"}});
  CHECK(rows_in_any_blocks("a::b\n1::2:", dialect("::")) == Rows{{"a", "b"}, {"1", "2:"}});
}

TEST_CASE("another quote, doubled within quotes") {
  CHECK(rows_in_any_blocks("a,b\n'x,y','it''s'\n\"p\",''\n", dialect(",", '\'')) ==
        Rows{{"a", "b"}, {"x,y", "it's"}, {"\"p\"", ""}});
}

TEST_CASE("without a quote every quote is text") {
  CHECK(rows_in_any_blocks("a,b\n\"x,5\" y\n", dialect(",", std::nullopt)) == Rows{{"a", "b"}, {"\"x", "5\" y"}});
}

TEST_CASE("the byte behind an escape stands for itself, within quotes and without") {
  CHECK(rows_in_any_blocks("a,b\n\"say \\\"hi\\\"\",x\\,y\nb\\\\,1\\\n2\n", dialect(",", '"', '\\')) ==
        Rows{{"a", "b"}, {"say \"hi\"", "x,y"}, {"b\\", "1\n2"}});
  CHECK(rows_in_any_blocks("a,b\nx,y\\", dialect(",", '"', '\\')) == Rows{{"a", "b"}, {"x", "y\\"}});
}

TEST_CASE("escapes and lines within fields count for the lines of errors") {
  CHECK(read_error("a,b\n1\\\n2,\"x\ny\"\n3\n", dialect(",", '"', '\\')).message == "t:5: 1 field, but 2 columns");
}

TEST_CASE("comments are no records, in front of the header and later") {
  CHECK(rows_in_any_blocks("# made by hand\r\n\n#\na,b\n#1,2\n3,#4\n  # 5,6\n# the end",
                           dialect(",", '"', std::nullopt, "#")) == Rows{{"a", "b"}, {"3", "#4"}, {"  # 5", "6"}});
  CHECK(rows_in_any_blocks("// x\na\n/1\n//2\n", dialect(",", '"', std::nullopt, "//")) == Rows{{"a"}, {"/1"}});
  CHECK(read_error("#\na,b\n#\n1\n", dialect(",", '"', std::nullopt, "#")).message == "t:4: 1 field, but 2 columns");
}

TEST_CASE("old Mac line ends work in every dialect") {
  CHECK(rows_in_any_blocks("a;b\r#x\r'1;\r2';3\r", dialect(";", '\'', std::nullopt, "#")) ==
        Rows{{"a", "b"}, {"1;\r2", "3"}});
}

TEST_CASE("an open quote is named where it stands, however long the rest is") {
  ReadOptions options = dialect(",", '\'');
  CHECK(read_error("a,b\n1,'open\n2,3\n", options).message == "t:2:3: the quote is not closed");
  options.record_bytes_max = 1000;
  options.block_bytes = 5000;
  const std::string rest(100'000, 'x');
  CHECK(read_error("a,b\n1,'open" + rest, options).message == "t:2:3: the quote is not closed within 1000 B");
  CHECK(read_error("a,b\n1," + rest, options).message == "t:2: the record is longer than 1000 B");
}

TEST_CASE("text behind a closing quote belongs to the field") {
  CHECK(rows_in_any_blocks("a,b\n'x'y'z,1\n", dialect(",", '\'')) == Rows{{"a", "b"}, {"xy'z", "1"}});
}

TEST_CASE("a plain dialect reads as the fast scanner does") {
  // A comment that never occurs leaves nothing else different.
  const ReadOptions slow = dialect(",", '"', std::nullopt, "\x01 never");
  for (const char* text : {"a,b\r\n\"1\",\"x\"\"y\"\r\n", "a,b\n\"x\"y,\"\"\n", "a\n\n1\n", "a,b\n1,2", "a,b\n1,2\r",
                           "a,b\n\"1\n2\",\r3\n"})
    CHECK(rows_in_any_blocks(text, slow) == read_rows(text, dialect(",")));
}

TEST_CASE("dialects that contradict themselves are usage errors") {
  CHECK(read_error("a\n", dialect("")).kind == ErrorKind::usage);
  CHECK(read_error("a\n", dialect("a\nb")).kind == ErrorKind::usage);
  CHECK(read_error("a\n", dialect("\"x")).message == "the separator cannot start with the quote or the escape");
  CHECK(read_error("a\n", dialect(",", '\'', '\'')).message == "quote and escape cannot be the same");
  CHECK(read_error("a\n", dialect(",", '\n')).kind == ErrorKind::usage);
}
