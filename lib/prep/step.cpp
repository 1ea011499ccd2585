#include "prep/step.h"

#include <fmt/format.h>

#include <array>

#include "text/suggest.h"

namespace aml::prep {
namespace {

struct StepKind {
  std::string_view name;
  Result<StepPtr> (*make)(const StepSource&);
};

constexpr std::array kSteps = {
    StepKind{"keep", make_keep_step},
    StepKind{"drop", make_drop_step},
    StepKind{"rename", make_rename_step},
    StepKind{"cast", make_cast_step},
    StepKind{"fill", make_fill_step},
    StepKind{"replace", make_replace_step},
    StepKind{"trim", make_trim_step},
    StepKind{"filter", make_filter_step},
    StepKind{"derive", make_derive_step},
    StepKind{"duplicate", make_duplicate_step},
    StepKind{"split", make_split_step},
    StepKind{"combine", make_combine_step},
    StepKind{"fill_down", make_fill_down_step},
    StepKind{"precision", make_precision_step},
    StepKind{"unpivot", make_unpivot_step},
    StepKind{"take", make_take_step},
    StepKind{"errors", make_errors_step},
    StepKind{"sort", make_sort_step},
    StepKind{"distinct", make_distinct_step},
    StepKind{"summarize", make_summarize_step},
    StepKind{"join", make_join_step},
    StepKind{"append", make_append_step},
    StepKind{"sample", make_sample_step},
    StepKind{"impute", make_impute_step},
    StepKind{"scale", make_scale_step},
    StepKind{"encode", make_encode_step},
    StepKind{"window", make_window_step},
    StepKind{"pivot", make_pivot_step},
    StepKind{"expand_json", make_expand_json_step},
    StepKind{"path", make_path_step},
    StepKind{"first_row_as_header", make_first_row_as_header_step},
    StepKind{"append_columns", make_append_columns_step},
    StepKind{"write", make_write_step},
    StepKind{"script", make_script_step},
    StepKind{"cluster", make_cluster_step},
    StepKind{"derive_by_example", make_derive_by_example_step},
    StepKind{"split_fields", make_split_fields_step},
};

class MapStage final : public Stage {
 public:
  explicit MapStage(const MapStep& step) : step_(step) {}

  Status push(table::Batch batch, Flow& flow) override { return flow.emit(step_.process(batch, flow.failures())); }

 private:
  const MapStep& step_;
};

}  // namespace

StagePtr MapStep::start(const Resources&) const { return std::make_unique<MapStage>(*this); }

Result<StepPtr> make_step(const text::Yaml::Entry& entry, std::string_view document, const Sources& sources) {
  for (const StepKind& kind : kSteps)
    if (kind.name == entry.key) return kind.make({entry.value, document, &sources});
  return Error{
      ErrorKind::bad_data,
      fmt::format("{}:{}:{}: unknown step '{}'", entry.value.name(), entry.key_line, entry.key_column, entry.key),
      text::suggestion_hint(entry.key, step_names())};
}

std::vector<std::string> step_names() {
  std::vector<std::string> names;
  for (const StepKind& kind : kSteps) names.emplace_back(kind.name);
  return names;
}

}  // namespace aml::prep
