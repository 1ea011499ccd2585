#include "table/delimited_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "table/header.h"

namespace aml::table {
namespace {

Error to_error(const ScanProblem& problem, const std::string& name) {
  const std::string column = problem.column == 0 ? "" : fmt::format(":{}", problem.column);
  return {ErrorKind::bad_data, fmt::format("{}:{}{}: {}", name, problem.line, column, problem.message), problem.hint};
}

}  // namespace

DelimitedReader::DelimitedReader(BlockStream stream, std::shared_ptr<RecordScanner> scanner, std::string name,
                                 const ReadOptions& options, const Cancel* cancel)
    : stream_(std::move(stream)),
      scanner_(std::move(scanner)),
      form_(std::make_shared<const RecordForm>(RecordForm{scanner_, options.missing})),
      name_(std::make_shared<const std::string>(std::move(name))),
      options_(options),
      cancel_(cancel),
      shape_{0, options.ragged, std::min(options.record_bytes_max, kRecordBytesLimit)} {}

Result<std::unique_ptr<Reader>> DelimitedReader::open(BlockStream stream, std::shared_ptr<RecordScanner> scanner,
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
    if (options_.has_header && span.is_encoded()) {
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

Result<std::optional<Batch>> DelimitedReader::next() {
  if (cancel_ != nullptr) TRY(cancel_->check());
  const bool has_first = !index_.lines.empty();
  const size_t consumed = has_first ? first_record_bytes_ : TRY(scan_block(options_.batch_rows, index_));
  if (index_.lines.empty()) return std::optional<Batch>();
  Batch batch{schema_, {}, index_.lines.size(), {name_, nullptr}};
  batch.origin.lines = std::make_shared<const std::vector<uint64_t>>(std::exchange(index_.lines, {}));
  // A batch has as many fields as the one before, or nearly so.
  std::vector<FieldSpan> fields;
  fields.reserve(index_.fields.size());
  fields.swap(index_.fields);
  const auto records =
      std::make_shared<const Records>(form_, stream_.block(), stream_.unread(), shape_.fields, std::move(fields));
  batch.columns.reserve(shape_.fields);
  for (size_t field = 0; field < shape_.fields; ++field) batch.columns.emplace_back(records, field);
  stream_.consume(consumed);
  return std::optional<Batch>(std::move(batch));
}

}  // namespace aml::table
