#include "amlprep/input_flags.h"

#include <fmt/format.h>

#include <algorithm>

namespace aml::amlprep {

void InputFlags::add_to(std::vector<cli::Flag>& flags) {
  flags.push_back({0,
                   "from",
                   "FORMAT",
                   "input format (default: by name or content)",
                   &from_,
                   cli::Group::input,
                   cli::Complete::choice,
                   {"csv", "tsv", "jsonl", "excel"}});
  flags.push_back(
      {0, "separator", "CHAR", "between CSV fields (default: found in line 1)", &separator_, cli::Group::input});
  flags.push_back({0, "missing", "WORD", "unquoted WORD means no value (repeatable)", &missing_, cli::Group::input});
  flags.push_back({0,
                   "ragged",
                   "POLICY",
                   "short records: refuse or pad (default: refuse)",
                   &ragged_,
                   cli::Group::input,
                   cli::Complete::choice,
                   {"refuse", "pad"}});
  flags.push_back(
      {0, "no-header", "", "no line of names: call them column1, column2, …", &has_no_header_, cli::Group::input});
  flags.push_back(
      {0, "sheet", "SHEET", "of a workbook: name or place (default: first visible)", &sheet_, cli::Group::input});
  flags.push_back(
      {0, "range", "CELLS", "of a sheet, such as B3:F100 or A:D (default: all)", &range_, cli::Group::input});
  flags.push_back(
      {0, "displayed", "", "cells as Excel displays them, not their values", &is_displayed_, cli::Group::input});
}

namespace {

Result<std::optional<excel::CellRange>> parse_range(const std::optional<std::string>& text) {
  if (!text) return std::optional<excel::CellRange>();
  const auto range = excel::parse_cell_range(*text);
  if (!range)
    return Error{ErrorKind::usage, fmt::format("range '{}' names no cells", *text),
                 "write it as B3:F100, as columns A:D, or as the first cell B3"};
  return range;
}

}  // namespace

Result<source::OpenOptions> InputFlags::options() const {
  source::OpenOptions opened;
  table::ReadOptions& options = opened.read;
  if (from_) options.format = table::parse_format(*from_).value_or(table::Format::detect);
  options.separator = TRY(parse_separator(separator_));
  options.missing = missing_;
  options.ragged = ragged_ == "pad" ? table::Ragged::pad : table::Ragged::refuse;
  options.has_header = !has_no_header_;
  opened.sheet.sheet = sheet_;
  opened.sheet.range = TRY(parse_range(range_));
  if (is_displayed_) opened.sheet.form = excel::CellForm::displayed;
  return opened;
}

Status check_standard_input(cli::Session& session, const std::vector<std::string>& files) {
  const auto count = std::count(files.begin(), files.end(), "-");
  if (count > 1) return Error{ErrorKind::usage, "standard input can be read only once", "give '-' at most once"};
  return count == 1 ? session.require_piped_stdin() : Status();
}

Result<std::optional<char>> parse_separator(const std::optional<std::string>& text) {
  if (!text) return std::optional<char>();
  if (*text == "\\t" || *text == "tab") return std::optional('\t');
  if (text->size() == 1) return std::optional((*text)[0]);
  return Error{ErrorKind::usage, fmt::format("separator '{}' is not one byte", *text), "write \\t for a tab"};
}

}  // namespace aml::amlprep
