#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

table::Batch people() {
  return make_batch({{"region", ColumnType::text, {"n", "n", "s", "s", "", "w"}},
                     {"age", ColumnType::int64, {"20", "", "40", "x", "31", ""}},
                     {"city", ColumnType::text, {"Rome", "Oslo", "", "Oslo", "Rome", ""}},
                     {"born", ColumnType::date, {"2000-01-02", "", "2000-01-01", "", "", ""}}});
}

}  // namespace

TEST_CASE("missing cells take what was learned from all rows, and errors stay errors") {
  const StepResult result = run_steps("- impute: {columns: {age: mean, city: mode, born: min}}", people());
  CHECK(result.columns == Names{"region text", "age number", "city text", "born date"});
  const std::string mean = "30.333333333333332";
  CHECK(result.rows == Rows{{"n", "20", "Rome", "2000-01-02"},
                            {"n", mean, "Oslo", "2000-01-01"},
                            {"s", "40", "Oslo", "2000-01-01"},
                            {"s", "!not_an_integer", "Oslo", "2000-01-01"},
                            {"-", "31", "Rome", "2000-01-01"},
                            {"w", mean, "Oslo", "2000-01-01"}});
}

TEST_CASE("groups take their own values, and one without any that of all rows") {
  for (const uint64_t memory : {uint64_t{4} << 20, uint64_t{1} << 24}) {
    Resources resources;
    resources.memory_bytes = memory;
    const StepResult result = run_steps(
        "- impute: {columns: {age: median, born: max}, by: [region]}\n- keep: [age, born]", people(), resources, 2);
    CHECK(result.rows == Rows{{"20", "2000-01-02"},
                              {"20", "2000-01-02"},
                              {"40", "2000-01-01"},
                              {"!not_an_integer", "2000-01-01"},
                              {"31", "2000-01-02"},
                              {"31", "2000-01-02"}});
  }
}

TEST_CASE("given values are applied to rows they were not learned from") {
  const auto batch =
      make_batch({{"region", ColumnType::text, {"n", "new", ""}}, {"age", ColumnType::int64, {"", "", ""}}});
  CHECK(run_steps("- impute:\n    columns: {age: mean}\n    by: [region]\n    values:\n      - {age: 9}\n      - "
                  "{region: n, age: 7.5}\n"
                  "      - {region: null, age: 8}",
                  batch)
            .rows == Rows{{"n", "7.5"}, {"new", "9"}, {"-", "8"}});
  CHECK(run_steps("- impute: {columns: {age: mode}, values: {age: null}}", batch).rows ==
        Rows{{"n", "-"}, {"new", "-"}, {"-", "-"}});
}

TEST_CASE("mistakes in impute are shown in their place") {
  const auto error_of = [](const std::string& arguments) {
    return run_steps("- impute: " + arguments, people()).error;
  };
  CHECK(error_of("{columns: {city: mean}}") == "p.yaml:3:22: the mean needs a number, column 'city' is of type text");
  CHECK(error_of("{columns: {agee: mean}}") == "p.yaml:3:22: no column 'agee' at this step");
  CHECK(error_of("{columns: {age: avg}}") == "p.yaml:3:27: unknown value 'avg' for the method");
  CHECK(error_of("{columns: {age: mean}, by: [age]}") == "p.yaml:3:22: column 'age' cannot be imputed by itself");
  CHECK(error_of("{columns: {age: mean}, values: {city: 1}}") ==
        "p.yaml:3:42: 'values' of 'impute' has none for 'age'");
  CHECK(error_of("{columns: {age: mean}, values: {age: old}}") ==
        "p.yaml:3:42: age: 'old' does not fit a column of type number");
  CHECK(error_of("{columns: {age: mean}, values: {age: [1]}}") == "p.yaml:3:42: age must be a single value");
  CHECK(error_of("{by: [age]}") == "p.yaml:3:11: 'impute' needs 'columns'");
}
