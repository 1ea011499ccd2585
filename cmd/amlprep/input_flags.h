// The flags of every command that reads tables.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/spec.h"
#include "table/reader.h"

namespace aml::amlprep {

class InputFlags {
 public:
  // Appends the flags to those of a command; they point into this object.
  void add_to(std::vector<cli::Flag>& flags);
  Result<table::ReadOptions> options() const;

 private:
  std::optional<std::string> from_;
  std::optional<std::string> separator_;
  std::vector<std::string> missing_;
  std::string ragged_ = "refuse";
  bool has_no_header_ = false;
};

// FILE… as paths; at most one of them is "-".
Result<std::vector<Path>> input_paths(const std::vector<std::string>& names);

// A separator given as text: one byte, or "\t" spelled out.
Result<std::optional<char>> parse_separator(const std::optional<std::string>& text);

}  // namespace aml::amlprep
