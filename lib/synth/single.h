// Programs without branches: pieces that make the outputs of all examples of a group.
#pragma once

#include <vector>

#include "synth/concat.h"

namespace aml::synth {

// The cheapest, at most `count`. `rows` are unlabelled rows of the group.
std::vector<Candidate> learn_single(const std::vector<const Example*>& examples, const std::vector<const Cells*>& rows,
                                    size_t count);

}  // namespace aml::synth
