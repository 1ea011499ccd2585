#include "table/delimited_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "table/header.h"

namespace aml::table {
namespace {

// Ends a batch early when its records are long, so that memory stays bounded.
constexpr size_t kBatchBytesMax = size_t{8} << 20;

Error to_error(const ScanProblem& problem, const std::string& name) {
  const std::string column = problem.column == 0 ? "" : fmt::format(":{}", problem.column);
  return {ErrorKind::bad_data, fmt::format("{}:{}{}: {}", name, problem.line, column, problem.message), problem.hint};
}

}  // namespace

DelimitedReader::DelimitedReader(BlockStream stream, std::unique_ptr<RecordScanner> scanner, std::string name,
                                 const ReadOptions& options, const Cancel* cancel)
    : stream_(std::move(stream)),
      scanner_(std::move(scanner)),
      name_(std::make_shared<const std::string>(std::move(name))),
      options_(options),
      cancel_(cancel),
      shape_{0, options.ragged, std::min(options.record_bytes_max, kRecordBytesLimit)} {}

Result<std::unique_ptr<Reader>> DelimitedReader::open(BlockStream stream, std::unique_ptr<RecordScanner> scanner,
                                                      std::string name, const ReadOptions& options,
                                                      const Cancel* cancel) {
  std::unique_ptr<DelimitedReader> reader(
      new DelimitedReader(std::move(stream), std::move(scanner), std::move(name), options, cancel));
  TRY(reader->read_header());
  return std::unique_ptr<Reader>(std::move(reader));
}

// Scans until at least one record is found or the input ends; returns the bytes that the records take.
Result<size_t> DelimitedReader::scan_block(size_t records_max, RecordIndex& index) {
  for (;;) {
    const ScanResult found = scanner_->scan(stream_.unread(), stream_.at_end(), records_max, shape_, index);
    if (found.problem) return to_error(*found.problem, *name_);
    report_rejected(index);
    if (!index.lines.empty()) return found.consumed;
    stream_.consume(found.consumed);
    if (stream_.at_end()) return size_t{0};
    TRY(stream_.fill());
  }
}

void DelimitedReader::report_rejected(RecordIndex& index) const {
  for (const RejectedSpan& span : index.rejected)
    if (options_.on_rejected)
      options_.on_rejected({*name_, span.line, stream_.offset() + span.begin, describe_fields(span.fields, shape_),
                            stream_.unread().substr(span.begin, span.end - span.begin)});
  index.rejected.clear();
}

Status DelimitedReader::read_header() {
  const size_t bytes = TRY(scan_block(1, index_));
  if (index_.lines.empty())
    return Error{ErrorKind::bad_data, fmt::format("'{}' is empty", *name_),
                 "a table starts with a line of column names"};
  std::vector<std::string> names;
  for (const FieldSpan& span : index_.fields) {
    const std::string_view text = stream_.unread().substr(span.begin, span.size);
    std::string name(options_.has_header ? text : std::string_view());
    if (options_.has_header && span.is_encoded != 0) {
      name.clear();
      scanner_->decode(text, name);
    }
    names.push_back(std::move(name));
  }
  shape_.fields = names.size();
  schema_ = make_text_schema(std::move(names));
  if (options_.has_header) {
    stream_.consume(bytes);
    index_.clear();
  } else {
    first_record_bytes_ = bytes;
  }
  return {};
}

bool DelimitedReader::is_missing(std::string_view text, const FieldSpan& span) const {
  if (span.is_quoted != 0) return false;
  if (text.empty()) return true;
  return !options_.missing.empty() &&
         std::find(options_.missing.begin(), options_.missing.end(), text) != options_.missing.end();
}

void DelimitedReader::append_column(const RecordIndex& index, size_t column, ColumnBuilder& builder) {
  const char* const text = stream_.unread().data();
  bool has_views = false;
  for (size_t i = column; i < index.fields.size(); i += shape_.fields) {
    const FieldSpan& span = index.fields[i];
    const std::string_view field(text + span.begin, span.size);
    if (is_missing(field, span)) {
      builder.append_missing();
    } else if (span.is_encoded != 0) {
      decoded_.clear();
      scanner_->decode(field, decoded_);
      builder.append_owned_text(decoded_);
    } else {
      builder.append_text(TextView(field));
      has_views = has_views || field.size() > TextView::kInlineMax;
    }
  }
  if (has_views) builder.pin(stream_.block());
}

Result<std::optional<Batch>> DelimitedReader::next() {
  if (cancel_ != nullptr) TRY(cancel_->check());
  std::vector<ColumnBuilder> builders(schema_->size(), ColumnBuilder(ColumnType::text));
  for (ColumnBuilder& builder : builders) builder.reserve(options_.batch_rows);
  std::vector<uint64_t> lines;
  for (size_t bytes = 0; lines.size() < options_.batch_rows && bytes < kBatchBytesMax;) {
    const bool has_first = !index_.lines.empty();
    const size_t consumed =
        has_first ? first_record_bytes_ : TRY(scan_block(options_.batch_rows - lines.size(), index_));
    if (index_.lines.empty()) break;
    for (size_t column = 0; column < builders.size(); ++column) append_column(index_, column, builders[column]);
    lines.insert(lines.end(), index_.lines.begin(), index_.lines.end());
    index_.clear();
    stream_.consume(consumed);
    bytes += consumed;
  }
  if (lines.empty()) return std::optional<Batch>();
  Batch batch{schema_, {}, lines.size(), {name_, nullptr}};
  batch.columns.reserve(builders.size());
  for (ColumnBuilder& builder : builders) batch.columns.push_back(builder.finish());
  batch.origin.lines = std::make_shared<const std::vector<uint64_t>>(std::move(lines));
  return std::optional<Batch>(std::move(batch));
}

}  // namespace aml::table
