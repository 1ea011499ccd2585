// The steps of a package, bound to the columns of a source, and the stream of batches through them. Memory is
// bounded: one batch is under way at a time, and a step that must hold rows back has a budget.
#pragma once

#include <functional>

#include "base/cancel.h"
#include "prep/package.h"

namespace aml::prep {

// What is written for a cell that is an error.
enum class ErrorPolicy : uint8_t {
  keep,     // the text that failed; nothing for a computed cell that has none
  missing,  // nothing
  fail,     // stop at the first
};
std::vector<std::string> error_policy_names();
std::optional<ErrorPolicy> parse_error_policy(std::string_view name);

// Takes the rows that come out of a pipeline.
using Emit = std::function<Status(table::Batch)>;

class Pipeline {
 public:
  // Errors have the place of the step in the package.
  static Result<Pipeline> create(Package package, table::SchemaPtr input, ErrorPolicy policy,
                                 const Resources& resources = {});

  const table::SchemaPtr& schema() const { return schemas_.back(); }
  const Failures& failures() const { return failures_; }

  // Called for every cell that becomes an error.
  void listen_to_rejects(Failures::OnReject on_reject) { failures_.listen(std::move(on_reject)); }

  // What would happen, one line each: action, place in the package and the columns after it, separated by tabs.
  std::vector<std::string> describe_plan(std::string_view source) const;

  // Rows in, in order; what can be said already goes to `emit`.
  Status push(table::Batch batch, const Emit& emit);
  // No more rows come: what was held back goes to `emit`. Once, last.
  Status finish(const Emit& emit);

  // What each step learned from the rows, after finish(); nothing for those that learn nothing.
  std::vector<std::optional<text::Json>> learned() const;

  // False when further rows would not change the result.
  bool wants_more() const;

 private:
  class Link;
  Pipeline(Package package, ErrorPolicy policy) : package_(std::move(package)), policy_(policy) {}
  Status push_into(size_t stage, table::Batch batch, const Emit& emit);
  Status deliver(table::Batch batch, const Emit& emit);
  Status check_failures() const;

  Package package_;
  ErrorPolicy policy_;
  std::vector<table::SchemaPtr> schemas_;  // before the first step, then after each
  std::vector<StagePtr> stages_;           // one per step
  Failures failures_;
};

}  // namespace aml::prep
