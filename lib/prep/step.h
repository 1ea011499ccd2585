// One step of a package: columns in, columns out. A step is made from its YAML, bound once to the columns it will
// meet, and then handed batch after batch; process() changes nothing in it, so that workers may share a step.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "prep/failures.h"
#include "table/batch.h"
#include "text/yaml.h"

namespace aml::prep {

class Step {
 public:
  virtual ~Step() = default;

  // Checks the step against the columns before it and returns those after it.
  virtual Result<table::SchemaPtr> bind(const table::SchemaPtr& input) = 0;

  // `batch` has the columns given to bind(), the result those it returned. New error cells go to `failures`.
  virtual table::Batch process(const table::Batch& batch, Failures& failures) const = 0;
};

using StepPtr = std::unique_ptr<Step>;

// A step as it stands in the file: `- keep: [a, b]`.
struct StepSource {
  const text::Yaml& arguments;
  std::string_view document;  // the whole text of the package
};

Result<StepPtr> make_keep_step(const StepSource& source);
Result<StepPtr> make_drop_step(const StepSource& source);
Result<StepPtr> make_rename_step(const StepSource& source);
Result<StepPtr> make_cast_step(const StepSource& source);
Result<StepPtr> make_fill_step(const StepSource& source);
Result<StepPtr> make_replace_step(const StepSource& source);
Result<StepPtr> make_trim_step(const StepSource& source);
Result<StepPtr> make_filter_step(const StepSource& source);
Result<StepPtr> make_derive_step(const StepSource& source);

// The maker of the step that `entry` names; an unknown name is bad_data with its place and the nearest known one.
Result<StepPtr> make_step(const text::Yaml::Entry& entry, std::string_view document);

std::vector<std::string> step_names();

}  // namespace aml::prep
