#include "inspect/feature_type.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "unit/inspect/feature_benchmark.h"

using namespace aml;
using namespace aml::inspect;

namespace {

FeatureType type_of(std::string_view name, const std::vector<std::string_view>& samples, uint64_t rows,
                    uint64_t distinct, double min = 0, double max = 0, double mean = 0, double sd = 0) {
  return infer_feature_type({.name = name,
                             .rows = rows,
                             .missing = 0,
                             .distinct = distinct,
                             .min = min,
                             .max = max,
                             .mean = mean,
                             .sd = sd,
                             .samples = samples});
}

}  // namespace

TEST_CASE("columns everybody agrees on get their type") {
  CHECK(type_of("price", {"12.5", "99.99", "3.25", "17.1", "8.05"}, 5000, 3100, 0.5, 99.99, 40, 25) ==
        FeatureType::number);
  CHECK(type_of("country", {"Spain", "Italy", "France", "Norway"}, 5000, 40) == FeatureType::category);
  CHECK(type_of("order_date", {"2024-01-31", "2024-02-11", "2023-12-01"}, 5000, 700) == FeatureType::date);
  CHECK(type_of("website", {"http://a.com/x", "http://b.org/y", "https://c.net"}, 500, 480) == FeatureType::url);
  CHECK(type_of("cost", {"$1,200.50", "$99.00", "$12,000.00"}, 500, 400) == FeatureType::quantity);
  CHECK(type_of("contact", {"a@b.de", "c.d@e.com"}, 500, 480) == FeatureType::email);
}

TEST_CASE("columns of none, one or two values need no tree") {
  CHECK(type_of("x", {}, 10, 0) == FeatureType::empty);
  CHECK(type_of("x", {"a"}, 10, 1) == FeatureType::constant);
  CHECK(type_of("x", {"0", "1"}, 10, 2, 0, 1, 0.5, 0.5) == FeatureType::boolean);
  CHECK(type_of("x", {"Yes", "no"}, 10, 2) == FeatureType::boolean);
}

TEST_CASE("a column without rows and one of hostile bytes have a type") {
  CHECK(infer_feature_type({}) == FeatureType::empty);
  CHECK_NOTHROW(type_of("\xff\x00\x80", {"\xff\xfe", std::string_view("\0", 1), ""}, 3, 3));
}

TEST_CASE("every feature has a name and a number") { CHECK(feature_names().size() == measure_features({}).size()); }

TEST_CASE("columns of SortingHat that were held out get the type people gave them nine times in ten") {
  const char* suites = std::getenv("AML_SUITES");
  if (suites == nullptr) {
    MESSAGE("skipped: AML_SUITES does not name a folder");
    return;
  }
  const auto columns = inspect::testing::read_labelled_columns(Path(suites) / "sortinghat-types/data_train.csv");
  REQUIRE(columns.ok());
  std::vector<std::string_view> views;
  size_t held_out = 0, right = 0;
  for (const auto& column : *columns) {
    if (!inspect::testing::is_held_out(column)) continue;
    ++held_out;
    right += benchmark_class_of(infer_feature_type(column.evidence(views))) == column.label ? 1 : 0;
  }
  MESSAGE(right, " of ", held_out, " held-out columns");
  CHECK(held_out == 1617);
  CHECK(static_cast<double>(right) >= 0.9 * static_cast<double>(held_out));
}
