// The profile of a table together with what is found by looking closer at a sample of its rows: what each column is for
// a learner, which patterns its values follow, its box plot, correlations, and findings. `amlprep profile` prints it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inspect/correlation.h"
#include "inspect/feature_type.h"
#include "inspect/finding.h"
#include "inspect/value_pattern.h"
#include "table/profile.h"

namespace aml::inspect {

struct InspectOptions {
  table::ProfileOptions profile;
  size_t sample_rows = 10'000;
  size_t patterns_max = 5;
  uint64_t seed = 0;
};

// Tukey's: the whiskers end at the last values within 1.5 interquartile ranges of the quartiles.
struct BoxPlot {
  double low = 0, q25 = 0, median = 0, q75 = 0, high = 0;
  uint64_t below = 0, above = 0;  // values of the sample beyond the whiskers
};

struct ColumnInspection {
  FeatureType feature_type = FeatureType::empty;
  ValuePatterns patterns;
  std::optional<BoxPlot> box = {};
  std::vector<Finding> findings = {};
};

struct TableInspection {
  table::TableProfile profile;
  std::vector<ColumnInspection> columns;  // as many as the profile has
  CorrelationMatrix correlations;         // of at most kCorrelatedMax columns
  uint64_t rows_sampled = 0;
  table::Batch sample;  // the rows, as text

  bool sample_is_all() const { return rows_sampled == profile.rows; }
};
inline constexpr size_t kCorrelatedMax = 64;

Result<TableInspection> inspect_table(table::Reader& reader, std::string source, const InspectOptions& options);

// table::describe() and the keys of the inspection.
text::Fields describe(const TableInspection& table, size_t column);

// One record per pair of numeric columns.
std::vector<text::Fields> describe_correlations(const TableInspection& table);

// The values of a column of the sample as numbers; dates as seconds since 1970; NaN for anything else.
std::vector<double> numbers_of(const table::Column& column, table::ColumnType type);

}  // namespace aml::inspect
