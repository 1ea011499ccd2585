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
#include "table/dialect_scanner.h"
#include "table/foreign_file.h"
#include "table/json_reader.h"
#include "table/line_scanner.h"
#include "table/tsv_scanner.h"

namespace aml::table {
namespace {

enum class Use : uint8_t { read = 1, write = 2, both = 3 };

struct FormatName {
  Format format;
  std::string_view name;
  Use use;
};
// In the order of Format.
constexpr FormatName kFormatNames[] = {
    {Format::detect, "detect", Use::both},   {Format::csv, "csv", Use::both},
    {Format::tsv, "tsv", Use::both},         {Format::jsonl, "jsonl", Use::both},
    {Format::json, "json", Use::read},       {Format::fixed, "fixed", Use::read},
    {Format::lines, "lines", Use::read},     {Format::markdown, "markdown", Use::write},
    {Format::text, "text", Use::write},      {Format::excel, "excel", Use::read},
    {Format::parquet, "parquet", Use::both}, {Format::arrow, "arrow", Use::write}};

constexpr FormatName kEndings[] = {{Format::csv, ".csv", Use::both},          {Format::tsv, ".tsv", Use::both},
                                   {Format::tsv, ".tab", Use::both},          {Format::jsonl, ".jsonl", Use::both},
                                   {Format::jsonl, ".ndjson", Use::both},     {Format::json, ".json", Use::read},
                                   {Format::jsonl, ".json", Use::write},      {Format::markdown, ".md", Use::write},
                                   {Format::parquet, ".parquet", Use::write}, {Format::arrow, ".arrow", Use::write},
                                   {Format::arrow, ".arrows", Use::write}};

bool serves(const FormatName& entry, Use use) {
  return (static_cast<uint8_t>(entry.use) & static_cast<uint8_t>(use)) != 0;
}

std::vector<std::string> names_for(Use use) {
  std::vector<std::string> names;
  for (const FormatName& entry : kFormatNames)
    if (entry.format != Format::detect && serves(entry, use)) names.emplace_back(entry.name);
  return names;
}

Format format_of_ending(std::string_view name, Use use) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  for (const FormatName& entry : kEndings)
    if (serves(entry, use) && lower.ends_with(entry.name)) return entry.format;
  return Format::detect;
}

constexpr std::string_view kRaggedNames[] = {"refuse", "pad", "truncate", "fit", "reject"};  // in the order of Ragged

Status check_is_text(std::string_view head, const std::string& name) {
  const ForeignFile* foreign = find_foreign_file(head);
  if (foreign == nullptr) return {};
  return Error{ErrorKind::bad_data, fmt::format("'{}' is {}, not a text table", name, foreign->what),
               std::string(foreign->hint)};
}

// What starts with an object or an array of objects. An object that ends with its line is one of JSON Lines.
std::optional<Format> json_format_of(std::string_view line, std::string_view head) {
  const auto second =
      head.substr(0, 1) == "{" || head.substr(0, 1) == "[" ? head.find_first_not_of(" \t\r\n", 1) : head.npos;
  if (second == std::string_view::npos) return std::nullopt;
  const size_t last = line.find_last_not_of(" \t\r");
  if (head[0] == '[') return head[second] == '{' ? std::optional(Format::json) : std::nullopt;
  if (head[second] != '"' && head[second] != '}') return std::nullopt;
  return line.size() == head.size() || line[last] == '}' ? Format::jsonl : Format::json;
}

// CSV unless the first line says otherwise.
Format format_of_text(std::string_view head) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  const std::string_view line = head.substr(0, head.find('\n'));
  if (const auto json = json_format_of(line, head)) return *json;
  const bool is_tabbed = line.find('\t') != std::string_view::npos && line.find_first_of(",;\"") == line.npos;
  return is_tabbed ? Format::tsv : Format::csv;
}

void skip_byte_order_mark(BlockStream& stream) {
  if (stream.unread().starts_with(kByteOrderMark)) stream.consume(kByteOrderMark.size());
}

// Consumes lines whatever is in them, their quotes included. Fewer only if the input ends.
Status skip_lines(BlockStream& stream, uint64_t lines) {
  while (lines > 0) {
    const size_t end = stream.unread().find('\n');
    const bool is_found = end != std::string_view::npos;
    stream.consume(is_found ? end + 1 : stream.unread().size());
    lines -= is_found ? 1 : 0;
    if (!is_found && stream.at_end()) return {};
    if (!is_found) TRY(stream.fill());
  }
  while (stream.unread().size() < kDialectBytes && !stream.at_end()) TRY(stream.fill());
  return {};
}

// CsvScanner is made for one dialect and fast; every other goes its own way.
std::shared_ptr<RecordScanner> make_csv_scanner(const CsvDialect& found, const ReadOptions& options) {
  const uint64_t first_line = options.skip_lines + found.skip_lines + 1;
  const bool is_plain = (!options.separator || options.separator->size() == 1) && options.quote == '"' &&
                        !options.escape && options.comment.empty();
  if (is_plain) return std::make_shared<CsvScanner>(found, first_line);
  const Dialect dialect{options.separator.value_or(std::string(1, found.separator)), options.quote, options.escape,
                        options.comment, found.cr_ends_line};
  return std::make_shared<DialectScanner>(dialect, first_line);
}

