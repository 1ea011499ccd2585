#include "kernel/level.h"

namespace aml::kernel {
namespace {

bool is_available(Level level) {
  if (level == Level::baseline) return true;
#if AML_KERNEL_X86_LEVELS
  // The compiler's own cpuid table, which also knows whether the system saves the wide registers.
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  if (level == Level::avx2) return avx2;
  return avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
#else
  return false;
#endif
}

}  // namespace

std::vector<Level> available_levels() {
  std::vector<Level> levels;
  for (const Level level : {Level::baseline, Level::avx2, Level::avx512})
    if (is_available(level)) levels.push_back(level);
  return levels;
}

Level best_level() { return available_levels().back(); }

std::string_view name_of(Level level) {
  switch (level) {
    case Level::baseline: return "baseline";
    case Level::avx2: return "avx2";
    case Level::avx512: return "avx512";
  }
  return "baseline";
}

std::optional<Level> parse_level(std::string_view name) {
  for (const Level level : {Level::baseline, Level::avx2, Level::avx512})
    if (name_of(level) == name) return level;
  return std::nullopt;
}

}  // namespace aml::kernel
