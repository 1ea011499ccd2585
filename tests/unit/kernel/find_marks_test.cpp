#include "kernel/find_marks.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/random.h"

using aml::kernel::find_marks;
using aml::kernel::has_mark;
using aml::kernel::Marks;

namespace {

std::vector<uint32_t> found(std::string_view text, Marks marks) {
  std::vector<uint32_t> places(text.size() + aml::kernel::kMarkSlack);
  places.resize(find_marks(text, marks, places));
  return places;
}

std::vector<uint32_t> expected(std::string_view text, Marks marks) {
  std::vector<uint32_t> places;
  for (size_t i = 0; i < text.size(); ++i)
    if (text[i] == marks.first || text[i] == marks.second || text[i] == marks.third || text[i] == marks.fourth)
      places.push_back(static_cast<uint32_t>(i));
  return places;
}

}  // namespace

TEST_CASE("marks are found at every place of every length") {
  const Marks marks{',', '"', '\n', '\xff'};
  const aml::Random random(1, 0);
  for (size_t size = 0; size < 300; ++size) {
    std::string text;
    for (size_t i = 0; i < size; ++i) text.push_back("ab,c\"\n\xff "[random.below_at(size * 1000 + i, 8)]);
    CHECK(found(text, marks) == expected(text, marks));
  }
}

TEST_CASE("a mark is noticed wherever it stands, and nothing else is") {
  const Marks marks{',', '"', '\n', '\xff'};
  for (size_t size = 0; size < 70; ++size) {
    std::string text(size, 'x');
    CHECK(!has_mark(text, marks));
    for (size_t at = 0; at < size; ++at) {
      text[at] = at % 2 == 0 ? '\xff' : ',';
      CHECK(has_mark(text, marks));
      text[at] = 'x';
    }
  }
}

TEST_CASE("a text of nothing but marks and one without any") {
  CHECK(found(std::string(200, ','), {',', ',', ',', ','}).size() == 200);
  CHECK(found(std::string(200, 'x'), {',', ',', ',', ','}).empty());
}
