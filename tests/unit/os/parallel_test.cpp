#include "os/parallel.h"

#include <doctest/doctest.h>

#include <atomic>
#include <vector>

TEST_CASE("every piece is worked on exactly once, by any number of threads") {
  for (const unsigned threads : {0U, 1U, 2U, 7U}) {
    std::vector<std::atomic<int>> counts(1000);
    aml::os::parallel_for(counts.size(), threads, [&](size_t piece) { counts[piece].fetch_add(1); });
    for (const auto& count : counts) CHECK(count.load() == 1);
  }
  aml::os::parallel_for(0, 4, [](size_t) { FAIL("there is nothing to do"); });
}
