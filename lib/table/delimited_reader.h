// CSV and TSV as batches: a scanner finds the fields of the records in each block, and the columns of a batch are these
// fields until somebody looks at them. A batch ends where its block does.
#pragma once

#include <memory>

#include "table/block_stream.h"
#include "table/reader.h"
#include "table/records.h"

namespace aml::table {

class DelimitedReader final : public Reader {
 public:
  // Reads the header. `stream` stands behind a byte order mark and the like.
  static Result<std::unique_ptr<Reader>> open(BlockStream stream, std::shared_ptr<RecordScanner> scanner,
                                              std::string name, const ReadOptions& options, const Cancel* cancel);

  const SchemaPtr& schema() const override { return schema_; }
  Result<std::optional<Batch>> next() override;

 private:
  DelimitedReader(BlockStream stream, std::shared_ptr<RecordScanner> scanner, std::string name,
                  const ReadOptions& options, const Cancel* cancel);
  Status read_header();
  Result<size_t> scan_block(size_t records_max, RecordIndex& index);
  void report_rejected(RecordIndex& index) const;

  BlockStream stream_;
  std::shared_ptr<RecordScanner> scanner_;  // shared with the records read, which ask it to decode
  RecordFormPtr form_;
  std::shared_ptr<const std::string> name_;
  ReadOptions options_;
  const Cancel* cancel_;
  SchemaPtr schema_;
  RecordShape shape_;
  RecordIndex index_;  // empty between batches, but for a first record that was no header
  size_t first_record_bytes_ = 0;
};

}  // namespace aml::table
