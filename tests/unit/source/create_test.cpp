#include "source/create.h"

#include "source/open.h"
#include "unit/source/source_testing.h"

using namespace aml;
using namespace aml::source;
using namespace aml::source::testing;

namespace {

std::string created(std::string_view name, const CreateOptions& options = {}) {
  const auto table = table::testing::read_table("a,b\n1,x\n");
  StringSink sink;
  const auto writer = create_table(sink, name, table->schema, options);
  REQUIRE(writer.ok());
  REQUIRE((*writer)->write(table->batches[0]).ok());
  REQUIRE((*writer)->finish().ok());
  return sink.text();
}

}  // namespace

TEST_CASE("the ending of a name decides the format, unless it is given") {
  CHECK(created("") == "a,b\n1,x\n");
  CHECK(created("t.txt") == "a,b\n1,x\n");
  CHECK(created("T.TSV") == "a\tb\n1\tx\n");
  CHECK(created("t.jsonl") == "{\"a\":1,\"b\":\"x\"}\n");
  CHECK(created("t.md") == "| a | b |\n| --- | --- |\n| 1 | x |\n");
  CHECK(created("t.md", {.format = table::Format::csv}) == "a,b\n1,x\n");
}

TEST_CASE("what is packed by its name is read back") {
  Files files;
  for (const char* name : {"t.tsv.gz", "t.jsonl.zst"}) {
    const std::string bytes = created(name);
    CHECK(archive::detect_compression(bytes) != archive::Compression::none);
    CHECK(rows_of(open_table(files.add(name, bytes), {}, {})) == Rows{{"a", "b"}, {"1", "x"}});
  }
}
