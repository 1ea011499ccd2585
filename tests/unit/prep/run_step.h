// Runs the steps of a package written in a test over a batch.
#pragma once

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
};

// `steps` is the text of the list under "steps:", which stands in line 2 of 'p.yaml'.
inline StepResult run_steps(const std::string& steps, table::Batch batch, ErrorPolicy policy = ErrorPolicy::keep) {
  auto package = parse_package("version: 1\nsteps:\n" + steps, "p.yaml");
  if (!package.ok()) return {package.error().message, package.error().hint};
  auto pipeline = Pipeline::create(std::move(*package), batch.schema, policy);
  if (!pipeline.ok()) return {pipeline.error().message, pipeline.error().hint};
  const auto processed = pipeline->process(std::move(batch));
  if (!processed.ok()) return {processed.error().message, processed.error().hint};
  StepResult result;
  for (const table::Field& field : pipeline->schema()->fields())
    result.columns.push_back(field.name + " " + std::string(table::name_of(field.type)));
  for (size_t row = 0; row < processed->rows; ++row) {
    std::vector<std::string>& cells = result.rows.emplace_back();
    for (const table::ColumnPtr& column : processed->columns) cells.push_back(show(*column, row));
  }
  for (const FailureKind& kind : pipeline->failures().kinds()) result.failures.push_back(describe_count(kind));
  return result;
}

}  // namespace aml::prep
