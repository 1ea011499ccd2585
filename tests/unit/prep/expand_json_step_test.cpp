#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

StepResult expand(const std::string& arguments, const Names& cells) {
  const auto batch = make_batch({{"c", ColumnType::text, cells}, {"n", ColumnType::int64, Names(cells.size(), "1")}});
  return run_steps("- expand_json: " + arguments, batch);
}

}  // namespace

TEST_CASE("the members of objects become columns, one level deep") {
  const StepResult result = expand("{column: c, values: [a, b]}",
                                   {R"({"a": 1.50, "b": {"x": [1, 2]}, "z": 0})",
                                    R"({"b": "t\u00e4\n", "\u0061": true})", R"({"a": null})", "", "[1]", "{"});
  CHECK(result.columns == Names{"c text", "n integer", "c.a text", "c.b text"});
  Rows expanded;
  for (const auto& row : result.rows) expanded.push_back({row[2], row[3]});
  CHECK(expanded == Rows{{"1.50", R"({"x": [1, 2]})"},
                         {"true", "tä\n"},
                         {"-", "-"},
                         {"-", "-"},
                         {"!not_json", "!not_json"},
                         {"!not_json", "!not_json"}});
  CHECK(result.failures == Names{"column 'c.b': 2 errors (not json), the first '[1]' at t.csv:6"});
}

TEST_CASE("the items of arrays become rows") {
  const StepResult result = expand("{column: c, rows: true}", {R"(["a", 1, null, {"b":[2]}])", "[]", "", "{}"});
  CHECK(result.rows ==
        Rows{{"a", "1"}, {"1", "1"}, {"-", "1"}, {R"({"b":[2]})", "1"}, {"-", "1"}, {"-", "1"}, {"!not_json", "1"}});
  CHECK(result.places[3] == "t.csv:2");
  CHECK(result.places[6] == "t.csv:5");
}

TEST_CASE("mistakes in expand_json are shown in their place") {
  CHECK(expand("{column: c}", {}).error == "p.yaml:3:16: the keys of the objects are not known before the rows");
  CHECK(expand("{column: n, values: [a]}", {}).error ==
        "p.yaml:3:25: 'expand_json' works on text, column 'n' is of type integer");
  CHECK(expand("{column: c, values: [a, a]}", {}).error == "p.yaml:3:36: 'values' has 'a' twice");
  CHECK(expand("{column: c, values: a}", {}).error == "p.yaml:3:36: 'values' must be a list of keys");
  CHECK(expand("{column: c, rows: 3}", {}).error == "p.yaml:3:34: 'expand_json' takes either rows: true or values");
}
