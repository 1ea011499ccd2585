// The search for pieces that, one behind the other, make the outputs of all examples.
#pragma once

#include <vector>

#include "synth/edges.h"

namespace aml::synth {

struct Candidate {
  std::vector<Piece> pieces;
  int cost = 0;
};

// The cheapest rows of pieces, at most `count`, the cheapest first. Literals are tried between the edges wherever all
// outputs agree.
std::vector<Candidate> find_concats(const Samples& samples, size_t pivot, const std::vector<Edge>& edges, size_t count);

}  // namespace aml::synth
