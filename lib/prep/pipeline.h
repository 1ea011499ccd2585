// The steps of a package, bound to the columns of a source, and the stream of batches through them. Memory is
// bounded: one batch is under way at a time.
#pragma once

#include <functional>

#include "base/cancel.h"
#include "prep/package.h"
#include "table/reader.h"
#include "table/writer.h"

namespace aml::prep {

// What is written for a cell that is an error.
enum class ErrorPolicy : uint8_t {
  keep,     // the text that failed; nothing for a computed cell that has none
  missing,  // nothing
  fail,     // stop at the first
};
std::vector<std::string> error_policy_names();
std::optional<ErrorPolicy> parse_error_policy(std::string_view name);

class Pipeline {
 public:
  // Errors have the place of the step in the package.
  static Result<Pipeline> create(Package package, table::SchemaPtr input, ErrorPolicy policy);

  const table::SchemaPtr& schema() const { return schemas_.back(); }
  const Failures& failures() const { return failures_; }

  // What would happen, one line each: action, place in the package and the columns after it, separated by tabs.
  std::vector<std::string> describe_plan(std::string_view source) const;

  Result<table::Batch> process(table::Batch batch);

 private:
  Pipeline(Package package, ErrorPolicy policy) : package_(std::move(package)), policy_(policy) {}

  Package package_;
  ErrorPolicy policy_;
  std::vector<table::SchemaPtr> schemas_;  // before the first step, then after each
  Failures failures_;
};

struct StreamCounts {
  uint64_t rows_read = 0;
  uint64_t rows_written = 0;
};

// Everything `reader` has, through the pipeline, into `writer`. `on_batch` is told the counts after each batch.
Result<StreamCounts> run_pipeline(table::Reader& reader, Pipeline& pipeline, table::Writer& writer,
                                  const std::function<void(const StreamCounts&)>& on_batch);

}  // namespace aml::prep
