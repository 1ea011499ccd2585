#include "table/json_records.h"

#include <doctest/doctest.h>

#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::table;
using namespace aml::table::testing;
using Rows = std::vector<std::vector<std::string>>;

namespace {

ReadOptions document(std::vector<std::string> path = {}, bool flattens = false) {
  return {.format = Format::json, .records_path = std::move(path), .flattens = flattens};
}

Rows rows_in_any_blocks(const std::string& text, ReadOptions options) {
  const Rows rows = read_rows(text, options);
  for (const size_t block_bytes : {1U, 7U, 100U}) {
    options.block_bytes = block_bytes;
    CHECK(read_rows(text, options) == rows);
  }
  return rows;
}

}  // namespace

TEST_CASE("an array of objects, objects in a row, and one object") {
  const Rows expected = {{"a", "b"}, {"1", "x]}"}, {"2", "<missing>"}};
  CHECK(rows_in_any_blocks("[{\"a\":1,\"b\":\"x]}\"},\n {\"a\":2}\n]\n", document()) == expected);
  CHECK(rows_in_any_blocks("{\"a\":1,\n \"b\":\"x]}\"}\n{\"a\":2}", document()) == expected);
  CHECK(rows_in_any_blocks("\xef\xbb\xbf [ {\"a\" : 1 } ] ", document()) == Rows{{"a"}, {"1"}});
  CHECK(rows_in_any_blocks("{\"a\": [1, {\"b\": \"\\\"\"}]}", document()) == Rows{{"a"}, {"[1, {\"b\": \"\\\"\"}]"}});
}

TEST_CASE("records deep inside are found by a path, and the rest is passed over") {
  const std::string text =
      "{\"meta\": {\"rows\": [1, \"]\"], \"n\": 2.5, \"t\":true}, \"x\": \"\\\"{\", \"result\": {\"rows\": [{\"a\": "
      "1},\n{\"a\": 2}], "
      "\"more\": []}}";
  CHECK(rows_in_any_blocks(text, document({"result", "rows"})) == Rows{{"a"}, {"1"}, {"2"}});
  CHECK(rows_in_any_blocks("{\"a\": {\"b\": 1}}", document({"a"})) == Rows{{"b"}, {"1"}});
  CHECK(read_error(text, document({"result", "lines"})).message == "t:2: there is no member 'lines'");
  CHECK(read_error("[1]", document({"a"})).message == "t:1: not the JSON it starts as: '{' is missing");
}

TEST_CASE("members of nested objects become columns when asked for") {
  const std::string text = "{\"a\":{\"b\":1,\"c\":{\"d\":\"x\"}},\"e\":[{\"f\":2}],\"g\":{}}\n{\"a\":{\"b\":3}}\n";
  CHECK(rows_in_any_blocks(text, document({}, true)) == Rows{{"a.b", "a.c.d", "e", "g"},
                                                             {"1", "x", "[{\"f\":2}]", "{}"},
                                                             {"3", "<missing>", "<missing>", "<missing>"}});
  CHECK(read_rows(text, document())[1][0] == "{\"b\":1,\"c\":{\"d\":\"x\"}}");
  CHECK(read_error("{\"a\":{\"b\":1},\"a.b\":2}", document({}, true)).message == "t:1: key 'a.b' stands twice");
}

TEST_CASE("what is broken is named with its line") {
  CHECK(read_error("[{\"a\":1}\n,\n2]", document()).message == "t:3: not a JSON object");
  CHECK(read_error("[{\"a\":1}\n{\"a\":2}]", document()).message ==
        "t:2: not the JSON it starts as: ',' or ']' between records is missing");
  CHECK(read_error("[{\"a\":1},\n{\"a\":", document()).message ==
        "t:2: not the JSON it starts as: the end of the value that starts here is missing");
  CHECK(read_error("[\n{\"a\":1,}]", document()).message.starts_with("t:2:"));
  CHECK(read_error("[]", document()).message == "'t' is empty");
  CHECK(read_error("", document()).message == "'t' is empty");
  CHECK(read_error("[{\"a\":1},", document()).kind == ErrorKind::bad_data);
}

TEST_CASE("a record beyond the limit is refused, whatever is inside or around it") {
  ReadOptions options = document();
  options.record_bytes_max = 100;
  options.block_bytes = 64;
  CHECK(read_error("[{\"a\":\"" + std::string(300, 'x') + "\"}]", options).message ==
        "t:1: the record is longer than 100 B");
  options.records_path = {"r"};
  CHECK(read_rows("{\"big\":[\"" + std::string(300'000, 'x') + "\"],\"r\":[{\"a\":1}]}", options) ==
        Rows{{"a"}, {"1"}});
}

TEST_CASE("the kind of JSON is told by how it starts") {
  CHECK(read_rows("{\n \"a\": 1\n}\n") == Rows{{"a"}, {"1"}});
  CHECK(read_rows("[\n {\"a\": 1}]\n") == Rows{{"a"}, {"1"}});
  CHECK(read_rows("{\"a\": 1}\n{\"a\": 2}\n") == Rows{{"a"}, {"1"}, {"2"}});
  CHECK(read_rows("[a],b\n1,2\n") == Rows{{"[a]", "b"}, {"1", "2"}});
}
