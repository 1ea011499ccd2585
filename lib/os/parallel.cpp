#include "os/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace aml::os {

void parallel_for(size_t pieces, unsigned threads, const std::function<void(size_t)>& work) {
  std::atomic<size_t> next{0};
  const auto take_pieces = [&] {
    for (size_t piece = next.fetch_add(1); piece < pieces; piece = next.fetch_add(1)) work(piece);
  };
  const size_t helpers = pieces == 0 ? 0 : std::min<size_t>(std::max(threads, 1U), pieces) - 1;
  std::vector<std::jthread> pool;
  pool.reserve(helpers);
  for (size_t i = 0; i < helpers; ++i) pool.emplace_back(take_pieces);
  take_pieces();
}

}  // namespace aml::os
