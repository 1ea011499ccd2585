// CSV and TSV as batches: a scanner finds the fields of the records in each block, this reader makes columns of them.
#pragma once

#include <memory>

#include "table/block_stream.h"
#include "table/reader.h"
#include "table/record_index.h"

namespace aml::table {

class DelimitedReader final : public Reader {
 public:
  // Reads the header. `stream` stands behind a byte order mark and the like.
  static Result<std::unique_ptr<Reader>> open(BlockStream stream, std::unique_ptr<RecordScanner> scanner,
                                              std::string name, const ReadOptions& options, const Cancel* cancel);

  const SchemaPtr& schema() const override { return schema_; }
  Result<std::optional<Batch>> next() override;

 private:
  DelimitedReader(BlockStream stream, std::unique_ptr<RecordScanner> scanner, std::string name,
                  const ReadOptions& options, const Cancel* cancel);
  Status read_header();
  Result<size_t> scan_block(size_t records_max, RecordIndex& index);
  void report_rejected(RecordIndex& index) const;
  void append_column(const RecordIndex& index, size_t column, ColumnBuilder& builder);
  bool is_missing(std::string_view text, const FieldSpan& span) const;

  BlockStream stream_;
  std::unique_ptr<RecordScanner> scanner_;
  std::shared_ptr<const std::string> name_;
  ReadOptions options_;
  const Cancel* cancel_;
  SchemaPtr schema_;
  RecordShape shape_;
  RecordIndex index_;  // empty between batches, but for a first record that was no header
  size_t first_record_bytes_ = 0;
  std::string decoded_;
};

}  // namespace aml::table
