// Writes the operations of a package in one language. A writer sees the steps in order; what it adds can be a comment.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "prep/export.h"
#include "prep/export_plan.h"
#include "table/reader.h"

namespace aml::prep {

class ExportWriter {
 public:
  virtual ~ExportWriter() = default;

  // The operations of one step with the types of the columns before it. An error of kind `partial` says what has no
  // counterpart; nothing is added then.
  virtual Status add(const ExportOperation& operation, const ColumnTypes& types) = 0;
  virtual void comment(std::string_view text) = 0;
  virtual std::string finish() = 0;
};

// `source` says how the table is read.
std::unique_ptr<ExportWriter> make_pandas_writer(std::string_view package, const table::ReadOptions& source);
std::unique_ptr<ExportWriter> make_sql_writer(std::string_view package, const table::ReadOptions& source);
std::unique_ptr<ExportWriter> make_pyspark_writer(std::string_view package, const table::ReadOptions& source);

// Text of a package on one line, fit for a comment.
std::string comment_text(std::string_view text);

}  // namespace aml::prep
