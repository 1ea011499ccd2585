#include "kernel/elementwise.h"

#include <doctest/doctest.h>

#include <vector>

using namespace aml::kernel;

TEST_CASE("map_cells applies a function to every row") {
  const std::vector<double> a = {1, 2, 3}, b = {10, 20, 30};
  std::vector<double> out(3);
  map_cells(
      std::span<double>(out), [](double x, double y) { return x + y; }, std::span<const double>(a),
      std::span<const double>(b));
  CHECK(out == std::vector<double>{11, 22, 33});
}

TEST_CASE("set_bits leaves the bits past the last row clear") {
  for (const size_t rows : {0U, 1U, 63U, 64U, 65U, 128U, 130U}) {
    std::vector<uint64_t> words(bitmap_words(rows), 0x5555);
    set_bits(words, rows);
    size_t count = 0;
    for_each_bit(words, [&](size_t i) {
      CHECK(i == count);
      ++count;
    });
    CHECK(count == rows);
  }
}

TEST_CASE("single bits are set, tested, cleared and intersected") {
  std::vector<uint64_t> words(2, 0), other(3, 0);
  set_bit(words, 3);
  set_bit(words, 100);
  set_bit(other, 100);
  set_bit(other, 150);
  CHECK(test_bit(words, 3));
  CHECK(!test_bit(words, 4));
  and_bits(words, other);
  CHECK(!test_bit(words, 3));
  CHECK(test_bit(words, 100));
  clear_bit(words, 100);
  CHECK(words == std::vector<uint64_t>{0, 0});
}
