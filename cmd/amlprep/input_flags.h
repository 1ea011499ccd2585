// The flags of every command that reads tables: one for each option of a source.
#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "cli/spec.h"
#include "prep/reject_file.h"
#include "source/open.h"

namespace aml::amlprep {

class InputFlags {
 public:
  InputFlags();

  // Appends the flags to those of a command; they point into this object.
  void add_to(std::vector<cli::Flag>& flags);

  // Puts what was given over `options`.
  Status apply_to(source::OpenOptions& options) const;
  Result<source::OpenOptions> options() const;

 private:
  // One of each per option of a source, in their order; an option uses the one that fits it.
  std::vector<std::optional<std::string>> values_;
  std::vector<std::vector<std::string>> lists_;
  std::unique_ptr<bool[]> switches_;
};

// At most one of the FILEs is "-", and then standard input is no terminal.
Status check_standard_input(cli::Session& session, const std::vector<std::string>& files);

// How many records Ragged::reject left out, if any.
void warn_of_records(cli::Session& session, const prep::RejectFile& rejects);

}  // namespace aml::amlprep
