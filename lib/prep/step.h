// One step of a package: columns in, columns out. A step is made from its YAML and bound once to the columns it will
// meet; after that nothing in it changes, so that workers may share it. Most steps make each batch from one batch and
// are a MapStep. A step that holds rows back, counts them or reads another table is a Step with a Stage of its own.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "prep/sources.h"
#include "prep/stage.h"
#include "text/yaml.h"

namespace aml::prep {

class Step {
 public:
  virtual ~Step() = default;

  // Checks the step against the columns before it and returns those after it.
  virtual Result<table::SchemaPtr> bind(const table::SchemaPtr& input) = 0;

  // A run of the bound step, which outlives it. Cheap: files are opened and memory is taken when rows come.
  virtual StagePtr start(const Resources& resources) const = 0;
};

class MapStep : public Step {
 public:
  // `batch` has the columns given to bind(), the result those it returned. New error cells go to `failures`.
  virtual table::Batch process(const table::Batch& batch, Failures& failures) const = 0;

  StagePtr start(const Resources& resources) const final;
};

using StepPtr = std::unique_ptr<Step>;

// A step as it stands in the file: `- keep: [a, b]`.
struct StepSource {
  const text::Yaml& arguments;
  std::string_view document;         // the whole text of the package
  const Sources* sources = nullptr;  // those the package names; null: none
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
Result<StepPtr> make_derive_by_example_step(const StepSource& source);
Result<StepPtr> make_duplicate_step(const StepSource& source);
Result<StepPtr> make_split_step(const StepSource& source);
Result<StepPtr> make_split_fields_step(const StepSource& source);
Result<StepPtr> make_combine_step(const StepSource& source);
Result<StepPtr> make_fill_down_step(const StepSource& source);
Result<StepPtr> make_precision_step(const StepSource& source);
Result<StepPtr> make_unpivot_step(const StepSource& source);
Result<StepPtr> make_take_step(const StepSource& source);
Result<StepPtr> make_errors_step(const StepSource& source);
Result<StepPtr> make_sort_step(const StepSource& source);
Result<StepPtr> make_distinct_step(const StepSource& source);
Result<StepPtr> make_summarize_step(const StepSource& source);
Result<StepPtr> make_join_step(const StepSource& source);
Result<StepPtr> make_append_step(const StepSource& source);
Result<StepPtr> make_sample_step(const StepSource& source);
Result<StepPtr> make_impute_step(const StepSource& source);
Result<StepPtr> make_scale_step(const StepSource& source);
Result<StepPtr> make_encode_step(const StepSource& source);
Result<StepPtr> make_window_step(const StepSource& source);
Result<StepPtr> make_pivot_step(const StepSource& source);
Result<StepPtr> make_expand_json_step(const StepSource& source);
Result<StepPtr> make_path_step(const StepSource& source);
Result<StepPtr> make_first_row_as_header_step(const StepSource& source);
Result<StepPtr> make_append_columns_step(const StepSource& source);
Result<StepPtr> make_write_step(const StepSource& source);
Result<StepPtr> make_script_step(const StepSource& source);
Result<StepPtr> make_cluster_step(const StepSource& source);

// The maker of the step that `entry` names; an unknown name is bad_data with its place and the nearest known one.
Result<StepPtr> make_step(const text::Yaml::Entry& entry, std::string_view document, const Sources& sources);

std::vector<std::string> step_names();

}  // namespace aml::prep
