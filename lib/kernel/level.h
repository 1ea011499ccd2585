// Which instruction set the kernels run with. Every kernel exists once per level, compiled from the same source, and
// gives the same bits on all of them; callers take the best level once and pass it on, tests walk through all.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace aml::kernel {

enum class Level : uint8_t {
  baseline,  // what the whole program is compiled for: x86-64-v2 on x86, the default elsewhere
  avx2,      // AVX2, BMI1, BMI2
  avx512,    // AVX-512 F, DQ, BW, VL
};

Level best_level();                     // the highest this processor and this build have
std::vector<Level> available_levels();  // ascending; baseline is always there

std::string_view name_of(Level level);  // "baseline", "avx2", "avx512"
std::optional<Level> parse_level(std::string_view name);

}  // namespace aml::kernel
