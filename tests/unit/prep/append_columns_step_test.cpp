#include <doctest/doctest.h>

#include "unit/prep/other_file.h"
#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

TEST_CASE("the columns of another table stand beside these") {
  const OtherFile other("b,c\n1,x\n2,\n3,z\n");
  const auto batch = make_batch({{"a", ColumnType::text, {"p", "q", "r"}}});
  for (const size_t size : {1U, 2U, 3U}) {
    const StepResult result = run_steps("- append_columns: {file: " + other.path() + "}", batch, {}, size);
    CHECK(result.columns == Names{"a text", "b text", "c text"});
    CHECK(result.rows == Rows{{"p", "1", "x"}, {"q", "2", "-"}, {"r", "3", "z"}});
  }
}

TEST_CASE("tables of different length, or with a name in common, do not go together") {
  const OtherFile other("b\n1\n2\n");
  const auto error_of = [&](const TestColumn& column) {
    return run_steps("- append_columns: {file: " + other.path() + "}", make_batch({column})).error;
  };
  CHECK(error_of({"a", ColumnType::text, {"p"}}) == "p.yaml:3:19: the other table has more rows than there are here");
  CHECK(error_of({"a", ColumnType::text, {"p", "q", "r"}}) ==
        "p.yaml:3:19: the other table has fewer rows than there are here");
  CHECK(error_of({"b", ColumnType::text, {"p", "q"}}) == "p.yaml:3:19: two columns would be named 'b'");
}
