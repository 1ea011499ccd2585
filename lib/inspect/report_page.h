// An inspection as one HTML page that needs nothing else: charts are inline SVG, there is no script, and colours follow
// the reader's light or dark screen. Whatever stands in the data, it is shown as text.
#pragma once

#include <string>

#include "inspect/comparison.h"
#include "inspect/inspection.h"
#include "inspect/svg_chart.h"

namespace aml::inspect {

struct PageOptions {
  const TableComparison* comparison = nullptr;  // of an earlier table with this one; null for none
  std::vector<Points> plots = {};               // asked for
  PointStyle plot_style = PointStyle::dots;
};

std::string report_page(const TableInspection& table, const PageOptions& options);

}  // namespace aml::inspect
