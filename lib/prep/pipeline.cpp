#include "prep/pipeline.h"

#include <fmt/format.h>

#include "prep/cell_value.h"
#include "text/fields.h"

namespace aml::prep {
namespace {

table::ColumnPtr without_errors(const table::ColumnPtr& column) {
  if (column->errors().empty()) return column;
  table::ColumnBuilder builder = start_copy(*column);
  for (size_t row = 0; row < column->rows(); ++row) {
    if (column->error_at(row) != nullptr) builder.append_missing();
    else copy_cell(builder, *column, row);
  }
  return builder.finish();
}

// "species text, year integer"
std::string describe_columns(const table::Schema& schema) {
  std::string list;
  for (const table::Field& field : schema.fields())
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", text::escape_tsv(field.name), table::name_of(field.type));
  return list;
}

}  // namespace

std::vector<std::string> error_policy_names() { return {"keep", "missing", "fail"}; }

std::optional<ErrorPolicy> parse_error_policy(std::string_view name) {
  if (name == "keep") return ErrorPolicy::keep;
  if (name == "missing") return ErrorPolicy::missing;
  if (name == "fail") return ErrorPolicy::fail;
  return std::nullopt;
}

Result<Pipeline> Pipeline::create(Package package, table::SchemaPtr input, ErrorPolicy policy) {
  Pipeline pipeline(std::move(package), policy);
  pipeline.schemas_.push_back(std::move(input));
  for (const PackageStep& step : pipeline.package_.steps)
    pipeline.schemas_.push_back(TRY(step.step->bind(pipeline.schemas_.back())));
  return pipeline;
}

std::vector<std::string> Pipeline::describe_plan(std::string_view source) const {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("read\t{}\t{}", source, describe_columns(*schemas_[0])));
  for (size_t i = 0; i < package_.steps.size(); ++i) {
    const PackageStep& step = package_.steps[i];
    lines.push_back(fmt::format("{}\t{}\t{}", step.name, step.place, describe_columns(*schemas_[i + 1])));
  }
  return lines;
}

Result<table::Batch> Pipeline::process(table::Batch batch) {
  for (const PackageStep& step : package_.steps) batch = step.step->process(batch, failures_);
  if (policy_ == ErrorPolicy::fail && failures_.total() > 0)
    return Error{ErrorKind::bad_data, describe_first(failures_.kinds()[0]),
                 "--errors keep writes such cells as they are, --errors missing leaves them out"};
  if (policy_ == ErrorPolicy::missing)
    for (table::ColumnPtr& column : batch.columns) column = without_errors(column);
  return batch;
}

Result<StreamCounts> run_pipeline(table::Reader& reader, Pipeline& pipeline, table::Writer& writer,
                                  const std::function<void(const StreamCounts&)>& on_batch) {
  StreamCounts counts;
  while (auto batch = TRY(reader.next())) {
    counts.rows_read += batch->rows;
    const table::Batch processed = TRY(pipeline.process(std::move(*batch)));
    counts.rows_written += processed.rows;
    if (processed.rows > 0) TRY(writer.write(processed));
    if (on_batch) on_batch(counts);
  }
  TRY(writer.finish());
  return counts;
}

}  // namespace aml::prep
