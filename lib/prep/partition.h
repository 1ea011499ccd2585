// Cuts a table into parts for training, validation and test that cannot leak into one another: equal rows always come
// into the same part, and so do rows of one group, and rows of one moment. Which part a row belongs to is a function of
// the seed and the row (or its group or time) alone, so that it stays there when the table grows.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "os/atomic_file.h"
#include "prep/row_key.h"
#include "source/create.h"
#include "table/reader.h"
#include "table/writer.h"

namespace aml::prep {

struct Part {
  std::string name;
  double share = 0;
};

// "train=0.8,test=0.2" or "train=80,test=20": shares are scaled to one.
Result<std::vector<Part>> parse_parts(std::string_view text);

struct PartitionOptions {
  std::vector<Part> parts;
  std::vector<std::string> by = {};      // columns that make a group; none: each row is its own
  std::optional<std::string> time = {};  // a column of dates, timestamps or numbers: the first parts are the earliest
  uint64_t seed = 0;
};

// Says to which part each row belongs.
class Partitioner {
 public:
  virtual ~Partitioner() = default;
  virtual Result<std::vector<uint32_t>> assign(const table::Batch& batch) = 0;
};

// By the hash of the group, or of the whole row where it has none or nothing stands in its columns.
Result<std::unique_ptr<Partitioner>> partition_by_hash(const table::Schema& schema, const PartitionOptions& options);

// `reader` is read to its end to find the moments where the parts meet; the partitioner is for another reading.
Result<std::unique_ptr<Partitioner>> partition_by_time(table::Reader& reader, const PartitionOptions& options);

struct PartCount {
  std::string name;
  std::string file;
  uint64_t rows = 0;
};

// Writes one file per part: `pattern` with the part's name in the place of {}. No file appears before all are written.
class PartFiles {
 public:
  static Result<PartFiles> create(const PartitionOptions& options, std::string_view pattern,
                                  const table::SchemaPtr& schema, const source::CreateOptions& create,
                                  os::Overwrite overwrite);
  ~PartFiles();
  PartFiles(PartFiles&&) noexcept;

  Status write(const table::Batch& batch, const std::vector<uint32_t>& parts);
  Result<std::vector<PartCount>> commit();

 private:
  struct File;
  PartFiles();
  std::vector<std::unique_ptr<File>> files_;
};

}  // namespace aml::prep
