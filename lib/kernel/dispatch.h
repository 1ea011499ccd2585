// The kernels of one level, as a table of functions. Learners take it once per training and pass it down. The
// records the functions take hold bare pointers (types.h says why); callers check sizes once, before they start.
#pragma once

#include "kernel/level.h"
#include "kernel/types.h"

namespace aml::kernel {

const KernelTable& kernels_of(Level level);  // `level` must be one of available_levels()

}  // namespace aml::kernel
