#include "source/options.h"

#include <fmt/format.h>

#include <charconv>

#include "text/numbers.h"
#include "text/suggest.h"

namespace aml::source {
namespace {

constexpr size_t kSeparatorBytesMax = 64;

// The byte that an escape at the start of `text` stands for, and how long it is written.
struct Escape {
  char byte = 0;
  size_t size = 0;
};
std::optional<Escape> read_escape(std::string_view text) {
  if (text.starts_with("\\t")) return Escape{'\t', 2};
  if (text.starts_with("\\0")) return Escape{'\0', 2};
  if (text.starts_with("\\\\")) return Escape{'\\', 2};
  if (!text.starts_with("\\x") || text.size() < 4) return std::nullopt;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 4, value, 16);
  if (error != std::errc() || end != text.data() + 4) return std::nullopt;
  return Escape{static_cast<char>(value), 4};
}

// One byte spelled like a separator, or "none".
Result<std::optional<char>> parse_byte(std::string_view text) {
  if (text == "none") return std::optional<char>();
  auto bytes = source::parse_separator(text);
  if (bytes.ok() && bytes->size() == 1) return std::optional((*bytes)[0]);
  return Error{ErrorKind::usage, fmt::format("'{}' is not one byte", text), "one character such as ', or none"};
}

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> names;
  for (;;) {
    const size_t comma = text.find(',');
    names.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return names;
    text.remove_prefix(comma + 1);
  }
}

// What a name of `choices` stands for: `parse` knows them all.
template <class T>
Status set_choice(T& target, std::optional<T> parsed, const std::string& text, std::string_view what,
                  const std::vector<std::string>& choices) {
  if (!parsed)
    return Error{ErrorKind::usage, fmt::format("unknown {} '{}'", what, text), text::suggestion_hint(text, choices)};
  target = *parsed;
  return {};
}

Status set_format(OpenOptions& options, const std::vector<std::string>& values) {
  return set_choice(options.read.format, table::parse_format(values[0]), values[0], "format", table::format_names());
}

Status set_separator(OpenOptions& options, const std::vector<std::string>& values) {
  options.read.separator = TRY(parse_separator(values[0]));
  return {};
}

Status set_quote(OpenOptions& options, const std::vector<std::string>& values) {
  options.read.quote = TRY(parse_byte(values[0]));
  return {};
}

Status set_escape(OpenOptions& options, const std::vector<std::string>& values) {
  options.read.escape = TRY(parse_byte(values[0]));
  return {};
}

Status set_comment(OpenOptions& options, const std::vector<std::string>& values) {
  options.read.comment = values[0];
  return {};
}

Status set_skip_lines(OpenOptions& options, const std::vector<std::string>& values) {
  const auto lines = text::parse_int(values[0]);
  if (!lines || *lines < 0) return Error{ErrorKind::usage, fmt::format("'{}' is no number of lines", values[0])};
  options.read.skip_lines = static_cast<uint64_t>(*lines);
  return {};
}

Status set_header(OpenOptions& options, const std::vector<std::string>& values) {
  if (values[0] != "true" && values[0] != "false")
    return Error{ErrorKind::usage, fmt::format("'{}' is neither true nor false", values[0])};
  options.read.has_header = values[0] == "true";
  return {};
}

// As the flag takes them, in one word; a name that holds a comma can be said in a package.
Status set_names(OpenOptions& options, const std::vector<std::string>& values) {
  options.names = values.size() == 1 ? split_at_commas(values[0]) : values;
  return {};
}

Status set_missing(OpenOptions& options, const std::vector<std::string>& values) {
  options.read.missing = values;
  return {};
}

Status set_ragged(OpenOptions& options, const std::vector<std::string>& values) {
  return set_choice(options.read.ragged, table::parse_ragged(values[0]), values[0],
                    "value for ragged:", table::ragged_names());
}

Status set_encoding(OpenOptions& options, const std::vector<std::string>& values) {
  options.encoding = values[0];
  return {};
}

std::vector<std::string> decimal_names() { return {"point", "comma"}; }

Status set_decimal(OpenOptions& options, const std::vector<std::string>& values) {
  const bool is_comma = values[0] == "comma";
  return set_choice(options.has_decimal_comma,
                    is_comma || values[0] == "point" ? std::optional(is_comma) : std::nullopt, values[0],
                    "value for decimal:", decimal_names());
}

