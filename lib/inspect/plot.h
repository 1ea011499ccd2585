// One column over another: a cloud of points, or the mean over time where the horizontal column is a date.
#pragma once

#include <string>
#include <vector>

#include "inspect/inspection.h"
#include "inspect/svg_chart.h"
#include "table/profile_text.h"

namespace aml::inspect {

struct Plot {
  Points points;
  PointStyle style = PointStyle::dots;
};

// Of the rows of the sample where both columns have a number or a date.
Result<Plot> plot_columns(const TableInspection& table, std::string_view x, std::string_view y);

std::vector<std::string> plot_lines(const Plot& plot, const table::ProfileStyle& style);

}  // namespace aml::inspect
