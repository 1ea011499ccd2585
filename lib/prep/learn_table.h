// Learning from a table: its sample as rows, examples as people write them on a command line, and the step that comes
// of it. cmd/amlprep/learn.cpp calls this.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "prep/by_example.h"
#include "prep/split_fields.h"
#include "synth/question.h"
#include "table/reader.h"

namespace aml::prep {

inline constexpr size_t kLearnRows = 2000;

struct ColumnSample {
  std::vector<std::string> columns;
  std::vector<synth::Cells> rows;
};

// The next batches of the reader, until there are kLearnRows rows. All columns when `names` is empty.
Result<ColumnSample> sample_columns(table::Reader& reader, const std::vector<std::string>& names);

// "in => out", "a | b => out" for two columns, "18=out" for row 18 of the sample. A side in double quotes is read as
// JSON text, so that it can hold signs and blanks at its ends; null is no value.
Result<synth::Example> parse_example(std::string_view text, const ColumnSample& sample);

// The lines of a file, one example each; blank lines and those that begin with # are left out.
Result<std::vector<synth::Example>> parse_examples(std::string_view text, std::string_view name,
                                                   const ColumnSample& sample);

// The split of the first column of the sample into fields named after it: name_1, name_2, …
Result<SplitFields> learn_split_fields(const ColumnSample& sample);

// Writes a step as an entry of `steps`, behind so many blanks.
using WriteStep = std::function<std::string(size_t indent)>;

// `document` with the step behind its last one; an empty document becomes a package with this step.
Result<std::string> append_step(std::string_view document, std::string_view name, const WriteStep& write);

}  // namespace aml::prep
