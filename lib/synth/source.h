// A column as the learner sees it, after a filter: its text on every sample row.
#pragma once

#include <vector>

#include "synth/samples.h"

namespace aml::synth {

struct Source {
  size_t column = 0;
  Filter filter = {};
  std::vector<Cell> texts;       // one per sample row
  bool is_fixed_length = false;  // all texts have the same number of characters
};

// The columns themselves, then the filtered ones that could make a part of an output.
std::vector<Source> make_sources(const Samples& samples);

// The signs and blanks of ASCII that a text has, each once, in their order.
std::string distinct_symbols(std::string_view text);

}  // namespace aml::synth
