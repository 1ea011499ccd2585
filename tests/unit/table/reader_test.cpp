#include "table/reader.h"

#include <doctest/doctest.h>

#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::table;
using testing::read_error;
using testing::read_rows;
using Rows = std::vector<std::vector<std::string>>;

TEST_CASE("CSV: fields, quoted separators, doubled quotes and quoted newlines arrive as they were meant") {
  CHECK(read_rows("a,b\n1,\"x,y\"\n2,\"say \"\"hi\"\"\"\n3,\"two\nlines\"\n") ==
        Rows{{"a", "b"}, {"1", "x,y"}, {"2", "say \"hi\""}, {"3", "two\nlines"}});
}

TEST_CASE("CSV: LF, CRLF and a mixture end lines; the last line end may be missing") {
  const Rows expected = {{"a", "b"}, {"1", "2"}, {"3", "4"}};
  CHECK(read_rows("a,b\n1,2\n3,4\n") == expected);
  CHECK(read_rows("a,b\r\n1,2\r\n3,4\r\n") == expected);
  CHECK(read_rows("a,b\r\n1,2\n3,\"4\"\r\n") == expected);
  CHECK(read_rows("a,b\n1,2\n3,4") == expected);
  CHECK(read_rows("a,b\r\n1,2\r\n3,4\r") == expected);
  CHECK(read_rows("a,b\n1,2\n3,\"4\"") == expected);
}

TEST_CASE("CSV: a lone CR ends lines only if it ended the first one") {
  CHECK(read_rows("a,b\r1,2\r3,\"4\"\r") == Rows{{"a", "b"}, {"1", "2"}, {"3", "4"}});
  CHECK(read_rows("a,b\r1,2\n3,4\r\n5,6") == Rows{{"a", "b"}, {"1", "2"}, {"3", "4"}, {"5", "6"}});
  CHECK(read_rows("a,b\n1,x\ry\n") == Rows{{"a", "b"}, {"1", "x\ry"}});
}

TEST_CASE("CSV: a quote inside an unquoted field is itself, text behind a closing quote belongs to the field") {
  CHECK(read_rows("a,b\n5\" nail,x\"y\"z\n") == Rows{{"a", "b"}, {"5\" nail", "x\"y\"z"}});
  CHECK(read_rows("a,b\n\"ab\"cd,\"ab\" \n") == Rows{{"a", "b"}, {"abcd", "ab "}});
  CHECK(read_rows("a,b\n\"a\"\"b\"c\"d,2\n") == Rows{{"a", "b"}, {"a\"bc\"d", "2"}});
  CHECK(read_rows("a,b\n \"x\",2\n") == Rows{{"a", "b"}, {" \"x\"", "2"}});
}

TEST_CASE("CSV: an empty field is missing, an empty quoted one is an empty text") {
  CHECK(read_rows("a,b,c\n,\"\",\"\"\"\"\n") == Rows{{"a", "b", "c"}, {"<missing>", "", "\""}});
}

TEST_CASE("CSV: words for missing count only without quotes") {
  ReadOptions options;
  options.missing = {"NA", "-"};
  CHECK(read_rows("a,b,c\nNA,\"NA\",-\nNAN,-1,x\n", options) ==
        Rows{{"a", "b", "c"}, {"<missing>", "NA", "<missing>"}, {"NAN", "-1", "x"}});
}

