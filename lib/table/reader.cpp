#include "table/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "table/block_stream.h"
#include "table/csv_dialect.h"
#include "table/csv_scanner.h"
#include "table/delimited_reader.h"
#include "table/foreign_file.h"
#include "table/jsonl_reader.h"
#include "table/tsv_scanner.h"

namespace aml::table {
namespace {

struct FormatName {
  Format format;
  std::string_view name;
};
constexpr FormatName kFormatNames[] = {
    {Format::detect, "detect"}, {Format::csv, "csv"}, {Format::tsv, "tsv"}, {Format::jsonl, "jsonl"}, {Format::excel, "excel"}};

constexpr FormatName kEndings[] = {{Format::csv, ".csv"},     {Format::tsv, ".tsv"},      {Format::tsv, ".tab"},
                                   {Format::jsonl, ".jsonl"}, {Format::jsonl, ".ndjson"}, {Format::jsonl, ".json"}};

Status check_is_text(std::string_view head, const std::string& name) {
  const ForeignFile* foreign = find_foreign_file(head);
  if (foreign == nullptr) return {};
  return Error{ErrorKind::bad_data, fmt::format("'{}' is {}, not a text table", name, foreign->what),
               std::string(foreign->hint)};
}

// CSV unless the first line says otherwise.
Format format_of_text(std::string_view head) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  if (head.starts_with("{\"") || head.starts_with("{}") || head.starts_with("{ ")) return Format::jsonl;
  if (head.starts_with("[{")) return Format::jsonl;  // an array of objects: its reader says what to do
  const std::string_view line = head.substr(0, head.find('\n'));
  const bool is_tabbed = line.find('\t') != std::string_view::npos && line.find_first_of(",;\"") == line.npos;
  return is_tabbed ? Format::tsv : Format::csv;
}

void skip_byte_order_mark(BlockStream& stream) {
  if (stream.unread().starts_with(kByteOrderMark)) stream.consume(kByteOrderMark.size());
}

Result<std::unique_ptr<Reader>> open_csv(BlockStream stream, std::string name, const ReadOptions& options,
                                         const Cancel* cancel) {
  for (;;) {
    // A first line beyond all limits is no reason to read on; the scanner says so.
    const bool is_enough = stream.at_end() || stream.unread().size() > options.record_bytes_max;
    if (const auto dialect = detect_csv_dialect(stream.unread(), is_enough, options.separator)) {
      stream.consume(dialect->skip_bytes);
      auto scanner = std::make_unique<CsvScanner>(*dialect, dialect->skip_lines + 1);
      return DelimitedReader::open(std::move(stream), std::move(scanner), std::move(name), options, cancel);
    }
    TRY(stream.fill());
  }
}

Status check_options(const ReadOptions& options) {
  if (options.separator && std::string_view("\"\r\n\\").find(*options.separator) != std::string_view::npos)
    return Error{ErrorKind::usage, "the separator cannot be a quote, a backslash or a line end"};
  if (options.record_bytes_max > kRecordBytesLimit)
    return Error{ErrorKind::usage, fmt::format("records can be at most {} bytes", kRecordBytesLimit)};
  AML_CHECK(options.batch_rows > 0 && options.block_bytes > 0);
  return {};
}

}  // namespace

std::optional<Format> parse_format(std::string_view name) {
  for (const FormatName& entry : kFormatNames)
    if (entry.name == name && entry.format != Format::detect) return entry.format;
  return std::nullopt;
}

std::string_view name_of(Format format) { return kFormatNames[static_cast<size_t>(format)].name; }

Format format_of_name(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  for (const FormatName& entry : kEndings)
    if (lower.ends_with(entry.name)) return entry.format;
  return Format::detect;
}

Result<std::unique_ptr<Reader>> open_reader(std::unique_ptr<Source> source, std::string name,
                                            const ReadOptions& options, const Cancel* cancel) {
  TRY(check_options(options));
  BlockStream stream(std::move(source), options.block_bytes);
  // Enough to tell formats apart, whatever the size of the blocks.
  constexpr size_t kHeadBytes = 4096;
  while (stream.unread().size() < kHeadBytes && !stream.at_end()) TRY(stream.fill());
  TRY(check_is_text(stream.unread(), name));
  Format format = options.format == Format::detect ? format_of_name(name) : options.format;
  if (format == Format::detect) format = format_of_text(stream.unread());
  if (format == Format::csv) return open_csv(std::move(stream), std::move(name), options, cancel);
  skip_byte_order_mark(stream);
  if (format == Format::jsonl) return JsonlReader::open(std::move(stream), std::move(name), options, cancel);
  auto scanner = std::make_unique<TsvScanner>(options.separator.value_or('\t'));
  return DelimitedReader::open(std::move(stream), std::move(scanner), std::move(name), options, cancel);
}

Result<Table> read_all(Reader& reader) {
  Table table{reader.schema(), {}, 0};
  while (auto batch = TRY(reader.next())) {
    table.rows += batch->rows;
    table.batches.push_back(*std::move(batch));
  }
  return table;
}

}  // namespace aml::table
