#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

table::Batch goods() {
  return make_batch({{"color", ColumnType::text, {"red", "blue", "", "red"}},
                     {"size", ColumnType::int64, {"10", "9", "x", "10"}},
                     {"price", ColumnType::float64, {"1", "2", "3", ""}}});
}

}  // namespace

TEST_CASE("labels are numbered in the order of their type") {
  CHECK(run_steps("- encode: {columns: {color: label, size: label}}", goods()).rows ==
        Rows{{"1", "1", "1"}, {"0", "0", "2"}, {"-", "!not_an_integer", "3"}, {"1", "1", "-"}});
}

TEST_CASE("one_hot makes a column of each category that is given") {
  const StepResult result =
      run_steps("- encode: {columns: {color: one_hot}, values: {color: [blue, red, green]}}", goods());
  CHECK(result.columns ==
        Names{"size integer", "price number", "color_blue integer", "color_red integer", "color_green integer"});
  CHECK(result.rows == Rows{{"10", "1", "0", "1", "0"},
                            {"9", "2", "1", "0", "0"},
                            {"!not_an_integer", "3", "0", "0", "0"},
                            {"10", "-", "0", "1", "0"}});
}

TEST_CASE("a value that is no category is an error, or nothing if it is to be ignored") {
  const std::string values = "values: {color: [red], size: [9]}}";
  const StepResult result = run_steps("- encode: {columns: {color: one_hot, size: label}, " + values, goods());
  CHECK(result.rows == Rows{{"!unknown_category", "1", "1"},
                            {"0", "2", "!unknown_category"},
                            {"!not_an_integer", "3", "0"},
                            {"!unknown_category", "-", "1"}});
  CHECK(result.failures[0] == "column 'color': 1 error (unknown category), the first 'blue' at t.csv:3");
  CHECK(run_steps("- encode: {columns: {color: one_hot, size: label}, unknown: ignore, " + values, goods()).rows ==
        Rows{{"-", "1", "1"}, {"0", "2", "0"}, {"!not_an_integer", "3", "0"}, {"-", "-", "1"}});
}

TEST_CASE("bins hold as many rows each, or are of one width, and have their upper edges") {
  const auto batch = make_batch({{"q", ColumnType::int64, {"1", "2", "3", "4", "100", ""}},
                                 {"w", ColumnType::float64, {"0", "2.5", "2.6", "7.5", "10", "x"}}});
  CHECK(run_steps("- encode: {columns: {q: {quantiles: 4}, w: {bins: 4}}}", batch).rows ==
        Rows{{"0", "0"}, {"0", "0"}, {"1", "1"}, {"2", "2"}, {"3", "3"}, {"-", "!not_a_number"}});
  CHECK(run_steps("- encode: {columns: {q: {bins: 2}}, values: {q: [2, 50]}}\n- keep: [q]", batch).rows ==
        Rows{{"0"}, {"0"}, {"1"}, {"1"}, {"2"}, {"-"}});
}

TEST_CASE("mistakes in encode are shown in their place") {
  const auto result_of = [](const std::string& arguments) { return run_steps("- encode: " + arguments, goods()); };
  CHECK(result_of("{columns: {color: one_hot}}").error ==
        "p.yaml:3:11: the columns of one_hot are not known before the rows");
  CHECK(result_of("{columns: {color: one_hot}}").hint == "'amlprep fit' learns them and writes them into the package");
  CHECK(result_of("{columns: {color: onehot}}").hint == "did you mean 'one_hot'?");
  CHECK(result_of("{columns: {color: {bins: 3}}}").error ==
        "p.yaml:3:22: bins need a number, column 'color' is of type text");
  CHECK(result_of("{columns: {size: {bins: 1}}}").error == "p.yaml:3:35: the number of bins must be 2 to 1000");
  CHECK(result_of("{columns: {size: {}}}").error == "p.yaml:3:28: an encoding is one_hot, label, quantiles or bins");
  CHECK(result_of("{columns: {size: label}, values: {size: [1, 1]}}").error == "p.yaml:3:44: size has '1' twice");
  CHECK(result_of("{columns: {size: label}, values: {size: [a]}}").error ==
        "p.yaml:3:44: size: 'a' does not fit a column of type integer");
  CHECK(result_of("{columns: {size: label}, values: {size: 1}}").error == "p.yaml:3:44: size must be a list of values");
  CHECK(result_of("{columns: {size: {bins: 2}}, values: {size: [2, 1]}}").error ==
        "p.yaml:3:48: the edges of size are not in order");
  CHECK(result_of("{columns: {color: one_hot}, values: {color: [a]}}\n- derive: {color_a: 1}").error.empty());
  CHECK(result_of("{columns: {color: one_hot, size: one_hot}, values: {color: [a], size: [1]}}").error.empty());
}
