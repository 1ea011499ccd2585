#include "prep/reject_file.h"

#include <doctest/doctest.h>

#include "unit/prep/other_file.h"
#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;

TEST_CASE("every cell that becomes an error is a line with its place, step, reason and text") {
  const OtherFile existing("");
  const auto batch =
      make_batch({{"a", ColumnType::text, {"1", "x, \"y\"", "3"}}, {"b", ColumnType::text, {"1", "1", "0"}}});
  auto package = parse_package(
      "version: 1\nsteps:\n- cast: {a: integer, b: integer}\n- sort: [b]\n- derive: {c: a / b}\n- filter: a > 0",
      "p.yaml");
  REQUIRE(package.ok());
  auto pipeline = Pipeline::create(std::move(*package), batch.schema, ErrorPolicy::keep);
  REQUIRE(pipeline.ok());
  auto rejects = RejectFile::create(existing.path(), os::Overwrite::yes);
  REQUIRE(rejects.ok());
  pipeline->listen_to_rejects([&](const Reject& reject) { rejects->add(reject); });
  const Emit emit = [](table::Batch) -> Status { return {}; };
  REQUIRE(pipeline->push(batch, emit).ok());
  REQUIRE(pipeline->finish(emit).ok());
  REQUIRE(rejects->commit().ok());
  CHECK(rejects->count() == 3);
  const auto text = os::read_file(existing.path());
  REQUIRE(text.ok());
  CHECK(*text ==
        "file,line,offset,column,step,reason,text\n"
        "t.csv,3,,a,p.yaml:3:3,not_an_integer,\"x, \"\"y\"\"\"\n"
        "t.csv,4,,c,p.yaml:5:3,division_by_zero,\n"
        "t.csv,3,,,p.yaml:6:3,not_an_integer,\"x, \"\"y\"\"\"\n");
}

TEST_CASE("a record that is left out is a line with its offset and raw text") {
  const OtherFile existing("");
  auto rejects = RejectFile::create(existing.path(), os::Overwrite::yes);
  REQUIRE(rejects.ok());
  CHECK(rejects->describe_records().empty());
  rejects->add(table::RejectedRecord{"a.csv", 3, 17, "1 field, but 2 columns", "\"x"});
  rejects->add(table::RejectedRecord{"a.csv", 5, 30, "3 fields, but 2 columns", "1,2,3"});
  REQUIRE(rejects->commit().ok());
  CHECK(rejects->records() == 2);
  CHECK(rejects->cells() == 0);
  CHECK(rejects->describe_records() == "2 records left out, the first at a.csv:3: 1 field, but 2 columns");
  CHECK(*os::read_file(existing.path()) ==
        "file,line,offset,column,step,reason,text\n"
        "a.csv,3,17,,,\"1 field, but 2 columns\",\"\"\"x\"\n"
        "a.csv,5,30,,,\"3 fields, but 2 columns\",\"1,2,3\"\n");
}

TEST_CASE("an existing file is not replaced unasked") {
  const OtherFile existing("kept");
  const auto refused = RejectFile::create(existing.path(), os::Overwrite::no);
  REQUIRE(!refused.ok());
  CHECK(refused.error().kind == ErrorKind::conflict);
  CHECK(RejectFile::create(std::nullopt, os::Overwrite::no).ok());
}
