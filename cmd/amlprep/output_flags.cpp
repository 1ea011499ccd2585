#include "amlprep/output_flags.h"

#include <fmt/format.h>

#include "source/options.h"

namespace aml::amlprep {

void OutputFlags::add_to(std::vector<cli::Flag>& flags) {
  flags.push_back({0, "to", "FORMAT", "output format (default: by the name of -o, else csv)", &to_, cli::Group::output,
                   cli::Complete::choice, table::written_format_names()});
  flags.push_back(
      {0, "to-separator", "CHAR", "between CSV fields written (default: a comma)", &separator_, cli::Group::output});
  flags.push_back({0, "to-missing", "WORD", "write WORD for no value", &missing_, cli::Group::output});
  flags.push_back({0, "all-strings", "", "JSON Lines: write numbers as strings", &all_strings_, cli::Group::output});
}

Result<source::CreateOptions> OutputFlags::options() const {
  source::CreateOptions create;
  if (to_) create.format = table::parse_format(*to_);
  table::WriteOptions& options = create.write;
  if (separator_) {
    const std::string separator = TRY(source::parse_separator(*separator_));
    if (separator.size() != 1)
      return Error{ErrorKind::usage, fmt::format("separator '{}' is not one byte", *separator_), "write \\t for a tab"};
    options.separator = separator[0];
  }
  options.missing_text = missing_;
  options.all_strings = all_strings_;
  return create;
}

Result<std::unique_ptr<table::Writer>> OutputFlags::create(cli::Session& session, table::SchemaPtr schema) const {
  cli::Printer& out = session.out();
  const source::CreateOptions create = TRY(options());
  Sink& sink = source::is_binary(out.data_name(), create) ? *TRY(out.binary_data()) : out.data();
  return source::create_table(sink, out.data_name(), std::move(schema), create);
}

}  // namespace aml::amlprep
