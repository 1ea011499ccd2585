// What `amlrun train` asks and its payload answers: the same flags on both sides of the recorder.
#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "cli/spec.h"
#include "learn/train.h"
#include "store/run_spec.h"
#include "table/reader.h"

namespace aml::amlrun {

class TrainFlags {
 public:
  void add_to(std::vector<cli::Flag>& flags);

  // Learner and parameters are checked here, so that a mistyped name fails before anything is started.
  Result<learn::TrainOptions> options(const cli::Session& session, const std::vector<store::Param>& params) const;
  table::ReadOptions read_options() const;

  std::vector<std::string> words() const;    // the flags again, for the payload's command line
  std::vector<store::Param> params() const;  // what a run's record says besides the learner's own parameters

 private:
  std::string label_;
  std::string learner_ = "fast_trees";
  std::vector<std::string> columns_;
  std::vector<std::string> drop_;
  std::vector<std::string> missing_;
  std::string ragged_ = "refuse";
  double validation_ = 0.2;
};

}  // namespace aml::amlrun
