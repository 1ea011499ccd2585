// A second table that a step reads: `file:`, relative to the package, and how it is read, as `source:` of a package
// says it for the first.
#pragma once

#include "prep/step_arguments.h"
#include "source/open.h"

namespace aml::prep {

class OtherTable {
 public:
  // The options 'file' and 'source' of a step.
  static Result<OtherTable> read(const text::Yaml& node, std::string_view step);

  // Errors start with the place of 'file'.
  Result<std::unique_ptr<table::Reader>> open(const source::Context& context) const;

 private:
  PlacedName file_;
  Path path_;
  source::OpenOptions options_;
};

}  // namespace aml::prep
