// Every cell that became an error and every record that was left out, as CSV: file, line, byte offset (of a record),
// column and step (of a cell), reason, text. The file appears whole at the end.
#pragma once

#include <optional>

#include "os/atomic_file.h"
#include "prep/failures.h"
#include "table/reader.h"

namespace aml::prep {

class RejectFile {
 public:
  // Without a path nothing is written.
  static Result<RejectFile> create(const std::optional<std::string>& path, os::Overwrite overwrite);

  void add(const Reject& reject);
  void add(const table::RejectedRecord& record);
  uint64_t count() const { return cells_ + records_; }
  uint64_t cells() const { return cells_; }
  uint64_t records() const { return records_; }

  // "3 records left out, the first at a.csv:17: 1 field, but 2 columns"; empty if there was none.
  std::string describe_records() const;

  // The first error of writing, if there was one.
  Status commit();

 private:
  explicit RejectFile(std::optional<os::AtomicFile> file) : file_(std::move(file)) {}

  struct Line;
  void write(const Line& fields);

  std::optional<os::AtomicFile> file_;
  std::string line_;
  Status status_;
  uint64_t cells_ = 0;
  uint64_t records_ = 0;
  std::string first_record_;  // its place and reason
};

}  // namespace aml::prep
