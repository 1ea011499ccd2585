// Two tables side by side, column by column on common axes: before and after a step, last month and this month.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inspect/drift.h"
#include "inspect/inspection.h"
#include "inspect/svg_chart.h"
#include "table/profile_text.h"

namespace aml::inspect {

struct ColumnComparison {
  ColumnDrift drift;  // from the first table to the second
  const table::ColumnProfile* before = nullptr;
  const table::ColumnProfile* after = nullptr;
  HistogramChart chart;  // with two series; no bins where there is nothing to draw
};

struct TableComparison {
  const TableInspection* before = nullptr;
  const TableInspection* after = nullptr;
  std::vector<ColumnComparison> columns;
};

// What is returned points into both, which must outlive it.
TableComparison compare_tables(const TableInspection& before, const TableInspection& after);

std::vector<std::string> comparison_lines(const TableComparison& comparison, const table::ProfileStyle& style);
text::Fields describe(const TableComparison& comparison, const ColumnComparison& column);

}  // namespace aml::inspect
