// Gathers the profile of one column, batch by batch.
#pragma once

#include <array>
#include <map>

#include "table/batch.h"
#include "table/classify.h"
#include "table/profile.h"
#include "table/quantile_sketch.h"

namespace aml::table {

class ColumnProfiler {
 public:
  struct Limits {
    size_t values_max = 0;   // counted exactly
    size_t numbers_max = 0;  // kept for exact quantiles
    size_t top_values = 0;
  };

  ColumnProfiler(std::string name, const Limits& limits);
  void add(const Batch& batch, const Column& column, size_t rows);
  ColumnProfile finish();

 private:
  // Sum and spread by Welford's update: the naive sum of squares loses all digits when mean >> spread.
  struct Moments {
    uint64_t count = 0;
    double mean = 0, squares = 0, min = 0, max = 0;
    void add(double value);
  };
  struct Outlier {
    std::string text;
    std::string place;
  };
  static constexpr size_t kTypes = 6;

  // Appends what is to be counted as a value to `values`.
  void add_text(const Batch& batch, size_t row, std::string_view text, std::vector<std::string_view>& values);
  void add_value(const Batch& batch, size_t row, std::string_view text, const Classified& value);
  void add_number(const Classified& value);
  void note_outlier(const Batch& batch, size_t row, std::string_view text, ColumnType type);
  ColumnType decide_type() const;
  std::optional<Misfit> find_misfit(const ColumnProfile& profile) const;
  void finish_numbers(ColumnProfile& profile);
  void fill_text_values(ColumnProfile& profile);

  std::string name_;
  Limits limits_;
  uint64_t rows_ = 0, missing_ = 0, errors_ = 0;
  std::optional<ColumnType> given_type_;    // of a column that was typed already
  std::array<uint64_t, kTypes> seen_ = {};  // values by narrowest type
  std::map<std::string, uint64_t, std::less<>> missing_words_;
  ValueCounter counter_;  // of the values that are no missing words
  uint64_t characters_min_ = UINT64_MAX, characters_max_ = 0;
  Moments moments_;
  QuantileSketch quantiles_;
  int64_t whole_min_ = INT64_MAX, whole_max_ = INT64_MIN;  // of integers, dates and timestamps, in their own unit
  std::optional<Outlier> first_no_number_, first_no_time_;
};

}  // namespace aml::table
