#include "table/value_counter.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <set>

#include "base/random.h"

using namespace aml;
using namespace aml::table;

TEST_CASE("values are counted exactly while they fit") {
  ValueCounter counter(100);
  for (const char* text : {"b", "a", "b", "", "c", "c"}) counter.add(text);
  CHECK(counter.is_exact());
  CHECK(counter.distinct() == 4);
  const auto top = counter.top(3);
  REQUIRE(top.size() == 3);
  CHECK(top[0].text == "b");
  CHECK(top[0].count == 2);
  CHECK(top[1].text == "c");
  CHECK(top[2].text == "");
}

TEST_CASE("many values at once count as they do one by one, through growth and purges") {
  std::vector<std::string> texts;
  for (int i = 0; i < 5'000; ++i) texts.push_back(std::to_string(i % 7 == 0 ? i % 70 : i));
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  for (const size_t values_max : {size_t{100'000}, size_t{500}}) {
    CAPTURE(values_max);
    ValueCounter together(values_max), singly(values_max);
    together.add_all(views);
    for (const std::string_view text : views) singly.add(text);
    CHECK(together.is_exact() == singly.is_exact());
    CHECK(together.distinct() == singly.distinct());
    const auto a = together.top(20), b = singly.top(20);
    REQUIRE(a.size() == b.size());
    for (size_t i = 0; i < a.size(); ++i) {
      CHECK(a[i].text == b[i].text);
      CHECK(a[i].count == b[i].count);
    }
  }
}

TEST_CASE("long values that differ at the end are told apart") {
  ValueCounter counter(100);
  const std::string start(1000, 'x');
  counter.add(start + "1");
  counter.add(start + "2");
  counter.add(start + "2");
  CHECK(counter.distinct() == 2);
  CHECK(counter.top(1)[0].count == 2);
  CHECK(counter.top(1)[0].text == std::string(ValueCounter::kTextMax, 'x'));
}

TEST_CASE("the number of different values is estimated within three percent") {
  for (const uint64_t expected : {2'000U, 30'000U, 1'000'000U}) {
    ValueCounter counter(1000);
    for (uint64_t i = 0; i < expected; ++i) counter.add(std::to_string(i * 7919));
    CHECK(!counter.is_exact());
    const double error = std::abs(static_cast<double>(counter.distinct()) / static_cast<double>(expected) - 1);
    CHECK(error < 0.03);
  }
}

TEST_CASE("frequent values are found among many rare ones, with counts that are lower bounds") {
  ValueCounter counter(1000);
  std::map<std::string, uint64_t> exact;
  const Random random(3, 0);
  for (uint64_t i = 0; i < 200'000; ++i) {
    const std::string text = i % 10 == 0   ? "often"
                             : i % 25 == 1 ? "sometimes"
                                           : std::to_string(random.below_at(i, 1'000'000));
    counter.add(text);
    ++exact[text];
  }
  const auto top = counter.top(2);
  REQUIRE(top.size() == 2);
  CHECK(top[0].text == "often");
  CHECK(top[1].text == "sometimes");
  for (const auto& value : top) {
    CHECK(value.count <= exact[value.text]);
    CHECK(value.count > exact[value.text] * 9 / 10);
  }
}

TEST_CASE("hashes of similar texts differ") {
  std::set<uint64_t> hashes;
  for (int size = 0; size < 100; ++size) hashes.insert(hash_text(std::string(static_cast<size_t>(size), '\0')));
  for (int i = 0; i < 10'000; ++i) hashes.insert(hash_text("key" + std::to_string(i)));
  CHECK(hashes.size() == 10'100);
}
