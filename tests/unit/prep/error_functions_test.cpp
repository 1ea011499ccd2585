#include <doctest/doctest.h>

#include "unit/prep/evaluate.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Cells = std::vector<std::string>;

namespace {

Cells evaluate(const std::string& text) {
  static const table::Batch batch = make_batch({{"n", ColumnType::int64, {"1", "", "x", "4"}},
                                                {"m", ColumnType::int64, {"1", "2", "y", "5"}},
                                                {"t", ColumnType::text, {"a", "", "b", "c"}},
                                                {"d", ColumnType::date, {"2024-01-01", "", "3/4/2007", "soon"}}});
  return evaluate_over(batch, text);
}

}  // namespace

TEST_CASE("error_reason and error_text tell of errors, and are missing elsewhere") {
  CHECK(evaluate("error_reason(n)") == Cells{"-", "-", "not_an_integer", "-"});
  CHECK(evaluate("error_text(n)") == Cells{"-", "-", "x", "-"});
  CHECK(evaluate("error_reason(d)") == Cells{"-", "-", "ambiguous_date", "not_a_date"});
  CHECK(evaluate("error_reason(n / 0)") == Cells{"division_by_zero", "-", "not_an_integer", "division_by_zero"});
  CHECK(evaluate("error_text(n / 0)") == Cells{"-", "-", "x", "-"});
}

TEST_CASE("if_error puts the second value in the place of errors only") {
  CHECK(evaluate("if_error(n, 0)") == Cells{"1", "-", "0", "4"});
  CHECK(evaluate("if_error(n, m)") == Cells{"1", "-", "!not_an_integer", "4"});
  CHECK(evaluate("if_error(n, missing)") == Cells{"1", "-", "-", "4"});
  CHECK(evaluate("if_error(n, 0.5)") == Cells{"1", "-", "0.5", "4"});
  CHECK(evaluate("if_error(substring(t, n), 'none')") == Cells{"a", "-", "none", ""});
  CHECK(evaluate("if_error(d, date('2000-01-01'))") == Cells{"2024-01-01", "-", "2000-01-01", "2000-01-01"});
}

TEST_CASE("null_if is missing where both are equal") {
  CHECK(evaluate("null_if(n, m)") == Cells{"-", "-", "!not_an_integer", "4"});
  CHECK(evaluate("null_if(t, 'a')") == Cells{"-", "-", "b", "c"});
}

TEST_CASE("case takes the first condition that holds") {
  CHECK(evaluate("case(n < 2, 'low', n < 5, 'middle', 'high')") == Cells{"low", "-", "!not_an_integer", "middle"});
  CHECK(evaluate("case(m == 1, 1, m == 2, 2.5)") == Cells{"1", "2.5", "!not_an_integer", "-"});
  CHECK(evaluate("case(is_error(m), 'error', m > 1, 'more', 'one')") == Cells{"one", "more", "error", "more"});
  CHECK(evaluate("case(m)")[0] == "e:1:1: 'case' takes conditions and values");
  CHECK(evaluate("case(m == 1, 1, 'x')")[0] == "e:1:1: 'if' cannot take (boolean, integer, text)");
}
