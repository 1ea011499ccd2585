#include "learn/featurize.h"

#include <cmath>

#include "unit/learn/tables.h"

namespace aml::learn {
namespace {

FeatureTable encode(const std::string& csv, FeatureOptions options = {}) {
  const table::Table table = table_of(csv);
  RowOrder order{.position = {}, .train_rows = table.rows, .rows = table.rows};
  for (uint32_t row = 0; row < table.rows; ++row) order.position.push_back(row);
  auto features = encode_columns(table, order, options, nullptr);
  REQUIRE(features.ok());
  return *features;
}

std::string rows_of(const std::string& header, const std::string& row, int count) {
  std::string csv = header + "\n";
  for (int i = 0; i < count; ++i) csv += fmt::format(fmt::runtime(row), i) + "\n";
  return csv;
}

}  // namespace

TEST_CASE("numbers get mean and deviation, missing ones stay NaN") {
  const FeatureTable features = encode("y,x\na,1\nb,\na,3\n");
  const EncodedColumn& x = features.columns[1];
  CHECK(x.plan.use == ColumnUse::number);
  CHECK(x.plan.mean == 2);
  CHECK(x.plan.deviation == 1);
  CHECK(x.plan.missing == 1);
  CHECK(x.numbers[2] == 3);
  CHECK(std::isnan(x.numbers[1]));
}

TEST_CASE("text becomes sorted categories, a missing value one of them") {
  const FeatureTable features = encode("y,x\na,red\nb,\na,blue\nb,red\n");
  const EncodedColumn& x = features.columns[1];
  CHECK(x.plan.use == ColumnUse::categories);
  CHECK(x.plan.categories == std::vector<std::string>{"", "blue", "red"});
  CHECK(x.codes == std::vector<uint32_t>{2, 0, 1, 2});
  CHECK(x.plan.missing == 1);
}

TEST_CASE("booleans are categories by their words, dates are days") {
  const FeatureTable features = encode("y,flag,day\na,yes,1970-01-03\nb,no,1970-01-01\n");
  CHECK(features.columns[1].plan.categories == std::vector<std::string>{"no", "yes"});
  CHECK(features.columns[2].numbers == std::vector<double>{2, 0});
}

TEST_CASE("timestamps are seconds") {
  const FeatureTable features = encode("y,at\na,1970-01-01T00:00:02Z\nb,1970-01-01T00:01:00Z\n");
  CHECK(features.columns[1].numbers == std::vector<double>{2, 60});
}

TEST_CASE("columns of no use are dropped and say why") {
  const FeatureTable features = encode("y,x,same,empty\na,1,k,\nb,2,k,\n");
  CHECK(features.columns[0].plan.note == "is the label");
  CHECK(features.columns[2].plan.note == "has the same value in all rows");
  CHECK(features.columns[3].plan.note == "has no value");
  const FeatureTable named = encode(rows_of("y,x,name", "a,{0},id{0}", 30));
  CHECK(named.columns[2].plan.use == ColumnUse::dropped);
  CHECK(named.columns[2].plan.note == "looks like an identifier: 30 distinct values in 30 rows");
}

TEST_CASE("the most frequent categories are kept and the rest are none of them") {
  const FeatureTable features =
      encode("y,x\na,c\nb,b\na,a\nb,b\na,c\n", {.columns = {}, .drop = {}, .max_categories = 2});
  const EncodedColumn& x = features.columns[1];
  CHECK(x.plan.categories == std::vector<std::string>{"b", "c"});
  CHECK(x.codes == std::vector<uint32_t>{1, 0, 2, 0, 1});
  CHECK(x.plan.note == "the 2 most frequent of 3 values are used");
}

TEST_CASE("columns can be chosen and left out by name") {
  const std::string csv = "y,u,v\na,1,4\nb,2,5\n";
  const FeatureTable chosen = encode(csv, {.columns = {"v"}, .drop = {}});
  CHECK(chosen.columns[1].plan.dropped == DropReason::request);
  CHECK(chosen.columns[2].plan.use == ColumnUse::number);
  CHECK(encode(csv, {.columns = {}, .drop = {"v"}}).columns[2].plan.dropped == DropReason::request);
  const table::Table table = table_of(csv);
  const RowOrder order{.position = {0, 1}, .train_rows = 2, .rows = 2};
  const auto missing = encode_columns(table, order, {.columns = {}, .drop = {"w"}}, nullptr);
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().kind == table.schema->require("w", "x").error().kind);
  const auto none = encode_columns(table, order, {.columns = {}, .drop = {"u", "v"}}, nullptr);
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().message == "no column is left to predict 'y' from");
}

TEST_CASE("statistics and categories come from training rows only") {
  const table::Table table = table_of("y,x,c\na,1,p\nb,3,q\na,100,r\n");
  const RowOrder order{.position = {0, 1, 2}, .train_rows = 2, .rows = 3};
  const auto features = encode_columns(table, order, {}, nullptr);
  REQUIRE(features.ok());
  CHECK(features->columns[1].plan.mean == 2);
  CHECK(features->columns[2].plan.categories == std::vector<std::string>{"p", "q"});
  CHECK(features->columns[2].codes == std::vector<uint32_t>{0, 1, 2});
}

TEST_CASE("features are listed numbers first, then indicators, then categories") {
  const FeatureTable table = encode("y,c,x\na,p,1\nb,q,\na,p,3\n");
  const std::vector<Feature> features = list_features(table.columns, Indicators::yes);
  REQUIRE(features.size() == 4);
  CHECK(features[0].kind == Feature::Kind::number);
  CHECK(features[1].kind == Feature::Kind::missing_indicator);
  CHECK(features[3].kind == Feature::Kind::category);
  CHECK(features[3].category == 1);
  CHECK(list_features(table.columns, Indicators::no).size() == 3);
}

}  // namespace aml::learn
