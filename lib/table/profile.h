// What is in a table, found in one pass in bounded memory: per column its type, what is missing, how many different
// values, the frequent ones, range, moments, quantiles and a histogram. Nothing in the data is changed; what cannot be
// exact any more says so. The same rows give the same profile.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "table/reader.h"
#include "table/value_counter.h"
#include "text/fields.h"

namespace aml::table {

struct ProfileOptions {
  std::optional<uint64_t> rows_max;  // look at the first rows only
  size_t top_values = 5;
  // Bounds of what is exact, for the whole table; each column gets its share.
  size_t values_max = 2'000'000;
  size_t numbers_max = 8'000'000;
  // Sees the first `rows` rows of each batch, which are those that count.
  std::function<void(const Batch& batch, size_t rows)> on_batch = {};
};

// Equal bins from the smallest to the largest value; the width is Scott's rule (1979), at most kBinsMax bins.
struct Histogram {
  static constexpr size_t kBinsMax = 24;
  double begin = 0;
  double bin_width = 0;
  std::vector<uint64_t> counts;
};

// Of numbers, and of dates and timestamps as seconds since 1970.
struct NumberProfile {
  double min = 0;
  double max = 0;
  double mean = 0;
  std::optional<double> sd = {};  // of the sample (n - 1); none for a single value
  double q05 = 0, q25 = 0, median = 0, q75 = 0, q95 = 0;
  bool is_exact = true;  // the quantiles and the histogram; the rest always is
  Histogram histogram;
};

// Nearly all values of a text column are of one type: the first that is not.
struct Misfit {
  ColumnType type = ColumnType::text;
  uint64_t fitting = 0;
  std::string text;   // cut to ValueCounter::kTextMax bytes
  std::string place;  // "a.csv:18"
};

struct ColumnProfile {
  std::string name;
  ColumnType type = ColumnType::text;  // the narrowest that fits all values
  uint64_t rows = 0;
  uint64_t values = 0;
  uint64_t missing = 0;  // in a column that is not text, words such as NA count as missing
  std::vector<ValueCounter::Value> missing_words = {};  // that occur; in a text column they are values as well
  uint64_t errors = 0;
  uint64_t distinct = 0;
  bool is_distinct_exact = true;                    // else within about 1 %, and the counts of `top` are lower bounds
  std::vector<ValueCounter::Value> top = {};        // most frequent first
  uint64_t characters_min = 0, characters_max = 0;  // of text columns
  std::optional<NumberProfile> numbers = {};
  std::optional<std::string> min = {}, max = {};  // as the column's type writes them, not of text columns
  std::optional<Misfit> misfit = {};
};

struct TableProfile {
  std::string source;
  uint64_t rows = 0;
  bool is_complete = true;  // false: rows_max ended it and there are more
  std::vector<ColumnProfile> columns;
};

Result<TableProfile> profile_table(Reader& reader, std::string source, const ProfileOptions& options);

// One record per column for --json and --tsv.
text::Fields describe(const TableProfile& table, const ColumnProfile& column);

}  // namespace aml::table
