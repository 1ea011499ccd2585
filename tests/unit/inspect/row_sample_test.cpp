#include "inspect/row_sample.h"

#include <doctest/doctest.h>

#include "table/reader.h"

using namespace aml;
using namespace aml::inspect;

namespace {

std::vector<std::string> sampled(std::string csv, size_t batch_rows, const RowSample::Limits& limits,
                                 uint64_t seed = 7) {
  table::ReadOptions options;
  options.batch_rows = batch_rows;
  auto reader = table::open_reader(std::make_unique<StringSource>(std::move(csv)), "t.csv", options, nullptr);
  REQUIRE(reader.ok());
  RowSample sample((*reader)->schema(), seed, limits);
  for (auto batch = (*reader)->next(); batch.ok() && batch->has_value(); batch = (*reader)->next())
    sample.add(**batch, (*batch)->rows);
  const table::Batch rows = sample.take();
  std::vector<std::string> lines;
  for (size_t row = 0; row < rows.rows; ++row) {
    std::string line;
    for (const table::ColumnPtr& column : rows.columns) {
      line += column->is_missing(row) ? "(missing)" : "";
      column->append_text(line, row);
      line += '|';
    }
    lines.push_back(line);
  }
  return lines;
}

std::string numbered(int rows) {
  std::string csv = "a,b\n";
  for (int i = 0; i < rows; ++i) csv += std::to_string(i) + ",x" + std::to_string(i) + "\n";
  return csv;
}

}  // namespace

TEST_CASE("a sample larger than the table is the table") {
  CHECK(sampled("a,b\n1,\n\"\",z\n", 4096, {}) == std::vector<std::string>{"1|(missing)|", "|z|"});
}

TEST_CASE("a sample does not depend on how the rows were batched") {
  const std::string csv = numbered(5000);
  const auto expected = sampled(csv, 4096, {.rows = 100});
  CHECK(expected.size() == 100);
  for (const size_t batch_rows : {size_t{1}, size_t{7}, size_t{1000}})
    CHECK(sampled(csv, batch_rows, {.rows = 100}) == expected);
  CHECK(sampled(csv, 4096, {.rows = 100}, 8) != expected);
}

TEST_CASE("sampled rows stay in order and are spread over the table") {
  const auto lines = sampled(numbered(5000), 4096, {.rows = 200});
  double sum = 0;
  int last = -1;
  for (const std::string& line : lines) {
    const int number = std::stoi(line);
    CHECK(number > last);
    last = number;
    sum += number;
  }
  CHECK(sum / 200 == doctest::Approx(2500).epsilon(0.1));
}

TEST_CASE("a sample of wide rows has fewer of them, and cuts long cells") {
  std::string csv = "a\n";
  for (int i = 0; i < 1000; ++i) csv += std::string(5000, 'x') + "\n";
  const auto lines = sampled(csv, 4096, {.rows = 1000, .bytes = 50'000, .cell_bytes = 1000});
  CHECK(lines.size() <= 50);
  CHECK(lines.size() >= 12);
  CHECK(lines[0].size() == 1001);
}
