#include "kernel/dispatch.h"

#include <algorithm>

#include "base/check.h"

namespace aml::kernel {
namespace baseline {
extern const KernelTable kTable;
}
#if AML_KERNEL_X86_LEVELS
namespace avx2 {
extern const KernelTable kTable;
}
namespace avx512 {
extern const KernelTable kTable;
}
#endif

const KernelTable& kernels_of(Level level) {
  const std::vector<Level> levels = available_levels();
  AML_CHECK(std::find(levels.begin(), levels.end(), level) != levels.end());
#if AML_KERNEL_X86_LEVELS
  if (level == Level::avx512) return avx512::kTable;
  if (level == Level::avx2) return avx2::kTable;
#endif
  return baseline::kTable;
}

}  // namespace aml::kernel
