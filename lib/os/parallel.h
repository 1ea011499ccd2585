// Runs independent pieces of work on a few threads. Which thread takes which piece is not fixed, so a piece must
// write only its own result; merging in piece order afterwards is what keeps results independent of threads.
#pragma once

#include <cstddef>
#include <functional>

namespace aml::os {

// Calls work(0) … work(pieces - 1), each exactly once, on at most `threads` threads (the caller's included), and
// returns when all are done. `work` must not throw.
void parallel_for(size_t pieces, unsigned threads, const std::function<void(size_t)>& work);

}  // namespace aml::os
