#include "inspect/finding.h"

#include <doctest/doctest.h>

#include "inspect/inspection.h"
#include "unit/inspect/inspect_testing.h"

using namespace aml;
using namespace aml::inspect;
using inspect::testing::inspected;

namespace {

// "kind: step" of the findings of a column, without the plain types.
std::string found(const std::string& csv, size_t column = 0) {
  std::string text;
  const TableInspection table = inspected(csv);
  for (const Finding& finding : table.columns[column].findings)
    if (finding.kind != FindingKind::typed) text += std::string(name_of(finding.kind)) + ": " + finding.step + "\n";
  return text;
}

}  // namespace

TEST_CASE("a column with one value or none is to be dropped") {
  CHECK(found("x,y\na,1\na,2\n") == "constant: drop: [x]\n");
  CHECK(found("x,y\n,1\n,2\n") == "empty: drop: [x]\n");
}

TEST_CASE("spaces at the ends are to be trimmed") { CHECK(found("x\n a\nb\nc\n") == "spaces: trim: [x]\n"); }

TEST_CASE("spellings that differ in case or spaces get the most frequent one") {
  CHECK(found("x\nMale\nmale\nMale\nfe_male\nfe male\nfe male\n") ==
        "variants: replace: {x: {fe_male: fe male, male: Male}}\n");
}

TEST_CASE("words for missing values become missing") {
  CHECK(found("x\na\nNA\nb\nNA\n") == "placeholder: replace: {x: {NA: null}}\n");
  CHECK(found("x\n1\nNA\n2\n5\n") == "placeholder: replace: {x: {NA: null}}\n");
}

TEST_CASE("numbers far outside that people write for missing become missing") {
  const std::string csv = "x\n1\n2\n3\n4\n5\n2\n3\n4\n2\n3\n-999\n-999\n";
  CHECK(found(csv).starts_with("placeholder: replace: {x: {\"-999\": null}}\noutliers: filter: "));
}

TEST_CASE("digits that a number would lose stay text") {
  CHECK(found("zip\n01234\n02345\n12345\n01234\n") == "leading_zeros: cast: {zip: text}\n");
}

TEST_CASE("values beyond three quartile ranges are outliers, and missing ones are not lost") {
  CHECK(found("x\n1\n2\n3\n4\n5\n6\n7\n1000\n") ==
        "outliers: filter: \"[x] >= -7.75 and [x] <= 16.75 or is_missing([x])\"\n");
}

TEST_CASE("the later of two equal columns is to be dropped") {
  CHECK(found("x,z\na,a\nb,b\na,a\n", 1) == "duplicate: drop: [z]\n");
  CHECK(found("x,y\na,a\nb,b\na,b\n", 1).empty());
}

TEST_CASE("names that need quotes in YAML get them") {
  CHECK(found("a: b,y\n1,1\n1,2\n") == "constant: drop: [\"a: b\"]\n");
}

TEST_CASE("a package trims, replaces, casts and drops in this order, each column once") {
  const TableInspection table = inspected("a,b,c,d\n 1,x,5,x\nNA,x,5,y\n3,x,6,z\n");
  CHECK(suggest_package(table) ==
        "version: 1\n"
        "steps:\n"
        "  # a: 1 value is 'NA', which may mean missing\n"
        "  - replace: {a: {NA: null}}\n"
        "  # a: every value is an integer\n"
        "  - cast: {a: integer}\n"
        "  # c: every value is an integer\n"
        "  - cast: {c: integer}\n"
        "  # b: every value is 'x'\n"
        "  - drop: [b]\n");
}

TEST_CASE("not all columns are dropped, and one row is no reason to") {
  CHECK(suggest_package(inspected("a,b\nx,y\nx,y\n")).empty());
  CHECK(suggest_package(inspected("a,b\nx,y\n")).empty());
}

TEST_CASE("a table without findings suggests nothing") {
  CHECK(suggest_package(inspected("a\n")).find("drop: [a]") > 0);
}

TEST_CASE("a column whose name cannot stand in a package gets no step") {
  CHECK(found("\xff,z\na,1\na,2\n") == "constant: \n");
}
