// An inspection for people to read in a terminal.
#pragma once

#include <string>
#include <vector>

#include "inspect/inspection.h"
#include "table/profile_text.h"

namespace aml::inspect {

// The lines of the profile, and below each column what was found in the sample. Without line ends.
std::vector<std::string> inspection_lines(const TableInspection& table, const table::ProfileStyle& style);

// A triangle of coefficients: Pearson's below the diagonal, Spearman's above.
std::vector<std::string> correlation_lines(const CorrelationMatrix& matrix, const table::ProfileStyle& style);

// "2700 |----[==|===]-----| 6300", `columns` wide between the whiskers.
std::string box_line(const BoxPlot& box, size_t columns, table::Glyphs glyphs);

// "all rows", or "a sample of 10000 rows": what the closer look was at.
std::string describe_sample(const TableInspection& table);

}  // namespace aml::inspect
