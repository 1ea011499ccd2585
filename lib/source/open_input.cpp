#include "source/open_input.h"

#include <fmt/format.h>

#include "source/decimal_comma.h"
#include "source/encoding.h"
#include "source/expand.h"
#include "source/formats.h"
#include "source/renamed_reader.h"

namespace aml::source {
namespace {

// Enough to tell formats apart.
constexpr size_t kHeadBytes = 4096;

// An address ends in its query, which says nothing about the format.
std::string_view path_of(std::string_view name) {
  return is_url(std::string(name)) ? name.substr(0, name.find('?')) : name;
}

// For callers that do not collect the records left out: the first of them are told one by one.
table::ReadOptions with_notices(table::ReadOptions read, const Context& context) {
  if (read.on_rejected || !context.on_notice) return read;
  constexpr size_t kNoticesMax = 20;
  read.on_rejected = [notice = context.on_notice, count = size_t{0}](const table::RejectedRecord& record) mutable {
    if (++count <= kNoticesMax) notice(fmt::format("left out {}:{}: {}", record.source, record.line, record.reason));
    if (count == kNoticesMax) notice("further records are left out without a word");
  };
  return read;
}

bool is_utf8_name(std::string_view encoding) {
  std::string name;
  for (const char byte : encoding)
    if (byte != '-' && byte != '_') name.push_back(static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte));
  return name == "utf8";
}

// The text of `input` as UTF-8; what was found out about it is told.
Result<ByteInput> decode_text(ByteInput input, const OpenOptions& options, const Context& context) {
  if (options.encoding && is_utf8_name(*options.encoding)) return input;
  const auto notice = [on_notice = context.on_notice, name = input.name](const std::string& encoding) {
    if (on_notice) on_notice(fmt::format("'{}' is read as {}", name, encoding));
  };
  const auto wide = options.encoding ? std::nullopt : detect_wide_encoding(TRY(input.bytes->peek(kHeadBytes)));
  if (wide) notice(*wide);
  std::unique_ptr<Source> decoded;
  if (wide || options.encoding)
    decoded = TRY(decode_from(std::move(input.bytes), wide.value_or(options.encoding.value_or("")), input.name));
  else decoded = decode_utf8_or_windows_1252(std::move(input.bytes), [notice] { notice("windows-1252"); });
  return ByteInput{std::move(input.name), std::make_unique<PeekSource>(std::move(decoded))};
}

Result<std::unique_ptr<table::Reader>> open_as_it_is(const std::string& name, const OpenOptions& options,
                                                     const Context& context) {
  if (const TableScheme* scheme = find_table_scheme(name)) return scheme->open(name, options, context);
  ByteInput input = TRY(open_bytes(name, context));
  if (options.known_as) input.name = *options.known_as;
  const std::string_view head = TRY(input.bytes->peek(kHeadBytes));
  if (const FileFormat* format = find_file_format(options.read.format, head, input.name)) {
    SeekableFile file = TRY(make_seekable(std::move(input), context));
    return format->open(std::move(file), options, context);
  }
  input = TRY(decode_text(std::move(input), options, context));
  table::ReadOptions read = with_notices(options.read, context);
  if (read.format == table::Format::detect)
    read.format = table::format_of_name(without_compression_ending(path_of(input.name)));
  if (read.format == table::Format::lines) read.has_header = false;
  return table::open_reader(std::move(input.bytes), std::move(input.name), read, context.cancel);
}

}  // namespace

Result<std::unique_ptr<table::Reader>> open_input(const std::string& name, const OpenOptions& options,
                                                  const Context& context) {
  auto reader = TRY(open_as_it_is(name, options, context));
  if (options.has_decimal_comma) reader = read_decimal_commas(std::move(reader));
  if (options.read.format == table::Format::lines && options.names.empty())
    return rename_columns(std::move(reader), {"line"}, name);
  if (!options.names.empty()) reader = TRY(rename_columns(std::move(reader), options.names, name));
  return reader;
}

}  // namespace aml::source