Status set_sheet(OpenOptions& options, const std::vector<std::string>& values) {
  options.sheet.sheet = values[0];
  return {};
}

Status set_range(OpenOptions& options, const std::vector<std::string>& values) {
  options.sheet.range = excel::parse_cell_range(values[0]);
  if (options.sheet.range) return {};
  return Error{ErrorKind::usage, fmt::format("range '{}' names no cells", values[0]),
               "write it as B3:F100, as columns A:D, or as the first cell B3"};
}

std::vector<std::string> cell_form_names() { return {"value", "displayed"}; }

Status set_cells(OpenOptions& options, const std::vector<std::string>& values) {
  const auto names = cell_form_names();
  const auto form = values[0] == names[1] ? excel::CellForm::displayed : excel::CellForm::value;
  const bool is_known = values[0] == names[0] || values[0] == names[1];
  return set_choice(options.sheet.form, is_known ? std::optional(form) : std::nullopt, values[0],
                    "value for cells:", names);
}

Status set_query(OpenOptions& options, const std::vector<std::string>& values) {
  options.query = values[0];
  return {};
}

constexpr Option kOptions[] = {
    {"format", "from", "FORMAT", "input format (default: by name or content)", OptionKind::value, table::format_names,
     set_format},
    {"separator", "separator", "TEXT", "between CSV fields (default: found in the first lines)", OptionKind::value,
     nullptr, set_separator},
    {"missing", "missing", "WORD", "unquoted WORD means no value (repeatable)", OptionKind::list, nullptr, set_missing},
    {"ragged", "ragged", "POLICY", "records of a wrong size: refuse, pad, truncate, fit (both), reject",
     OptionKind::value, table::ragged_names, set_ragged},
    {"header", "no-header", "", "no line of names: call them column1, column2, …", OptionKind::off_switch, nullptr,
     set_header},
    {"names", "names", "A,B,…", "call the columns so", OptionKind::list, nullptr, set_names},
    {"skip_lines", "skip-lines", "N", "lines before the header", OptionKind::value, nullptr, set_skip_lines},
    {"comment", "comment", "TEXT", "CSV records that start with TEXT are none", OptionKind::value, nullptr,
     set_comment},
    {"quote", "quote", "CHAR", "around CSV fields, or none (default: \")", OptionKind::value, nullptr, set_quote},
    {"escape", "escape", "CHAR", "in CSV, the byte behind CHAR stands for itself", OptionKind::value, nullptr,
     set_escape},
    {"encoding", "encoding", "NAME", "of text, as iconv names it (default: UTF-8, else detected)", OptionKind::value,
     nullptr, set_encoding},
    {"decimal", "decimal", "MARK", "of numbers: point, or comma to read 1.234,5 as 1234.5", OptionKind::value,
     decimal_names, set_decimal},
    {"sheet", "sheet", "SHEET", "of a workbook: name or place (default: the first visible)", OptionKind::value, nullptr,
     set_sheet},
    {"range", "range", "CELLS", "of a sheet, such as B3:F100 or A:D (default: all)", OptionKind::value, nullptr,
     set_range},
    {"cells", "cells", "FORM", "of a sheet: value, or displayed as in Excel (default: value)", OptionKind::value,
     cell_form_names, set_cells},
    {"query", "query", "SQL", "what to read of a data base (odbc:…)", OptionKind::value, nullptr, set_query},
};

}  // namespace

std::span<const Option> source_options() { return kOptions; }

const Option* find_source_option(std::string_view key) {
  for (const Option& option : kOptions)
    if (option.key == key) return &option;
  return nullptr;
}

Result<std::string> parse_separator(std::string_view text) {
  if (text == "tab") return std::string("\t");
  std::string bytes;
  for (size_t i = 0; i < text.size();) {
    const auto escape = read_escape(text.substr(i));
    bytes.push_back(escape ? escape->byte : text[i]);
    i += escape ? escape->size : 1;
  }
  if (!bytes.empty() && bytes.size() <= kSeparatorBytesMax) return bytes;
  return Error{ErrorKind::usage, fmt::format("separator '{}' is empty or too long", text),
               R"(for example ';', '||', tab or \x1f)"};
}

}  // namespace aml::source
