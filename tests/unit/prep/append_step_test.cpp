#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

#include "unit/prep/other_file.h"

namespace {

table::Batch here() { return make_batch({{"a", ColumnType::int64, {"1", "2"}}, {"b", ColumnType::text, {"x", "y"}}}); }

}  // namespace

TEST_CASE("rows are appended by name; what one table lacks is missing") {
  const OtherFile other("c,a\nz,3\nw,odd\n");
  const StepResult result = run_steps("- append: {file: " + other.path() + "}", here(), {}, 1);
  CHECK(result.columns == Names{"a integer", "b text", "c text"});
  CHECK(result.rows == Rows{{"1", "x", "-"}, {"2", "y", "-"}, {"3", "-", "z"}, {"!not_an_integer", "-", "w"}});
  REQUIRE(result.failures.size() == 1);
  CHECK(result.failures[0].starts_with("column 'a': 1 error (not an integer), the first 'odd' at "));
  CHECK(result.places[2].ends_with("other.csv:2"));
}

TEST_CASE("rows are appended by position under the names that are here") {
  const OtherFile other("p,q\n3,z\n");
  CHECK(run_steps("- append: {file: " + other.path() + ", by: position}", here()).rows ==
        Rows{{"1", "x"}, {"2", "y"}, {"3", "z"}});
  const OtherFile wide("p,q,r\n3,z,u\n");
  CHECK(run_steps("- append: {file: " + wide.path() + ", by: position}", here()).error ==
        "p.yaml:3:11: the other table has 3 columns, there are 2 at this step");
}
