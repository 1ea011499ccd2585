// Factors between units of measure, for outputs that are inputs in another unit.
#pragma once

#include <vector>

#include "synth/number.h"

namespace aml::synth {

// Between the units of length, mass, volume and area people convert, in both directions, to 18 digits.
const std::vector<Decimal>& unit_factors();

// The shortest decimal near a / b that could have made `a` from `b`, were `a` rounded to its last digit; nothing for 0.
std::optional<Decimal> shortest_ratio(const Decimal& a, const Decimal& b);

}  // namespace aml::synth
