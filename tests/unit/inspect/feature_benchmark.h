// SortingHat's labelled columns: statistics and five values each, with what people say the column is.
#pragma once

#include <fcntl.h>

#include <algorithm>
#include <string>
#include <vector>

#include "inspect/feature_type.h"
#include "os/file.h"
#include "table/classify.h"
#include "table/reader.h"
#include "table/value_counter.h"
#include "text/numbers.h"

namespace aml::inspect::testing {

struct LabelledColumn {
  std::string name, file, label;
  std::vector<std::string> samples;
  FeatureEvidence statistics;  // without the views

  FeatureEvidence evidence(std::vector<std::string_view>& views) const {
    FeatureEvidence result = statistics;
    result.name = name;
    views.assign(samples.begin(), samples.end());
    result.samples = views;
    return result;
  }
};

inline double number_or_zero(const std::string& text) { return text::parse_double(text).value_or(0); }

inline Result<std::vector<LabelledColumn>> read_labelled_columns(const Path& path) {
  auto source = std::make_unique<os::FdSource>(TRY(os::open_file(path, O_RDONLY)), path.string());
  const auto reader = TRY(table::open_reader(std::move(source), path.string(), {}, nullptr));
  std::vector<LabelledColumn> columns;
  while (const auto batch = TRY(reader->next())) {
    for (size_t row = 0; row < batch->rows; ++row) {
      const auto cell = [&](std::string_view name) {
        std::string text;
        batch->columns[batch->schema->find(name).value_or(0)]->append_text(text, row);
        return text;
      };
      LabelledColumn column{cell("Attribute_name"), cell("Record_id"), cell("y_act"), {}, {}};
      for (const char* name : {"sample_1", "sample_2", "sample_3", "sample_4", "sample_5"}) {
        const std::string text(table::trim(cell(name)));
        const bool is_new = std::find(column.samples.begin(), column.samples.end(), text) == column.samples.end();
        if (is_new && !text.empty() && !table::is_missing_word(text)) column.samples.push_back(text);
      }
      FeatureEvidence& statistics = column.statistics;
      statistics.rows = static_cast<uint64_t>(number_or_zero(cell("total_vals")));
      statistics.missing = static_cast<uint64_t>(number_or_zero(cell("num_nans")));
      statistics.distinct = static_cast<uint64_t>(number_or_zero(cell("num_of_dist_val")));
      statistics.min = number_or_zero(cell("min_val"));
      statistics.max = number_or_zero(cell("max_val"));
      statistics.mean = number_or_zero(cell("mean"));
      statistics.sd = number_or_zero(cell("std_dev"));
      columns.push_back(std::move(column));
    }
  }
  return columns;
}

// A fifth of the columns is held out: the tree in lib/inspect has not seen them.
inline bool is_held_out(const LabelledColumn& column) {
  return table::hash_text(column.file + "/" + column.name) % 5 == 0;
}

// A harder question: a fifth of the files.
inline bool is_file_held_out(const LabelledColumn& column) { return table::hash_text(column.file) % 5 == 0; }

}  // namespace aml::inspect::testing