Result<std::unique_ptr<Reader>> open_csv(BlockStream stream, std::string name, const ReadOptions& options,
                                         const Cancel* cancel) {
  const auto separator = options.separator ? std::optional((*options.separator)[0]) : std::nullopt;
  for (;;) {
    // A first line beyond all limits is no reason to read on; the scanner says so.
    const bool is_enough = stream.at_end() || stream.unread().size() > options.record_bytes_max;
    if (const auto dialect = detect_csv_dialect(stream.unread(), is_enough, separator)) {
      stream.consume(dialect->skip_bytes);
      auto scanner = make_csv_scanner(*dialect, options);
      return DelimitedReader::open(std::move(stream), std::move(scanner), std::move(name), options, cancel);
    }
    TRY(stream.fill());
  }
}

Result<std::unique_ptr<Reader>> open_json(BlockStream stream, std::string name, Format format,
                                          const ReadOptions& options, const Cancel* cancel) {
  JsonLimits limits{name, options.record_bytes_max};
  const bool is_document = format == Format::json || !options.records_path.empty();
  auto records = is_document ? TRY(read_json_document(std::move(stream), std::move(limits), options.records_path))
                             : read_json_lines(std::move(stream), std::move(limits));
  return JsonReader::open(std::move(records), std::move(name), options, cancel);
}

Result<std::unique_ptr<Reader>> open_fixed(BlockStream stream, std::string name, const ReadOptions& options,
                                           const Cancel* cancel) {
  auto columns = options.fixed_columns;
  const std::string_view sample = stream.unread().substr(0, kDialectBytes);
  if (columns.empty())
    columns = detect_fixed_columns(sample, stream.at_end() && sample.size() == stream.unread().size());
  if (columns.empty())
    return Error{ErrorKind::bad_data, fmt::format("'{}' has no columns that could be found", name),
                 "say where they are: '--columns name:1-10,age:11-13'"};
  auto scanner = std::make_shared<FixedScanner>(std::move(columns), options.skip_lines + 1);
  return DelimitedReader::open(std::move(stream), std::move(scanner), std::move(name), options, cancel);
}

// Separator, quote and escape must differ, and none can be a line end.
Status check_dialect(const ReadOptions& options) {
  const std::string separator = options.separator.value_or(",");
  if (separator.empty() || separator.find_first_of("\r\n") != std::string::npos)
    return Error{ErrorKind::usage, "the separator cannot be empty or hold a line end"};
  const auto is_line_end = [](std::optional<char> byte) { return byte == '\n' || byte == '\r'; };
  if (is_line_end(options.quote) || is_line_end(options.escape))
    return Error{ErrorKind::usage, "quote and escape cannot be a line end"};
  if (options.quote == separator[0] || options.escape == separator[0])
    return Error{ErrorKind::usage, "the separator cannot start with the quote or the escape"};
  if (options.escape && options.escape == options.quote)
    return Error{ErrorKind::usage, "quote and escape cannot be the same",
                 "a doubled quote is read as one without an escape"};
  if (options.format == Format::tsv && (separator.size() != 1 || separator[0] == '\\'))
    return Error{ErrorKind::usage, "the separator of TSV is one byte, and no backslash", "read it as csv"};
  return {};
}

Status check_options(const ReadOptions& options) {
  TRY(check_dialect(options));
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

std::vector<std::string> format_names() { return names_for(Use::read); }
std::vector<std::string> written_format_names() { return names_for(Use::write); }

std::optional<Ragged> parse_ragged(std::string_view name) {
  const auto* found = std::find(std::begin(kRaggedNames), std::end(kRaggedNames), name);
  if (found == std::end(kRaggedNames)) return std::nullopt;
  return static_cast<Ragged>(found - std::begin(kRaggedNames));
}

std::vector<std::string> ragged_names() { return {std::begin(kRaggedNames), std::end(kRaggedNames)}; }

std::string_view name_of(Format format) { return kFormatNames[static_cast<size_t>(format)].name; }

Format format_of_name(std::string_view name) { return format_of_ending(name, Use::read); }
Format written_format_of_name(std::string_view name) { return format_of_ending(name, Use::write); }

Result<std::unique_ptr<Reader>> open_reader(std::unique_ptr<Source> source, std::string name,
                                            const ReadOptions& options, const Cancel* cancel) {
  TRY(check_options(options));
  BlockStream stream(std::move(source), options.block_bytes);
  // Enough to tell formats and dialects apart, whatever the size of the blocks.
  while (stream.unread().size() < kDialectBytes && !stream.at_end()) TRY(stream.fill());
  TRY(check_is_text(stream.unread(), name));
  if (options.skip_lines > 0) TRY(skip_lines(stream, options.skip_lines));
  Format format = options.format == Format::detect ? format_of_name(name) : options.format;
  if (format == Format::detect) format = format_of_text(stream.unread());
  if (format == Format::csv) return open_csv(std::move(stream), std::move(name), options, cancel);
  skip_byte_order_mark(stream);
  if (format == Format::jsonl || format == Format::json)
    return open_json(std::move(stream), std::move(name), format, options, cancel);
  if (format == Format::fixed) return open_fixed(std::move(stream), std::move(name), options, cancel);
  std::shared_ptr<RecordScanner> scanner;
  if (format == Format::lines) scanner = std::make_shared<LineScanner>(options.skip_lines + 1);
  else scanner = std::make_shared<TsvScanner>(options.separator.value_or("\t")[0], options.skip_lines + 1);
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
