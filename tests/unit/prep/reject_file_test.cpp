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
        "file,line,column,step,reason,text\n"
        "t.csv,3,a,p.yaml:3:3,not_an_integer,\"x, \"\"y\"\"\"\n"
        "t.csv,4,c,p.yaml:5:3,division_by_zero,\n"
        "t.csv,3,,p.yaml:6:3,not_an_integer,\"x, \"\"y\"\"\"\n");
}

TEST_CASE("an existing file is not replaced unasked") {
  const OtherFile existing("kept");
  const auto refused = RejectFile::create(existing.path(), os::Overwrite::no);
  REQUIRE(!refused.ok());
  CHECK(refused.error().kind == ErrorKind::conflict);
  CHECK(RejectFile::create(std::nullopt, os::Overwrite::no).ok());
}
