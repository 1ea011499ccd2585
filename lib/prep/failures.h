// The cells that became errors, counted by where and why, with the first of each kind as an example.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
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

// One cell that became an error.
struct Reject {
  std::string_view file;    // empty when not known
  uint64_t line = 0;        // 0: not known
  std::string_view column;  // empty for a condition
  std::string_view step;    // the place of the step: "a.prep.yaml:7:5"
  table::CellProblem problem = table::CellProblem::bad_argument;
  std::string_view text;  // what did not convert; empty when computed
};

class Failures {
 public:
  using OnReject = std::function<void(const Reject&)>;

  // Called for every error counted from now on.
  void listen(OnReject on_reject) { on_reject_ = std::move(on_reject); }

  // The step that works now, for those who listen; returns the one before. The text must outlive the step's work.
  std::string_view enter_step(std::string_view place) { return std::exchange(step_, place); }

  // The errors of `result` in rows where no column of `sources` was an error already: those were counted where they
  // arose. `batch` says where the rows come from.
  void count_column(std::string_view column, const table::Batch& batch, const table::Column& result,
                    const std::vector<table::ColumnPtr>& sources);
  // The same for the answers of a condition, which `subject` names.
  void count_condition(std::string_view subject, const table::Batch& batch, const table::Column& answers);

  const std::vector<FailureKind>& kinds() const { return kinds_; }  // in the order they first appeared
  uint64_t total() const;

 private:
  void count(std::string_view subject, std::string_view column, const table::Batch& batch, const table::Column& result,
             const std::vector<table::ColumnPtr>& sources);
  FailureKind& kind_of(std::string_view subject, table::CellProblem problem);

  std::vector<FailureKind> kinds_;
  OnReject on_reject_;
  std::string_view step_;
};

}  // namespace aml::prep
