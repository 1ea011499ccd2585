// The typed expressions of `filter` and `derive`, described in aml-prep(5): parsed with exact positions, checked
// against a schema once, then evaluated column by column over batches. An Expression is immutable and may be used by
// many threads.
//
// A missing argument makes the result missing and a failed one makes it fail with the same reason, except where
// and, or, if, coalesce, is_missing and is_error say otherwise.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "prep/placed_text.h"
#include "table/batch.h"

namespace aml::prep {

struct Program;

class Expression {
 public:
  // bad_data with file:line:column for a syntax error, an unknown column or function, or types that do not fit.
  static Result<Expression> compile(const PlacedText& source, const table::Schema& schema);

  table::ColumnType type() const;
  const std::vector<size_t>& columns() const;  // those read, ascending

  // `batch` has the columns of the schema given to compile().
  table::ColumnPtr evaluate(const table::Batch& batch) const;

 private:
  explicit Expression(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
  std::shared_ptr<const Program> program_;  // shared by the copies of this expression; never changes
};

}  // namespace aml::prep
