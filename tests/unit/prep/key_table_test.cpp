#include "prep/key_table.h"

#include <doctest/doctest.h>

#include <string>

using aml::prep::KeyTable;

TEST_CASE("keys are numbered in the order they came and found again") {
  KeyTable table;
  for (int i = 0; i < 5000; ++i) {
    const KeyTable::Found found = table.insert("key " + std::to_string(i));
    REQUIRE(found.is_new);
    REQUIRE(found.index == static_cast<uint32_t>(i));
  }
  CHECK(table.insert("key 4321").index == 4321);
  CHECK(!table.insert("key 4321").is_new);
  CHECK(table.find("key 17") == 17U);
  CHECK(!table.find("key"));
  CHECK(table.insert("").is_new);
  CHECK(table.find("") == 5000U);
  CHECK(table.size() == 5001);
  CHECK(table.bytes() > 5000 * 24);
}
