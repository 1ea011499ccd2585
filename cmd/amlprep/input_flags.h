// The flags of every command that reads tables.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/session.h"
#include "cli/spec.h"
#include "source/open.h"

namespace aml::amlprep {

class InputFlags {
 public:
  // Appends the flags to those of a command; they point into this object.
  void add_to(std::vector<cli::Flag>& flags);
  Result<source::OpenOptions> options() const;

 private:
  std::optional<std::string> from_;
  std::optional<std::string> separator_;
  std::vector<std::string> missing_;
  std::string ragged_ = "refuse";
  bool has_no_header_ = false;
  std::optional<std::string> sheet_;
  std::optional<std::string> range_;
  bool is_displayed_ = false;
};

// At most one of the FILEs is "-", and then standard input is no terminal.
Status check_standard_input(cli::Session& session, const std::vector<std::string>& files);

// A separator given as text: one byte, or "\t" spelled out.
Result<std::optional<char>> parse_separator(const std::optional<std::string>& text);

}  // namespace aml::amlprep
