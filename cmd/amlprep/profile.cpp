// amlprep profile: show what is in each column.
#include "table/profile.h"

#include <algorithm>

#include "amlprep/commands.h"
#include "amlprep/input_flags.h"
#include "cli/session.h"
#include "prep/reject_file.h"
#include "source/open.h"
#include "source_context.h"
#include "table/profile_text.h"

namespace aml::amlprep {
namespace {

// By the locale of the terminal, as every program does it: the first of these that is set decides.
table::Glyphs glyphs_of(const cli::Session& session) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const auto value = session.environment(name);
    if (!value || value->empty()) continue;
    const bool is_utf8 = value->find("UTF-8") != std::string::npos || value->find("utf8") != std::string::npos;
    return is_utf8 ? table::Glyphs::blocks : table::Glyphs::ascii;
  }
  return table::Glyphs::ascii;
}

class ProfileCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{.name = "profile",
                   .summary = "show what is in each column",
                   .description =
                       "Reads each FILE once, in bounded memory, and changes nothing: types are what all "
                       "values of a column fit, and words such as NA count as missing in columns that are "
                       "otherwise numbers, dates or booleans. What is estimated says 'about'.",
                   .examples = {{"amlprep profile penguins_raw.csv", "every column of a file"},
                                {"amlprep profile --json penguins_raw.csv | jq -c '[.name, .missing]'",
                                 "missing values per column"}},
                   .flags = {{'n', "limit", "N", "look at the first N rows only", &options_.rows_max},
                             {0, "top", "N", "show the N most frequent values (default: 5)", &top_}},
                   .positionals = {{"FILE", "a table as CSV, TSV or JSON Lines; - is standard input", &files_}},
                   .output = cli::Output::records,
                   .see_also = {"amlprep-head(1)", "amlprep-convert(1)"}};
    input_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto read_options = TRY(input_.options());
    options_.top_values = top_;
    bool has_failed = false;
    TRY(check_standard_input(session, files_));
    for (const std::string& file : files_) {
      const auto profile = profile_file(file, read_options, session);
      if (!profile.ok() && files_.size() == 1) return profile.error();
      if (!profile.ok()) session.report(profile.error());
      else TRY(print(*profile, session));
      has_failed = has_failed || !profile.ok();
    }
    return has_failed ? cli::ExitCode::partial : cli::ExitCode::ok;
  }

 private:
  Result<table::TableProfile> profile_file(const std::string& file, source::OpenOptions options,
                                           cli::Session& session) {
    auto rejects = TRY(prep::RejectFile::create(std::nullopt, os::Overwrite::no));
    options.read.on_rejected = [&](const table::RejectedRecord& record) { rejects.add(record); };
    const auto reader = TRY(source::open_table(file, options, source_context(session)));
    auto profile = table::profile_table(*reader, file == "-" ? "stdin" : file, options_);
    warn_of_records(session, rejects);
    return profile;
  }

  Status print(const table::TableProfile& profile, cli::Session& session) {
    cli::Printer& out = session.out();
    if (out.form() != cli::Form::people) {
      for (const table::ColumnProfile& column : profile.columns) TRY(out.record(table::describe(profile, column)));
      return {};
    }
    if (has_printed_) TRY(out.line(""));
    has_printed_ = true;
    const auto columns = static_cast<size_t>(std::max(out.columns(), 40));
    for (const std::string& line : table::profile_lines(profile, {columns, glyphs_of(session)})) TRY(out.line(line));
    return {};
  }

  InputFlags input_;
  std::vector<std::string> files_;
  table::ProfileOptions options_;
  uint64_t top_ = 5;
  bool has_printed_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_profile() { return std::make_unique<ProfileCommand>(); }

}  // namespace aml::amlprep
