#include "cli/table_text.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::cli;

namespace {

text::Fields record(std::string id) { return {"run", std::move(id), {}}; }

}  // namespace

TEST_CASE("columns are aligned, numbers to the right") {
  auto first = record("a");
  first.add("id", "a").add("row_count", 5).add("note", "x");
  auto second = record("bb");
  second.add("id", "bb").add("row_count", 12345678901).add("note", "日本");
  CHECK(table_text({first, second}, {}) ==
        "ID    ROW COUNT  NOTE\n"
        "a             5  x\n"
        "bb  12345678901  日本\n");
}

TEST_CASE("records may lack keys that others have") {
  auto first = record("a");
  first.add("id", "a");
  auto second = record("b");
  second.add("id", "b").add("score", 0.5);
  CHECK(table_text({first, second}, {}) == "ID  SCORE\na\nb     0.5\n");
  CHECK(tsv_text({first, second}) == "id\tscore\na\t\nb\t0.5\n");
}

TEST_CASE("a column of nothing but nulls is text") {
  auto line = record("a");
  line.add("id", "a").add("problem", nullptr, "-");
  CHECK(table_text({line}, {}) == "ID  PROBLEM\na   -\n");
}

TEST_CASE("a long value is cut where columns stand behind it, and whole in the last one") {
  auto line = record("a");
  line.add("first", std::string(70, 'x')).add("last", std::string(70, 'y'));
  CHECK(table_text({line}, {}) ==
        "FIRST" + std::string(57, ' ') + "LAST\n" + std::string(59, 'x') + "…  " + std::string(70, 'y') + "\n");
}

TEST_CASE("a table of nothing is nothing") {
  CHECK(table_text({}, {}).empty());
  CHECK(tsv_text({}).empty());
}

TEST_CASE("lines are cut to the terminal and control characters are shown as '?'") {
  auto line = record("a");
  line.add("id", "a").add("note", "12345\x1b[31m7890");
  CHECK(table_text({line}, {10, false}) == "ID  NOTE\na   12345…\n");
  CHECK(table_text({line}, {0, true}) == "\x1b[1mID  NOTE\x1b[0m\na   12345?[31m7890\n");
}

TEST_CASE("people see the display text, programs the value") {
  auto size = record("a");
  size.add("bytes", 1536, "1.5 KiB").add("tags", text::Json::array().push("x\ty"));
  CHECK(block_text(size) == "bytes  1.5 KiB\ntags   [\"x\\ty\"]\n");
  CHECK(tsv_text({size}) == "bytes\ttags\n1536\t[\"x\\\\ty\"]\n");
}

TEST_CASE("lines of one value stand below each other in a block") {
  auto text = record("a");
  text.add("command", "one\ntwo").add("empty", nullptr);
  CHECK(block_text(text) == "command  one\n         two\nempty\n");
}
