// amlprep profile: show what is in each column.
#include <algorithm>

#include "amlprep/commands.h"
#include "amlprep/input_flags.h"
#include "amlprep/profile_output.h"
#include "cli/session.h"
#include "prep/reject_file.h"

namespace aml::amlprep {
namespace {

class ProfileCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "profile",
        .summary = "show what is in each column",
        .description =
            "Reads each FILE once, in bounded memory, and changes nothing: types are what all values of a column fit, "
            "and words such as NA count as missing in columns that are otherwise numbers, dates or booleans. What is "
            "estimated says 'about'. What a column is for a learner, the patterns of its values, box plots, "
            "correlations and notes come from a random sample of at most 10000 rows, the same for the same --seed. "
            "--suggest prints a package with the steps that would act on what was found; read it before you run it. "
            "--against shows two tables side by side, --html writes one page that needs nothing else.",
        .examples = {{"amlprep profile penguins_raw.csv", "every column of a file"},
                     {"amlprep profile --json penguins_raw.csv | jq -c '[.name, .missing]'",
                      "missing values per column"},
                     {"amlprep profile --suggest penguins_raw.csv", "what could be done about it"},
                     {"amlprep profile --html report.html penguins_raw.csv", "the same to look at in a browser"}},
        .flags = {{'n', "limit", "N", "look at the first N rows only", &options_.profile.rows_max},
                  {0, "top", "N", "show the N most frequent values (default: 5)", &top_},
                  {0, "correlations", "", "of all pairs of numeric columns", &wanted_.correlations},
                  {0, "x", "COLUMN", "plot --y over this column of numbers or dates", &wanted_.x},
                  {0, "y", "COLUMN", "see --x", &wanted_.y},
                  {0, "against", "FILE", "compare with this earlier table", &against_, cli::Group::input,
                   cli::Complete::file},
                  {0, "suggest", "", "print a prep package that acts on the findings", &wanted_.suggestions,
                   cli::Group::output},
                  {0, "html", "FILE", "write a page with charts", &html_, cli::Group::output, cli::Complete::file},
                  {'f', "force", "", "replace an existing page", &force_, cli::Group::output}},
        .positionals = {{"FILE", "a table as CSV, TSV or JSON Lines; - is standard input", &files_}},
        .output = cli::Output::records,
        .see_also = {"amlprep-head(1)", "amlprep-convert(1)", "aml-prep(5)"}};
    input_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    options_.profile.top_values = top_;
    options_.seed = session.settings().seed;
    TRY(check_standard_input(session, files_));
    TRY(check_flags());
    std::optional<inspect::TableInspection> earlier;
    if (against_) earlier = TRY(inspect_file(*against_, session));
    ProfileOutput output(session, wanted_, earlier ? &*earlier : nullptr);
    bool has_failed = false;
    for (const std::string& file : files_) {
      const auto table = inspect_file(file, session);
      if (!table.ok() && files_.size() == 1) return table.error();
      if (!table.ok()) session.report(table.error());
      else if (html_) TRY(output.write_page(*table, *html_, force_ ? os::Overwrite::yes : os::Overwrite::no));
      else TRY(output.print(*table));
      has_failed = has_failed || !table.ok();
    }
    return has_failed ? cli::ExitCode::partial : cli::ExitCode::ok;
  }

 private:
  Status check_flags() const {
    if (html_ && files_.size() > 1)
      return Error{ErrorKind::usage, "--html takes one FILE",
                   "write a page for each, or join them with amlprep convert"};
    if (wanted_.x.has_value() != wanted_.y.has_value())
      return Error{ErrorKind::usage, "--x and --y go together", "name two columns"};
    if (against_ == "-" && std::count(files_.begin(), files_.end(), "-") > 0)
      return Error{ErrorKind::usage, "standard input can be read only once", "give '-' at most once"};
    return {};
  }

  Result<inspect::TableInspection> inspect_file(const std::string& file, cli::Session& session) {
    auto rejects = TRY(prep::RejectFile::create(std::nullopt, os::Overwrite::no));
    const auto reader = TRY(open_files(session, {file}, TRY(input_.options()), rejects));
    const auto progress = session.progress("rows", 0);
    uint64_t rows_read = 0;
    inspect::InspectOptions options = options_;
    options.profile.on_batch = [&](const table::Batch&, size_t rows) { progress->advance_to(rows_read += rows); };
    auto table = inspect::inspect_table(*reader, file == "-" ? "stdin" : file, options);
    warn_of_records(session, rejects);
    return table;
  }

  InputFlags input_;
  std::vector<std::string> files_;
  inspect::InspectOptions options_;
  uint64_t top_ = 5;
  ProfileWanted wanted_;
  std::optional<std::string> against_, html_;
  bool force_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_profile() { return std::make_unique<ProfileCommand>(); }

}  // namespace aml::amlprep
