// The flags of every command that writes a table.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/spec.h"
#include "table/writer.h"

namespace aml::amlprep {

class OutputFlags {
 public:
  // Appends the flags to those of a command; they point into this object.
  void add_to(std::vector<cli::Flag>& flags);
  Result<table::WriteOptions> options() const;

 private:
  std::string to_ = "csv";
  std::optional<std::string> separator_;
  std::string missing_;
  bool all_strings_ = false;
};

}  // namespace aml::amlprep
