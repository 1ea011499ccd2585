// The cells that became errors, counted by where and why, with the first of each kind as an example.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "table/batch.h"

namespace aml::prep {

struct FailureKind {
  std::string subject;  // "column 'year'", "the condition of 'filter'"
  table::CellProblem problem = table::CellProblem::bad_argument;
  uint64_t count = 0;
  std::string first_place = {};  // "penguins.csv:18"
  std::string first_text = {};   // what did not convert; empty when computed
};

// "penguins.csv:18: column 'year' is not a number: 'abc'"
std::string describe_first(const FailureKind& kind);
// "column 'year': 3 cells not_a_number, the first 'abc' at penguins.csv:18"
std::string describe_count(const FailureKind& kind);

class Failures {
 public:
  // The errors of `result` in rows where no column of `sources` was an error already: those were counted where they
  // arose. `batch` says where the rows come from.
  void count(std::string_view subject, const table::Batch& batch, const table::Column& result,
             const std::vector<table::ColumnPtr>& sources);

  const std::vector<FailureKind>& kinds() const { return kinds_; }  // in the order they first appeared
  uint64_t total() const;

 private:
  FailureKind& kind_of(std::string_view subject, table::CellProblem problem);
  std::vector<FailureKind> kinds_;
};

}  // namespace aml::prep
