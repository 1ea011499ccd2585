#include "prep/row_arena.h"

#include <doctest/doctest.h>

#include <cstring>

using namespace aml::prep;

TEST_CASE("pieces of an arena do not overlap, of any size") {
  RowArena arena;
  std::vector<std::pair<char*, size_t>> pieces;
  for (size_t i = 0; i < 2000; ++i) {
    const size_t size = i % 500 == 499 ? 400'000 : i % 50;
    char* const piece = arena.allocate(size);
    if (size > 0) std::memset(piece, static_cast<int>(i % 251), size);
    pieces.emplace_back(piece, size);
  }
  for (size_t i = 0; i < pieces.size(); ++i)
    for (size_t at = 0; at < pieces[i].second; ++at)
      REQUIRE(static_cast<unsigned char>(pieces[i].first[at]) == i % 251);
  CHECK(arena.bytes() >= 4 * 400'000);
  CHECK(arena.bytes() < 4 * 400'000 + (size_t{1} << 20));
}

TEST_CASE("what is pinned outlives clear() and the arena") {
  aml::table::Bytes pin;
  const char* piece = nullptr;
  {
    RowArena arena;
    char* const made = arena.allocate(5);
    std::memcpy(made, "stays", 5);
    piece = made;
    pin = arena.pin();
    arena.clear();
    CHECK(arena.bytes() == 0);
    std::memcpy(arena.allocate(5), "other", 5);
  }
  CHECK(std::string_view(piece, 5) == "stays");
}

TEST_CASE("a small arena takes little") {
  RowArena arena;
  arena.allocate(10);
  CHECK(arena.bytes() == 4096);
}
