#include "synth/split.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace aml::synth;

namespace {

std::string fields(const std::vector<Cell>& rows, size_t row = 0) {
  const auto program = learn_split(rows);
  if (!program) return "no program";
  const auto found = split_fields(*program, *rows[row]);
  return found ? fmt::format("{}", fmt::join(*found, "|")) : "does not fit";
}

}  // namespace

TEST_CASE("an address of four numbers is four fields") {
  CHECK(fields({"192.168.0.102", "10.0.0.1", "172.16.254.3"}) == "192|168|0|102");
}

TEST_CASE("times stay whole beside hyphens, commas and colons") {
  CHECK(fields({"Monday - Friday: 7:00 am - 6:00 pm,Saturday: 9:00 am - 5:00 pm,Sunday: Closed",
                "Monday - Friday: 8:30 am - 7:30 pm,Saturday: 8:00 am - 7:30 pm,Sunday: Closed"}) ==
        "Monday|Friday|7:00 am|6:00 pm|Saturday|9:00 am|5:00 pm|Sunday|Closed");
}

TEST_CASE("letters and digits are cut where nothing else separates") {
  CHECK(fields({"OFOX9224", "ZA96388", "S9650"}) == "OFOX|9224");
}

TEST_CASE("a blank in front of a name of several words is one cut") {
  CHECK(fields({"46490 NORTH DAKOTA", "75259 ILLINOIS", "88906 Harper County, NE"}) == "46490|NORTH DAKOTA");
}

TEST_CASE("columns of blanks are fields of fixed width") {
  CHECK(fields({"ab   1  ", "abcd 22 ", "a    333"}) == "ab   |1  ");
}

TEST_CASE("a row without the cuts does not fit") {
  std::vector<Cell> rows(40, Cell("a,b"));
  rows.push_back("heading");
  CHECK(fields(rows) == "a|b");
  CHECK(fields(rows, 40) == "does not fit");
}

TEST_CASE("rows with nothing in common are not split") {
  CHECK(fields({"abc", "de", "f"}) == "no program");
  CHECK(!learn_split({}));
  CHECK(!learn_split({std::nullopt, ""}));
}

TEST_CASE("fields and separators joined are the text") {
  const std::vector<Cell> rows = {"(-27.75,87.49)", "(-27.9,87.3)"};
  const auto parts = split_parts(*learn_split(rows), *rows[0]);
  REQUIRE(parts.has_value());
  CHECK(fmt::format("{}", fmt::join(*parts, "")) == *rows[0]);
}
