// Sorts numbers by their bits, a byte at a time (least significant digit radix sort): for some thousands of numbers
// several times faster than comparing them.
#pragma once

#include <span>

namespace aml::kernel {

// Ascending, -0 before 0; no value is NaN. `scratch` has the same size.
void sort_numbers(std::span<double> values, std::span<double> scratch);

}  // namespace aml::kernel
