#include <doctest/doctest.h>

#include "os/file.h"
#include "unit/prep/other_file.h"
#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

TEST_CASE("rows are written on the way and go on") {
  const OtherFile folder("x\n");
  const std::string file = folder.path() + ".tsv";
  const auto batch = make_batch({{"a", ColumnType::text, {"p", "", "r s"}}, {"n", ColumnType::int64, {"1", "2", "x"}}});
  const StepResult result = run_steps("- write: {file: " + file + ", missing: NA}\n- keep: [n]", batch, {}, 2);
  CHECK(result.rows == Rows{{"1"}, {"2"}, {"!not_an_integer"}});
  CHECK(*os::read_file(file, 1000) == "a\tn\np\t1\nNA\t2\nr s\tx\n");
  CHECK(run_steps("- write: {file: " + file + "}", batch).error == "p.yaml:3:17: '" + file + "' exists already");
  CHECK(run_steps("- write: {file: " + file + ", overwrite: true, format: jsonl}\n- take: 1", batch).error.empty());
  CHECK(*os::read_file(file, 1000) == "{\"a\":\"p\",\"n\":1}\n{\"a\":null,\"n\":2}\n{\"a\":\"r s\",\"n\":\"x\"}\n");
}

TEST_CASE("mistakes in write are shown in their place") {
  const auto batch = make_batch({{"a", ColumnType::text, {}}});
  const auto error_of = [&](const std::string& arguments) { return run_steps("- write: " + arguments, batch).error; };
  CHECK(error_of("{}") == "p.yaml:3:10: 'write' needs 'file'");
  CHECK(error_of("{file: '-'}") == "p.yaml:3:17: 'write' cannot write to standard output");
  CHECK(error_of("{file: a.csv, format: cvs}") == "p.yaml:3:32: unknown value 'cvs' for 'format'");
  CHECK(error_of("{file: a.csv, overwrite: 1}") == "p.yaml:3:35: 'overwrite' is neither true nor false");
  CHECK(error_of("{file: a.csv, separator: ab}") == "p.yaml:3:35: separator 'ab' is not one character");
}
