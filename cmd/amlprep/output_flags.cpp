#include "amlprep/output_flags.h"

#include <fmt/format.h>

#include "source/options.h"

namespace aml::amlprep {

void OutputFlags::add_to(std::vector<cli::Flag>& flags) {
  flags.push_back({0,
                   "to",
                   "FORMAT",
                   "output format (default: csv)",
                   &to_,
                   cli::Group::output,
                   cli::Complete::choice,
                   {"csv", "tsv", "jsonl", "parquet", "arrow"}});
  flags.push_back(
      {0, "to-separator", "CHAR", "between CSV fields written (default: a comma)", &separator_, cli::Group::output});
  flags.push_back({0, "to-missing", "WORD", "write WORD for no value in CSV and TSV", &missing_, cli::Group::output});
  flags.push_back({0, "all-strings", "", "JSON Lines: write numbers as strings", &all_strings_, cli::Group::output});
}

Result<table::WriteOptions> OutputFlags::options() const {
  table::WriteOptions options;
  options.format = table::parse_format(to_).value_or(table::Format::csv);
  if (separator_) {
    const std::string separator = TRY(source::parse_separator(*separator_));
    if (separator.size() != 1)
      return Error{ErrorKind::usage, fmt::format("separator '{}' is not one byte", *separator_), "write \\t for a tab"};
    options.separator = separator[0];
  }
  options.missing_text = missing_;
  options.all_strings = all_strings_;
  return options;
}

}  // namespace aml::amlprep
