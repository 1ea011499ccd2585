#include "synth/samples.h"

#include <doctest/doctest.h>

using namespace aml::synth;

TEST_CASE("a shape tells letters, digits and signs, runs once") {
  CHECK(shape_of("Route66.7 é") == "Aa9.9 a");
  CHECK(shape_of("") == "");
}

TEST_CASE("chosen rows show every shape before one twice") {
  const std::vector<Cells> rows = {{"ab"}, {"cd"}, {"ef"}, {"12"}, {std::nullopt}, {"gh"}};
  CHECK(choose_rows(rows, 3) == std::vector<size_t>{0, 3, 4});
  CHECK(choose_rows(rows, 4) == std::vector<size_t>{0, 1, 3, 4});
  CHECK(choose_rows(rows, 100).size() == 6);
  CHECK(choose_rows({}, 3).empty());
}
