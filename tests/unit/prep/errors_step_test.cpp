#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

table::Batch numbers() {
  return make_batch({{"a", ColumnType::int64, {"1", "x", "", "4"}}, {"b", ColumnType::float64, {"1.5", "2", "y", ""}}});
}

}  // namespace

TEST_CASE("rows with errors are dropped or kept") {
  CHECK(run_steps("- errors: {drop: [a]}", numbers()).rows == Rows{{"1", "1.5"}, {"-", "!not_a_number"}, {"4", "-"}});
  CHECK(run_steps("- errors: {drop: all}", numbers()).rows == Rows{{"1", "1.5"}, {"4", "-"}});
  CHECK(run_steps("- errors: {keep: [a]}", numbers()).rows == Rows{{"!not_an_integer", "2"}});
  CHECK(run_steps("- errors: {keep: all}", numbers()).places == Names{"t.csv:3", "t.csv:4"});
}

TEST_CASE("errors are replaced by a value of the column's type or by nothing") {
  CHECK(run_steps("- errors: {replace: {a: 0, b: null}}", numbers()).rows ==
        Rows{{"1", "1.5"}, {"0", "2"}, {"-", "-"}, {"4", "-"}});
  CHECK(run_steps("- errors: {replace: {a: none}}", numbers()).error ==
        "p.yaml:3:25: 'none' does not fit a column of type integer");
}

TEST_CASE("errors takes one action") {
  CHECK(run_steps("- errors: {drop: [a], keep: [b]}", numbers()).error ==
        "p.yaml:3:11: 'errors' takes one of drop, keep and replace");
  CHECK(run_steps("- errors: {drp: [a]}", numbers()).error == "p.yaml:3:12: unknown key 'drp' in 'errors'");
}
