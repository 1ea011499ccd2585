// The rows a program is learned from: the examples first, then rows without output that stand for the column. All
// candidate positions are looked at on all of these rows, which tells the ones that hold from those that only fit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "synth/program.h"

namespace aml::synth {

using Cell = std::optional<std::string>;
using Cells = std::vector<Cell>;

struct Example {
  Cells inputs;
  Cell output;
};

// The cells of a row as views.
std::vector<std::optional<std::string_view>> view_of(const Cells& cells);

// Which letters, digits and symbols a text has, runs told once: "Aa9.9" for "Route66.7". Two rows of one shape are
// the same to most programs.
std::string shape_of(std::string_view text);
std::string shape_of(const Cells& cells);  // of a row: the shapes of its cells, apart

// At most `rows_max` rows that show the different shapes of the rows, those of frequent shapes first. Indices into
// `rows`, in ascending order.
std::vector<size_t> choose_rows(const std::vector<Cells>& rows, size_t rows_max);

struct Samples {
  size_t columns = 0;
  size_t examples = 0;               // the first rows
  std::vector<Cells> inputs;         // examples, then unlabelled rows
  std::vector<std::string> outputs;  // one per example

  size_t rows() const { return inputs.size(); }
};

}  // namespace aml::synth
