#include "prep/pipeline.h"

#include <doctest/doctest.h>

#include "prep/stream.h"
#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;

namespace {

struct Streamed {
  std::string output;
  std::string error;
  StreamCounts counts = {};
};

Streamed stream_on(unsigned threads, const std::string& steps, const std::string& csv, ErrorPolicy policy,
                   size_t batch_rows) {
  auto package = parse_package("version: 1\nsteps:\n" + steps, "p.yaml");
  REQUIRE(package.ok());
  table::ReadOptions options;
  options.format = table::Format::csv;
  options.batch_rows = batch_rows;
  auto reader = table::open_reader(std::make_unique<StringSource>(csv), "t.csv", options, nullptr);
  REQUIRE(reader.ok());
  auto pipeline = Pipeline::create(std::move(*package), (*reader)->schema(), policy);
  if (!pipeline.ok()) return {{}, pipeline.error().message};
  StringSink sink;
  auto writer = table::open_writer(sink, pipeline->schema(), {});
  REQUIRE(writer.ok());
  const auto counts = run_pipeline(**reader, *pipeline, **writer, threads, {});
  if (!counts.ok()) return {sink.text(), counts.error().message};
  return {sink.text(), {}, *counts};
}

// The same on one thread and on two.
Streamed stream(const std::string& steps, const std::string& csv, ErrorPolicy policy = ErrorPolicy::keep,
                size_t batch_rows = 3) {
  Streamed alone = stream_on(1, steps, csv, policy, batch_rows);
  const Streamed together = stream_on(2, steps, csv, policy, batch_rows);
  CHECK(together.error == alone.error);
  CHECK(together.output == alone.output);
  CHECK(together.counts.rows_written == alone.counts.rows_written);
  return alone;
}

constexpr const char* kTable = "a,b\n1,x\n2,y\noops,z\n4,\n5,w\n";

}  // namespace

TEST_CASE("batches of any size give the same bytes") {
  const std::string steps = "- cast: {a: integer}\n- filter: b != 'y'\n- derive: {c: a * 2}";
  const Streamed once = stream(steps, kTable, ErrorPolicy::keep, 4096);
  CHECK(once.output == "a,b,c\n1,x,2\noops,z,oops\n5,w,10\n");
  CHECK(once.counts.rows_read == 5);
  CHECK(once.counts.rows_written == 3);
  for (const size_t rows : {1U, 2U, 3U}) CHECK(stream(steps, kTable, ErrorPolicy::keep, rows).output == once.output);
}

TEST_CASE("cells that are errors are kept, left out, or stop the work") {
  const std::string steps = "- cast: {a: integer}";
  CHECK(stream(steps, kTable).output == "a,b\n1,x\n2,y\noops,z\n4,\n5,w\n");
  CHECK(stream(steps, kTable, ErrorPolicy::missing).output == "a,b\n1,x\n2,y\n,z\n4,\n5,w\n");
  CHECK(stream(steps, kTable, ErrorPolicy::fail).error == "t.csv:4: column 'a': 'oops': not an integer");
}

TEST_CASE("an error without text is written as missing beside errors that have one") {
  const std::string steps = "- cast: {a: integer}\n- derive: {c: 1 / a}";
  for (const size_t rows : {1U, 2U})
    CHECK(stream(steps, "a\n0\nx\n", ErrorPolicy::keep, rows).output == "a,c\n0,\nx,x\n");
}

TEST_CASE("a table without rows keeps its header, changed by the steps") {
  CHECK(stream("- rename: {a: x}\n- derive: {n: 1 + 1}", "a,b\n").output == "x,b,n\n");
}

TEST_CASE("values that no step touches are written as they were read") {
  CHECK(stream("- cast: {a: number}", "a,b\n1.50,\"q\"\"\"\n007,2\n").output == "a,b\n1.50,\"q\"\"\"\n007,2\n");
}

TEST_CASE("the plan names the columns after each step") {
  auto package = parse_package("version: 1\nsteps:\n- cast: {a: integer}\n- keep: [a]\n", "p.yaml");
  const auto pipeline = Pipeline::create(std::move(*package),
                                         make_batch({{"a", ColumnType::text, {}}, {"b", ColumnType::text, {}}}).schema,
                                         ErrorPolicy::keep);
  CHECK(pipeline->describe_plan("t.csv") == std::vector<std::string>{"read\tt.csv\ta text, b text",
                                                                     "cast\tp.yaml:3:3\ta integer, b text",
                                                                     "keep\tp.yaml:4:3\ta integer"});
}

TEST_CASE("the words for what to do with errors are known") {
  for (const std::string& name : error_policy_names()) CHECK(parse_error_policy(name).has_value());
  CHECK(!parse_error_policy("ignore").has_value());
}

TEST_CASE("on two threads an input that breaks off ends as on one, and steps that hold rows back let nothing go") {
  const std::string broken = "a,b\n2,x\n1,y\n3,z,?\n";
  CHECK(stream("- sort: [a]", broken, ErrorPolicy::keep, 1).error == "t.csv:4: 3 fields, but 2 columns");
  CHECK(stream("- sort: [a]", broken, ErrorPolicy::keep, 1).output.empty());
  // The step meets its rows before the reader meets the line that is broken.
  CHECK(stream("- cast: {a: integer}", "a,b\nq,x\n1\n", ErrorPolicy::fail, 1).error ==
        "t.csv:2: column 'a': 'q': not an integer");
}

TEST_CASE("on two threads rows held back come out in order, however many") {
  std::string csv = "a,b\n";
  for (int i = 20'000; i > 0; --i) csv += std::to_string(100'000 + i) + ",x\n";
  const Streamed sorted = stream("- sort: [a]\n- take: 19000", csv, ErrorPolicy::keep, 100);
  CHECK(sorted.counts.rows_written == 19'000);
  CHECK(sorted.output.starts_with("a,b\n100001,x\n100002,x\n"));
  CHECK(sorted.output.ends_with("119000,x\n"));
}
