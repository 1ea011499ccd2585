#include "table/aligned_writer.h"

#include <doctest/doctest.h>

#include "table/cast.h"
#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::table;

namespace {

std::string written(std::string csv, Format format, std::string missing_text = {}) {
  const auto table = testing::read_table(std::move(csv));
  REQUIRE(table.ok());
  StringSink sink;
  WriteOptions options;
  options.format = format;
  options.missing_text = std::move(missing_text);
  const auto writer = open_writer(sink, table->schema, options);
  REQUIRE(writer.ok());
  for (const Batch& batch : table->batches) REQUIRE((*writer)->write(batch).ok());
  REQUIRE((*writer)->finish().ok());
  return sink.text();
}

}  // namespace

TEST_CASE("Markdown escapes what would end a cell") {
  CHECK(written("a|b,c\n\"x\ny\",\\\n,2\n", Format::markdown, "-") ==
        "| a\\|b | c |\n| --- | --- |\n| x<br>y | \\\\ |\n| - | 2 |\n");
}

TEST_CASE("Markdown puts typed numbers at the right") {
  const auto table = testing::read_table("a,b\n1,x\n");
  const Table typed = infer_types(*table);
  StringSink sink;
  const auto writer = make_markdown_writer(sink, typed.schema, {});
  REQUIRE(writer->write(typed.batches[0]).ok());
  REQUIRE(writer->finish().ok());
  CHECK(sink.text() == "| a | b |\n| ---: | --- |\n| 1 | x |\n");
}

TEST_CASE("text stands in columns, numbers at their right") {
  CHECK(written("name,n,t\nÄpfel,1,x\nB,-20.5,\n漢字,,y z\n", Format::text) ==
        "name       n  t\n"
        "Äpfel      1  x\n"
        "B      -20.5\n"
        "漢字          y z\n");
}

TEST_CASE("in text every row is one line and nothing drives the terminal") {
  CHECK(written("a,b\n\"x\ny\",\"\x1b[2J\t\"\n", Format::text) == "a     b\nx\\ny  \\x1b[2J\\t\n");
}

TEST_CASE("cells beyond the rows that are measured push their line") {
  std::string csv = "a,b\n";
  for (size_t i = 0; i < kMeasuredRows; ++i) csv += "xx,y\n";
  const std::string text = written(csv + "longer,z\n", Format::text);
  CHECK(text.starts_with("a   b\nxx  y\n"));
  CHECK(text.ends_with("xx  y\nlonger  z\n"));
}

TEST_CASE("a table without rows still has its header") {
  CHECK(written("a,b\n", Format::text) == "a  b\n");
  CHECK(written("a,b\n", Format::markdown) == "| a | b |\n| --- | --- |\n");
}
