#include "table/copy_rows.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::table;

namespace {

std::string first_rows(std::string csv, std::optional<uint64_t> rows_max) {
  ReadOptions options;
  options.batch_rows = 2;
  auto reader = open_reader(std::make_unique<StringSource>(std::move(csv)), "t.csv", options, nullptr);
  StringSink sink;
  auto writer = open_writer(sink, (*reader)->schema(), {});
  REQUIRE(copy_rows(**reader, **writer, rows_max).ok());
  return sink.text();
}

}  // namespace

TEST_CASE("rows are copied up to a limit") {
  CHECK(first_rows("a\n1\n2\n3\n4\n5\n", 3) == "a\n1\n2\n3\n");
  CHECK(first_rows("a\n1\n2\n3\n", 0) == "a\n");
  CHECK(first_rows("a\n1\n2\n3\n", 99) == "a\n1\n2\n3\n");
  CHECK(first_rows("a\n1\n2\n3\n", std::nullopt) == "a\n1\n2\n3\n");
}

TEST_CASE("a stop is noticed between batches") {
  Cancel cancel;
  auto reader = open_reader(std::make_unique<StringSource>("a\n1\n"), "t.csv", {}, &cancel);
  cancel.request();
  CHECK((*reader)->next().error().kind == ErrorKind::interrupted);
}
