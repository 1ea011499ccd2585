#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

TEST_CASE("the parts of a path become columns") {
  const auto batch = make_batch(
      {{"file", ColumnType::text, {"/data/north/2024-01.csv.gz", R"(C:\tmp\a)", "a.csv", "/x", ".hidden", "d/", ""}}});
  CHECK(run_steps("- path: {column: file, into: {f: folder, n: name, s: stem, e: extension}}\n- drop: [file]", batch)
            .rows == Rows{{"/data/north", "2024-01.csv.gz", "2024-01.csv", "gz"},
                          {R"(C:\tmp)", "a", "a", "-"},
                          {"-", "a.csv", "a", "csv"},
                          {"/", "x", "x", "-"},
                          {"-", ".hidden", ".hidden", "-"},
                          {"d", "-", "-", "-"},
                          {"-", "-", "-", "-"}});
  CHECK(run_steps("- path: {column: file, into: {f: foldr}}", batch).error ==
        "p.yaml:3:34: unknown value 'foldr' for a part of a path");
  CHECK(run_steps("- path: {column: fil, into: {f: folder}}", batch).hint == "did you mean 'file'?");
  CHECK(run_steps("- path: {column: file, into: {file: name}}", batch).error ==
        "p.yaml:3:31: two columns would be named 'file'");
}
