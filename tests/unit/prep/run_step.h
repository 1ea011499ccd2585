// Runs the steps of a package written in a test over a batch.
#pragma once

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "prep/pipeline.h"
#include "unit/prep/make_batch.h"

namespace aml::prep {

// What a step made of a batch: the header, the rows, and the errors it counted.
struct StepResult {
  std::string error = {};  // of the package or of binding it
  std::string hint = {};
  std::vector<std::string> columns = {};  // "name type"
  std::vector<std::vector<std::string>> rows = {};
  std::vector<std::string> failures = {};
  std::vector<std::string> places = {};  // where each row came from: "t.csv:2"
};

inline Status pushed_in_pieces(Pipeline& pipeline, const table::Batch& batch, size_t batch_rows, const Emit& emit) {
  for (size_t begin = 0; begin < batch.rows && pipeline.wants_more(); begin += batch_rows) {
    std::vector<uint32_t> rows(std::min(batch_rows, batch.rows - begin));
    std::iota(rows.begin(), rows.end(), static_cast<uint32_t>(begin));
    TRY(pipeline.push(table::gather(batch, rows), emit));
  }
  return {};
}

// `steps` is the text of the list under "steps:", which stands in line 2 of 'p.yaml'. The batch comes in pieces of
// `batch_rows`, on which no result may depend.
inline StepResult run_steps(const std::string& steps, const table::Batch& batch, const Resources& resources = {},
                            size_t batch_rows = 3) {
  auto package = parse_package("version: 1\nsteps:\n" + steps, "p.yaml");
  if (!package.ok()) return {package.error().message, package.error().hint};
  auto pipeline = Pipeline::create(std::move(*package), batch.schema, ErrorPolicy::keep, resources);
  if (!pipeline.ok()) return {pipeline.error().message, pipeline.error().hint};
  StepResult result;
  const Emit emit = [&](table::Batch processed) -> Status {
    for (size_t row = 0; row < processed.rows; ++row) {
      std::vector<std::string>& cells = result.rows.emplace_back();
      for (const table::ColumnPtr& column : processed.columns) cells.push_back(show(*column, row));
      result.places.push_back(table::place_of(processed, row));
    }
    return {};
  };
  Status status = pushed_in_pieces(*pipeline, batch, batch_rows, emit);
  if (status.ok()) status = pipeline->finish(emit);
  if (!status.ok()) return {status.error().message, status.error().hint};
  for (const table::Field& field : pipeline->schema()->fields())
    result.columns.push_back(field.name + " " + std::string(table::name_of(field.type)));
  for (const FailureKind& kind : pipeline->failures().kinds()) result.failures.push_back(describe_count(kind));
  return result;
}

}  // namespace aml::prep
