#include "source/options.h"

#include <fmt/format.h>

#include <algorithm>
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
  const auto names = table::format_names();
  const bool is_known = std::find(names.begin(), names.end(), values[0]) != names.end();
  return set_choice(options.read.format, is_known ? table::parse_format(values[0]) : std::nullopt, values[0], "format",
                    names);
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

Result<bool> parse_switch(const std::string& text) {
  if (text == "true" || text == "false") return text == "true";
  return Error{ErrorKind::usage, fmt::format("'{}' is neither true nor false", text)};
}

Status set_header(OpenOptions& options, const std::vector<std::string>& values) {
  options.read.has_header = TRY(parse_switch(values[0]));
  return {};
}

Status set_flatten(OpenOptions& options, const std::vector<std::string>& values) {
  options.read.flattens = TRY(parse_switch(values[0]));
  return {};
}

Status set_records(OpenOptions& options, const std::vector<std::string>& values) {
  options.read.records_path.clear();
  std::string_view rest = values[0];
  for (;;) {
    const size_t point = rest.find('.');
    options.read.records_path.emplace_back(rest.substr(0, point));
    if (options.read.records_path.back().empty())
      return Error{ErrorKind::usage, fmt::format("'{}' is no path of members", values[0]), "for example result.rows"};
    if (point == std::string_view::npos) return {};
    rest.remove_prefix(point + 1);
  }
}

struct PlacedColumn {
  std::string name;  // empty: only its width was given
  table::FixedColumn place;
};

// "name:1-10" (characters from 1, both included), or "10": so many characters from `begin` on.
Result<PlacedColumn> parse_fixed_column(const std::string& text, size_t begin) {
  const size_t colon = text.rfind(':');
  const bool has_name = colon != std::string::npos && colon > 0;
  const std::string places = text.substr(has_name ? colon + 1 : 0);
  const size_t dash = has_name ? std::min(places.find('-'), places.size()) : places.size();
  const int64_t first = text::parse_int(places.substr(0, dash)).value_or(0);
  const int64_t last = has_name && dash < places.size() ? text::parse_int(places.substr(dash + 1)).value_or(0) : first;
  constexpr int64_t kPlaceMax = 1 << 30;
  if (first < 1 || last < first || last > kPlaceMax || (has_name && dash == places.size()))
    return Error{ErrorKind::usage, fmt::format("'{}' is neither a width nor NAME:FIRST-LAST", text),
                 "for example 'name:1-10,age:11-13', or '10,3'"};
  const auto width = static_cast<size_t>(first);
  if (!has_name) return PlacedColumn{"", {begin, begin + width}};
  return PlacedColumn{text.substr(0, colon), {width - 1, static_cast<size_t>(last)}};
}

// Columns with names need no line of names.
Status set_columns(OpenOptions& options, const std::vector<std::string>& values) {
  options.read.fixed_columns.clear();
  std::vector<std::string> names;
  size_t begin = 0;
  for (const std::string& value : values.size() == 1 ? split_at_commas(values[0]) : values) {
    PlacedColumn column = TRY(parse_fixed_column(value, begin));
    if (column.place.begin < begin)
      return Error{ErrorKind::usage, fmt::format("'{}' starts before the column in front of it ends", value)};
    options.read.fixed_columns.push_back(column.place);
    begin = column.place.end;
    if (!column.name.empty()) names.push_back(std::move(column.name));
  }
  if (!names.empty() && names.size() != options.read.fixed_columns.size())
    return Error{ErrorKind::usage, "columns are given by widths or by names, not both"};
  options.read.has_header = options.read.has_header && names.empty();
  if (!names.empty()) options.names = std::move(names);
  if (options.read.format == table::Format::detect) options.read.format = table::Format::fixed;
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

Status set_path_column(OpenOptions& options, const std::vector<std::string>& values) {
  options.path_column = values[0];
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
    {"columns", "columns", "SPEC", "fixed width: name:1-10,age:11-13, or widths 10,3 (default: found)",
     OptionKind::list, nullptr, set_columns},
    {"records", "records", "PATH", "JSON: the members that lead to the rows, as in result.rows", OptionKind::value,
     nullptr, set_records},
    {"flatten", "flatten", "", "JSON: members of nested objects become columns a.b", OptionKind::on_switch, nullptr,
     set_flatten},
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
    {"path_column", "path-column", "NAME", "add a column with the name of each row's file", OptionKind::value, nullptr,
     set_path_column},
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
