#include "inspect/drift.h"

#include <doctest/doctest.h>

#include <cmath>

#include "unit/inspect/inspect_testing.h"

using namespace aml;
using namespace aml::inspect;
using inspect::testing::inspected;

namespace {

std::vector<ColumnDrift> drift_of(const std::string& before, const std::string& after) {
  return measure_drift(reference_of(inspected(before).profile), inspected(after));
}

std::string numbers(int from, int to) {
  std::string csv = "x\n";
  for (int i = from; i < to; ++i) csv += std::to_string(i) + "\n";
  return csv;
}

std::string profile_text(const std::string& csv) {
  const TableInspection table = inspected(csv);
  std::string text;
  for (size_t i = 0; i < table.columns.size(); ++i) text += text::to_json(describe(table, i)).dump() + "\n";
  return text;
}

}  // namespace

TEST_CASE("the measures of two coins are those of their formulae") {
  // With half a value in each bin, 1 of 4 and 3 of 4 are 1.5/5 and 3.5/5.
  CHECK(population_stability_index({1, 3}, {3, 1}) == doctest::Approx(2 * 0.4 * std::log(3.5 / 1.5)));
  CHECK(jensen_shannon_divergence({1, 0}, {0, 7}) == doctest::Approx(1));
  CHECK(jensen_shannon_divergence({1, 1}, {1, 3}) == doctest::Approx(0.0487949).epsilon(1e-5));
  CHECK(kolmogorov_smirnov_distance({1, 1, 2}, {2, 1, 1}) == doctest::Approx(0.25));
  for (const auto measure : {population_stability_index, jensen_shannon_divergence, kolmogorov_smirnov_distance})
    CHECK(measure({5, 10}, {50, 100}) == doctest::Approx(0).epsilon(0.01));
}

TEST_CASE("a table has not moved from itself") {
  const auto drifts = drift_of(numbers(0, 500), numbers(0, 500));
  REQUIRE(drifts.size() == 1);
  CHECK(drifts[0].fate == ColumnFate::stayed);
  CHECK(*drifts[0].psi == doctest::Approx(0));
  CHECK(*drifts[0].js == doctest::Approx(0));
  CHECK(*drifts[0].ks == doctest::Approx(0));
}

TEST_CASE("numbers that moved by half of their range are half apart") {
  const auto drifts = drift_of(numbers(0, 1000), numbers(500, 1500));
  CHECK(*drifts[0].ks == doctest::Approx(0.5).epsilon(0.05));
  CHECK(*drifts[0].psi > 2);
}

TEST_CASE("values the reference never saw count as others") {
  const auto drifts = drift_of("x\na\na\nb\nb\n", "x\na\na\nc\nc\n");
  CHECK(*drifts[0].js == doctest::Approx(0.5));
  CHECK(!drifts[0].ks);
}

TEST_CASE("columns that went, came and changed their type are told") {
  const auto drifts = drift_of("a,b,c\n1,x,1\n2,y,2\n", "d,b,c\n1,x,p\n2,,q\n");
  REQUIRE(drifts.size() == 4);
  CHECK(drifts[0].fate == ColumnFate::went);
  CHECK(drifts[1].fate == ColumnFate::stayed);
  CHECK(drifts[1].missing_after == 0.5);
  CHECK(drifts[2].fate == ColumnFate::changed_type);
  CHECK(drifts[3].fate == ColumnFate::came);
}

TEST_CASE("a saved profile reads back as the profile it was") {
  const std::string csv = "n,d,t\n1,2024-01-01,a\n5,2024-02-01,b\n9,2024-03-01,a\n";
  const auto saved = parse_profile(profile_text(csv), "p.jsonl");
  REQUIRE(saved.ok());
  const ProfileReference direct = reference_of(inspected(csv).profile);
  for (size_t i = 0; i < 3; ++i) {
    CHECK(saved->columns[i].name == direct.columns[i].name);
    CHECK(saved->columns[i].type == direct.columns[i].type);
    CHECK(saved->columns[i].counts == direct.columns[i].counts);
    CHECK(saved->columns[i].top.size() == direct.columns[i].top.size());
  }
  CHECK(saved->columns[0].edges == direct.columns[0].edges);
}

TEST_CASE("what is no profile is refused with its line") {
  CHECK(parse_profile("", "p").error().message == "p: no column of a profile");
  CHECK(parse_profile("{\"type\":\"correlation\"}\n", "p").error().message == "p: no column of a profile");
  CHECK(parse_profile("\n{\"type\":\"column\",\"name\":\"a\"}\n", "p").error().message ==
        "p:2: not a column of a profile");
  CHECK(!parse_profile("{\"type\":", "p").ok());
  const std::string histogram = R"({"type":"column","name":"a","value_type":"integer","rows":1,"histogram":)";
  for (const char* bad : {R"({"edges":[2,1],"counts":[1]}})", R"({"edges":[],"counts":[]}})",
                          R"({"edges":["x",1],"counts":[1]}})", R"({"edges":[1],"counts":[1]}})", R"(7})"})
    CHECK(!parse_profile(histogram + bad, "p").ok());
}
