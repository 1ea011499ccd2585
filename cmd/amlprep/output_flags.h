// The flags of every command that writes a table.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/session.h"
#include "cli/spec.h"
#include "source/create.h"

namespace aml::amlprep {

class OutputFlags {
 public:
  // Appends the flags to those of a command; they point into this object.
  void add_to(std::vector<cli::Flag>& flags);
  Result<source::CreateOptions> options() const;

  // Into what -o names, or standard output; the name's ending decides what no flag says.
  Result<std::unique_ptr<table::Writer>> create(cli::Session& session, table::SchemaPtr schema) const;

 private:
  std::optional<std::string> to_;
  std::optional<std::string> separator_;
  std::string missing_;
  bool all_strings_ = false;
};

}  // namespace aml::amlprep
