// A second table that a step reads: `file:`, relative to the package, and how it is read, as `source:` of a package
// says it for the first; or `source:` alone with the name of a source of the package.
#pragma once

#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {

class OtherTable {
 public:
  // The options 'file' and 'source' of a step.
  static Result<OtherTable> read(const StepSource& step, std::string_view step_name);

  // Errors start with the place of 'file', or of the name of the source.
  Result<std::unique_ptr<table::Reader>> open(const Cancel* cancel) const;

 private:
  std::string place_;
  std::vector<std::string> inputs_;
  source::OpenOptions options_;
  source::Context context_;
};

}  // namespace aml::prep