TEST_CASE("CSV: a byte order mark and Excel's sep= line are not data") {
  CHECK(read_rows("\xef\xbb\xbf"
                  "a,b\n1,2\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(read_rows("\xef\xbb\xbf\"a\",b\n1,2\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(read_rows("sep=;\r\na;b\r\n1,5;2\r\n") == Rows{{"a", "b"}, {"1,5", "2"}});
  CHECK(read_rows("\xef\xbb\xbfsep=|\na|b\n1|2\n") == Rows{{"a", "b"}, {"1", "2"}});
}

TEST_CASE("CSV: a first line without a comma says what separates") {
  CHECK(read_rows("a;b\n1,5;2\n") == Rows{{"a", "b"}, {"1,5", "2"}});
  CHECK(read_rows("a|b|\"c;d;e\"\n1|2|3\n") == Rows{{"a", "b", "c;d;e"}, {"1", "2", "3"}});
  CHECK(read_rows("a,b;c\n1,2\n") == Rows{{"a", "b;c"}, {"1", "2"}});
  ReadOptions options;
  options.separator = ",";
  CHECK(read_rows("a;b\n1;2\n", options) == Rows{{"a;b"}, {"1;2"}});
}

TEST_CASE("CSV: what stands in quotes separates nothing, behind doubled quotes neither") {
  CHECK(read_rows("\"a\"\"b|c|d\",x\n1,2\n") == Rows{{"a\"b|c|d", "x"}, {"1", "2"}});
  CHECK(read_rows("\"a\"\"\nb\";\"\"\",\"\n1;2\n") == Rows{{"a\"\nb", "\","}, {"1", "2"}});
}

TEST_CASE("CSV: empty lines are no records, but missing values where there is one column") {
  CHECK(read_rows("\n\na,b\n\n1,2\n\r\n3,4\n\n") == Rows{{"a", "b"}, {"1", "2"}, {"3", "4"}});
  CHECK(read_rows("a\n1\n\n2\n") == Rows{{"a"}, {"1"}, {"<missing>"}, {"2"}});
}

TEST_CASE("CSV: bytes that are not UTF-8, NUL bytes and long cells pass unchanged") {
  const std::string odd("\xff\xfe\0x", 4), cell(1 << 20, 'q');
  CHECK(read_rows("a,b\n" + odd + "," + cell + "\n\"" + cell + "\",1\n") == Rows{{"a", "b"}, {odd, cell}, {cell, "1"}});
}

TEST_CASE("column names are made unique by one rule") {
  CHECK(read_rows("x,,x,x_2,\n1,2,3,4,5\n")[0] == std::vector<std::string>{"x", "column2", "x_3", "x_2", "column5"});
}

TEST_CASE("without a header columns are numbered and the first record is data") {
  ReadOptions options;
  options.has_header = false;
  CHECK(read_rows("1,2\n3,4\n", options) == Rows{{"column1", "column2"}, {"1", "2"}, {"3", "4"}});
}

TEST_CASE("a header alone is a table without rows") {
  CHECK(read_rows("a,b\n") == Rows{{"a", "b"}});
  CHECK(read_rows("a,b") == Rows{{"a", "b"}});
}

TEST_CASE("an empty input is refused") {
  for (const char* text : {"", "\n\n", "\xef\xbb\xbf", "\xef\xbb\xbf\r\n"}) {
    const Error error = read_error(text);
    CHECK(error.kind == ErrorKind::bad_data);
    CHECK(error.message == "'t' is empty");
    CHECK(error.hint == "a table starts with a line of column names");
  }
}

TEST_CASE("a quote that is never closed is reported where it opened") {
  const Error error = read_error("a,b\n1,\"two\nlines\"\n3,\"open\nmore\nlines\n");
  CHECK(error.kind == ErrorKind::bad_data);
  CHECK(error.message == "t:4:3: the quote is not closed");
  CHECK(read_error("a,b\n\"x\ny\",\"open").message == "t:3:4: the quote is not closed");
}

TEST_CASE("ragged records are refused with their line, or padded when asked for") {
  CHECK(read_error("a,b,c\n\"1\n\n\",2,3\n4,5\n").message == "t:5: 2 fields, but 3 columns");
  CHECK(read_error("a,b\n1,2\n3,4,5\n").message == "t:3: 3 fields, but 2 columns");
  ReadOptions options;
  options.ragged = Ragged::pad;
  CHECK(read_rows("a,b,c\n1\n2,3\n", options) ==
        Rows{{"a", "b", "c"}, {"1", "<missing>", "<missing>"}, {"2", "3", "<missing>"}});
  CHECK(read_error("a,b\n3,4,5\n", options).message == "t:2: 3 fields, but 2 columns");
}

TEST_CASE("records that are too long are cut, records of any size fit, when asked for") {
  ReadOptions options;
  options.ragged = Ragged::truncate;
  CHECK(read_rows("a,b\n1,2,3,4\n5,6\n", options) == Rows{{"a", "b"}, {"1", "2"}, {"5", "6"}});
  CHECK(read_error("a,b\n1\n", options).message == "t:2: 1 field, but 2 columns");
  CHECK(read_error("a,b\n1\n", options).hint == "'--ragged fit' takes short and long records");
  options.ragged = Ragged::fit;
  CHECK(read_rows("a,b\n1,2,3,4\n5\n", options) == Rows{{"a", "b"}, {"1", "2"}, {"5", "<missing>"}});
}

TEST_CASE("records of a wrong size are left out and reported with place and raw text") {
  const std::string text = "a,b\n1\n\"2\",\"x\"\n3,\"y\ny\",\"z\"\r\n4,5\n6";
  for (const size_t block_bytes : {1U, 5U, 4096U})
    for (const Format format : {Format::csv, Format::tsv}) {
      ReadOptions options;
      options.ragged = Ragged::reject;
      options.block_bytes = block_bytes;
      std::vector<std::string> rejected;
      options.on_rejected = [&](const RejectedRecord& record) {
        rejected.push_back(std::string(record.source) + ":" + std::to_string(record.line) + "@" +
                           std::to_string(record.offset) + " " + record.reason + " <" + std::string(record.text) + ">");
      };
      options.format = format;
      if (format == Format::tsv) {
        CHECK(read_rows("a\tb\n1\n2\t\n", options) == Rows{{"a", "b"}, {"2", "<missing>"}});
        CHECK(rejected == std::vector<std::string>{"t:2@4 1 field, but 2 columns <1>"});
        continue;
      }
      CHECK(read_rows(text, options) == Rows{{"a", "b"}, {"2", "x"}, {"4", "5"}});
      CHECK(rejected == std::vector<std::string>{"t:2@4 1 field, but 2 columns <1>",
                                                 "t:4@14 3 fields, but 2 columns <3,\"y\ny\",\"z\">",
                                                 "t:7@31 1 field, but 2 columns <6>"});
    }
}

TEST_CASE("lines before the header are skipped, whatever is in them") {
  ReadOptions options;
  options.skip_lines = 2;
  const std::string text = "A \"report\n\xff;;\na;b\n1;2\n3\n";
  for (const size_t block_bytes : {1U, 4096U}) {
    options.block_bytes = block_bytes;
    options.ragged = Ragged::refuse;
    CHECK(read_error(text, options).message == "t:5: 1 field, but 2 columns");
    options.ragged = Ragged::pad;
    CHECK(read_rows(text, options) == Rows{{"a", "b"}, {"1", "2"}, {"3", "<missing>"}});
  }
  options.format = Format::tsv;
  CHECK(read_error("x\ny\na\tb\n1\n", {.format = Format::tsv, .skip_lines = 2}).message ==
        "t:4: 1 field, but 2 columns");
  CHECK(read_error("only\n", options).message == "'t' is empty");
}

TEST_CASE("CSV: the lines that follow decide between separators of the first") {
  CHECK(read_rows("id;name, first\n1;x\n2;y, z\n") == Rows{{"id", "name, first"}, {"1", "x"}, {"2", "y, z"}});
  CHECK(read_rows("a,b|c\n1,2|x\n3,4|y\n")[0] == std::vector<std::string>{"a", "b|c"});
  CHECK(read_rows("last, first;age;city\nDoe, John;5;X\nRoe, Jane;6;Y\n")[0] ==
        std::vector<std::string>{"last, first", "age", "city"});
  // Behind any separator a quote hides what is in it.
  CHECK(read_rows("x,\"a|b\"\n1|2,3\n")[0] == std::vector<std::string>{"x", "a|b"});
  // What is beyond the sample decides nothing.
  const std::string far = "a,b;c\n1,2;3\n" + std::string(5000, 'x') + ",y;z\n1;2,3\n";
  CHECK(read_rows(far)[0] == std::vector<std::string>{"a", "b;c"});
}

TEST_CASE("a record beyond the limit is refused with its line") {
  ReadOptions options;
  options.record_bytes_max = 100;
  CHECK(read_error("a,b\n1,2\n3," + std::string(200, 'x') + "\n", options).message ==
        "t:3: the record is longer than 100 B");
  CHECK(read_error("a,b\n1,2\n3,\"" + std::string(200, 'x'), options).message.starts_with("t:3:3: the quote is not"));
  CHECK(read_error(std::string(200, 'x'), options).message == "t:1: the record is longer than 100 B");
}

TEST_CASE("files that are no text are named for what they are") {
  CHECK(read_error("PK\x03\x04....").message == "'t' is a ZIP archive or an Excel workbook, not a text table");
  CHECK(read_error("\x1f\x8b\x08").message == "'t' is compressed with gzip, not a text table");
  CHECK(read_error(std::string("\xff\xfe"
                               "a\0",
                               4))
            .message == "'t' is UTF-16, not a text table");
}

TEST_CASE("TSV: escapes are undone, everything else is itself") {
  ReadOptions options;
  options.format = Format::tsv;
  CHECK(read_rows("a\tb\r\n1\\t2\t\"x\"\n\\n\\r\\\\\t\\x\\\n\t3\n", options) ==
        Rows{{"a", "b"}, {"1\t2", "\"x\""}, {"\n\r\\", "\\x\\"}, {"<missing>", "3"}});
}

TEST_CASE("JSON Lines: values keep their text, null and absent keys are missing") {
  ReadOptions options;
  options.format = Format::jsonl;
  CHECK(read_rows("{\"a\":1.50,\"b\":\"x\"}\n\n{\"b\":null,\"c\":true}\r\n{\"a\":{\"k\":[1, 2]},\"c\":\"\\u00e9\\n\"}",
                  options) == Rows{{"a", "b", "c"},
                                   {"1.50", "x", "<missing>"},
                                   {"<missing>", "<missing>", "true"},
                                   {"{\"k\":[1, 2]}", "<missing>", "\xc3\xa9\n"}});
}

TEST_CASE("JSON Lines: what is wrong is said with its line") {
  ReadOptions options;
  options.format = Format::jsonl;
  options.batch_rows = 2;
  CHECK(read_error("{\"a\":1}\n[1]\n", options).message == "t:2: not a JSON object");
  CHECK(read_error("{\"a\":1}\n{\"a\":01}\n", options).message.starts_with("t:2:"));
  CHECK(read_error("{\"a\":1,\"a\":2}\n", options).message == "t:1: key 'a' stands twice");
  CHECK(read_error("{\"a\":1}\n{\"a\":1}\n{\"b\":1}\n", options).message ==
        "t:3: key 'b' did not occur in the first 2 rows");
  CHECK(read_error("", options).message == "'t' is empty");
  CHECK(read_error("{}\n", options).message == "'t' has no columns: its objects are empty");
}

TEST_CASE("the format is told by the name, then by the first bytes") {
  CHECK(format_of_name("x/Data.CSV") == Format::csv);
  CHECK(format_of_name("a.ndjson") == Format::jsonl);
  CHECK(format_of_name("a.txt") == Format::detect);
  CHECK(read_rows("\n{\"a\":1}\n") == Rows{{"a"}, {"1"}});
  CHECK(read_rows("a\tb\n1\t\"2\"\n") == Rows{{"a", "b"}, {"1", "\"2\""}});
}
