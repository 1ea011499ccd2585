#include "serve/decode.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::serve;
using table::ColumnType;

namespace {

table::SchemaPtr schema() {
  return std::make_shared<const table::Schema>(
      std::vector<table::Field>{{"island", ColumnType::text}, {"mass", ColumnType::float64}});
}

std::string message_of(std::string_view body) {
  const auto batch = decode_json(body, schema());
  REQUIRE(!batch.ok());
  CHECK(batch.error().kind == ErrorKind::bad_data);
  return batch.error().message;
}

}  // namespace

TEST_CASE("every shape of a request gives the same rows") {
  for (const char* body :
       {R"({"island":"Dream","mass":3750})", R"([{"mass":3750,"island":"Dream","other":[1]}])",
        R"({"rows":[{"island":"Dream","mass":3750}]})", R"({"input_df":[{"island":"Dream","mass":"3750"}]})",
        R"("{\"input_df\": [{\"island\": \"Dream\", \"mass\": 3750.0}]}")"}) {
    const auto batch = decode_json(body, schema());
    REQUIRE_MESSAGE(batch.ok(), body);
    CHECK(batch->rows == 1);
    CHECK(batch->columns[0]->texts()[0].view() == "Dream");
    CHECK(batch->columns[1]->doubles()[0] == 3750.0);
  }
}

TEST_CASE("null is a missing value, an absent column is an error") {
  const auto batch = decode_json(R"([{"island":null,"mass":null}])", schema());
  REQUIRE(batch.ok());
  CHECK(batch->columns[0]->is_missing(0));
  CHECK(batch->columns[1]->is_missing(0));
  CHECK(message_of(R"([{"island":"a","mass":1},{"island":"b","Mass":1}])") == "row 2: no column 'mass'");
  CHECK(decode_json(R"({"island":"b","Mass":1})", schema()).error().hint == "'Mass' is there; did you mean it?");
}

TEST_CASE("a value of the wrong kind names row, column and value") {
  CHECK(message_of(R"([{"island":"a","mass":"heavy"}])") == "row 1, column 'mass': \"heavy\" is not a number");
  CHECK(message_of(R"([{"island":"a","mass":true}])") == "row 1, column 'mass': true is not a number");
  CHECK(message_of(R"([{"island":["a"],"mass":1}])") == "row 1, column 'island': [\"a\"] is not a text");
}

TEST_CASE("what is no list of rows is refused") {
  CHECK(message_of("[]") == "no rows to score");
  CHECK(message_of("[1]") == "row 1: not an object");
  CHECK(message_of("7").starts_with("the body must be a row"));
  CHECK(message_of("{\"island\":").starts_with("body:1:"));
}

TEST_CASE("csv bodies come as a table of text") {
  const auto rows = decode_csv("island,mass\nDream,1\n\"a,b\",2\n");
  REQUIRE(rows.ok());
  CHECK(rows->rows == 2);
  CHECK(rows->batches[0].columns[0]->texts()[1].view() == "a,b");
  CHECK(decode_csv("island,mass\n").error().message == "no rows to score");
}
