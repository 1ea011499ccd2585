// amlprep profile: show what is in each column.
#include <algorithm>

#include "amlprep/commands.h"
#include "amlprep/input_flags.h"
#include "cli/session.h"
#include "inspect/inspection_text.h"

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
                       "otherwise numbers, dates or booleans. What is estimated says 'about'. What a column is for a "
                       "learner, the patterns of its values, box plots, correlations and notes come from a random "
                       "sample of at most 10000 rows, the same for the same --seed. --suggest prints a package with "
                       "the steps that would act on what was found; read it before you run it.",
                   .examples = {{"amlprep profile penguins_raw.csv", "every column of a file"},
                                {"amlprep profile --json penguins_raw.csv | jq -c '[.name, .missing]'",
                                 "missing values per column"},
                                {"amlprep profile --suggest penguins_raw.csv", "what could be done about it"}},
                   .flags = {{'n', "limit", "N", "look at the first N rows only", &options_.profile.rows_max},
                             {0, "top", "N", "show the N most frequent values (default: 5)", &top_},
                             {0, "correlations", "", "of all pairs of numeric columns", &has_correlations_},
                             {0, "suggest", "", "print a prep package that acts on the findings", &suggests_}},
                   .positionals = {{"FILE", "a table as CSV, TSV or JSON Lines; - is standard input", &files_}},
                   .output = cli::Output::records,
                   .see_also = {"amlprep-head(1)", "amlprep-convert(1)"}};
    input_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto read_options = TRY(input_.options());
    options_.profile.top_values = top_;
    options_.seed = session.settings().seed;
    bool has_failed = false;
    const auto paths = TRY(input_paths(files_));
    for (const Path& path : paths) {
      if (path == "-") TRY(session.require_piped_stdin());
      const auto table = inspect_file(path, read_options, session);
      if (!table.ok() && paths.size() == 1) return table.error();
      if (!table.ok()) session.report(table.error());
      else TRY(print(*table, session));
      has_failed = has_failed || !table.ok();
    }
    return has_failed ? cli::ExitCode::partial : cli::ExitCode::ok;
  }

 private:
  Result<inspect::TableInspection> inspect_file(const Path& path, const table::ReadOptions& read_options,
                                                cli::Session& session) {
    const auto reader = TRY(table::open_reader(path, read_options, &session.cancel()));
    const auto progress = session.progress("rows", 0);
    uint64_t rows_read = 0;
    inspect::InspectOptions options = options_;
    options.profile.on_batch = [&](const table::Batch&, size_t rows) { progress->advance_to(rows_read += rows); };
    return inspect::inspect_table(*reader, path == "-" ? "stdin" : path.string(), options);
  }

  Status print(const inspect::TableInspection& table, cli::Session& session) {
    cli::Printer& out = session.out();
    if (suggests_) return print_lines(inspect::suggest_package(table), out);
    if (out.form() != cli::Form::people) {
      for (size_t column = 0; column < table.columns.size(); ++column)
        TRY(out.record(inspect::describe(table, column)));
      if (has_correlations_)
        for (const text::Fields& record : inspect::describe_correlations(table)) TRY(out.record(record));
      return {};
    }
    if (has_printed_) TRY(out.line(""));
    has_printed_ = true;
    const table::ProfileStyle style{static_cast<size_t>(std::max(out.columns(), 40)), glyphs_of(session)};
    for (const std::string& line : inspect::inspection_lines(table, style)) TRY(out.line(line));
    if (!has_correlations_) return {};
    TRY(out.line(""));
    for (const std::string& line : inspect::correlation_lines(table.correlations, style)) TRY(out.line(line));
    return {};
  }

  static Status print_lines(std::string_view text, cli::Printer& out) {
    for (; !text.empty(); text.remove_prefix(std::min(text.size(), text.find('\n') + 1)))
      TRY(out.line(text.substr(0, text.find('\n'))));
    return {};
  }

  InputFlags input_;
  std::vector<std::string> files_;
  inspect::InspectOptions options_;
  uint64_t top_ = 5;
  bool has_correlations_ = false;
  bool suggests_ = false;
  bool has_printed_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_profile() { return std::make_unique<ProfileCommand>(); }

}  // namespace aml::amlprep
