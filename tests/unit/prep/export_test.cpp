#include "prep/export.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::prep;

namespace {

ExportedCode exported(const std::string& steps, ExportTarget target, const std::string& source = {}) {
  auto code = export_package("version: 1\n" + source + "steps:\n" + steps, "p.yaml", target);
  REQUIRE(code.ok());
  return std::move(*code);
}

bool holds(const ExportedCode& code, std::string_view text) { return code.code.find(text) != std::string::npos; }

}  // namespace

TEST_CASE("every target has a name that reads back") {
  for (const std::string& name : export_target_names()) CHECK(parse_export_target(name).has_value());
  CHECK(!parse_export_target("dplyr"));
}

TEST_CASE("a step is written in each language") {
  const std::string steps = "  - drop: [a]\n  - filter: b == 'x'\n";
  CHECK(holds(exported(steps, ExportTarget::pandas),
              "    df = df.drop(columns=[\"a\"])\n    df = df[(df[\"b\"] == \"x\").fillna(False)]\n"));
  CHECK(holds(exported(steps, ExportTarget::sql),
              "step1 AS (SELECT * EXCLUDE (\"a\") FROM step0),\nstep2 AS (SELECT * FROM step1 WHERE (\"b\" = 'x'))\n"));
  CHECK(
      holds(exported(steps, ExportTarget::pyspark), "    df = df.drop(\"a\")\n    df = df.filter(\"(`b` = 'x')\")\n"));
}

TEST_CASE("names and texts cannot leave their quotes") {
  const std::string steps = "  - rename: {\"a\\\"b`c'\": \"x\\ny\"}\n  - filter: \"z == 'it\\\\'s \\\\\\\\'\"\n";
  CHECK(holds(exported(steps, ExportTarget::pandas), "{\"a\\\"b`c'\": \"x\\ny\"}"));
  CHECK(holds(exported(steps, ExportTarget::sql), "\"a\"\"b`c'\" AS \"x\ny\""));
  CHECK(holds(exported(steps, ExportTarget::sql), "= 'it''s \\'"));
  CHECK(holds(exported(steps, ExportTarget::pyspark), "(`z` = 'it\\\\'s \\\\\\\\')"));
}

TEST_CASE("types follow the steps, so that + joins texts and adds numbers") {
  CHECK(holds(exported("  - derive: {c: a + b}\n", ExportTarget::sql), "(\"a\" || \"b\")"));
  CHECK(holds(exported("  - cast: {a: integer, b: number}\n  - derive: {c: a + b}\n", ExportTarget::sql),
              "(\"a\" + \"b\") AS \"c\""));
  const std::string renamed = "  - cast: {a: integer}\n  - rename: {a: b}\n  - derive: {c: b + 1}\n";
  CHECK(exported(renamed, ExportTarget::sql).problems.empty());
  CHECK(exported("  - cast: {a: integer}\n  - rename: {a: b}\n  - derive: {c: a + 1}\n", ExportTarget::sql)
            .problems.size() == 1);
}

TEST_CASE("what has no counterpart is named with its place and left out") {
  const ExportedCode code =
      exported("  - sample: {percent: 5}\n  - take: 2\n  - derive: {a: sqrt(b)}\n", ExportTarget::pandas);
  REQUIRE(code.problems.size() == 2);
  CHECK(code.problems[0].place == "p.yaml:3:5");
  CHECK(code.problems[0].reason == "'sample' has no counterpart");
  CHECK(code.problems[1].reason == "'sqrt' of (text) has no counterpart");
  CHECK(holds(code,
              "    # left out 'sample': 'sample' has no counterpart\n    df = df.head(2)\n    # left out 'derive'"));
  const ExportedCode sql =
      exported("  - sample: {percent: 5}\n  - take: 2\n  - sample: {rows: 5}\n", ExportTarget::sql);
  CHECK(holds(sql, "FROM input),\n-- left out 'sample': 'sample' has no counterpart\nstep1 AS"));
  CHECK(holds(sql, "\n-- left out 'sample': 'sample' has no counterpart\nSELECT * EXCLUDE"));
}

TEST_CASE("a step of which one part has no counterpart is left out as a whole") {
  const ExportedCode code = exported("  - derive: {a: lower(b), c: sqrt(b)}\n", ExportTarget::pandas);
  CHECK(code.problems.size() == 1);
  CHECK(!holds(code, "df.assign"));
}

TEST_CASE("the source of the package says how the table is read") {
  const std::string source = "source: {separator: ';', missing: [NA], header: false}\n";
  CHECK(holds(exported("  - take: 1\n", ExportTarget::pandas, source),
              "sep=\";\", dtype=\"string\", keep_default_na=False, na_values=[\"\", \"NA\"], header=None"));
  CHECK(
      holds(exported("  - take: 1\n", ExportTarget::sql, source), "header = false, delim = ';', nullstr = ['', 'NA']"));
}

TEST_CASE("a package that does not load is not exported") {
  CHECK(!export_package("version: 1\nsteps:\n  - keep: x\n", "p.yaml", ExportTarget::sql).ok());
}
