// What could make a part of the pivot's output: each edge leads from one offset of the output to a later one. The
// search for a program (concat.h) is a search for a cheap path over such edges that fits the outputs of all examples at
// once.
#pragma once

#include <string>
#include <vector>

#include "synth/region_finder.h"

namespace aml::synth {

struct Edge {
  size_t begin = 0;                 // in the pivot's output
  std::vector<std::string> values;  // what the pieces make, per example; the pivot's is not empty
  std::vector<Piece> pieces;
  int cost = 0;
  // Edges of one reading of a date say the same about the input, so that a second one costs less by `reading_cost`.
  uint32_t reading = 0;  // 0: none
  int reading_cost = 0;
};

struct EdgeTask {
  const Samples& samples;
  size_t pivot = 0;
  std::vector<Source>& sources;
  std::vector<RegionFinder>& finders;  // one per source
};

inline constexpr int kPieceCost = 10;

// Parts of the input as they stand or in another letter case; numbers scaled, rounded, put into bins and written
// anew; dates and times likewise.
void add_text_edges(std::vector<Edge>& edges, const EdgeTask& task);
void add_number_edges(std::vector<Edge>& edges, const EdgeTask& task);
void add_date_edges(std::vector<Edge>& edges, const EdgeTask& task);

// True where a part of an output may begin or end.
std::vector<bool> cuts_of(std::string_view output);

}  // namespace aml::synth
