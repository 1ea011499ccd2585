// amlprep split: a column into fields, told from the column alone.
#include <fmt/format.h>

#include "amlprep/commands.h"
#include "amlprep/input_flags.h"
#include "amlprep/step_output.h"
#include "cli/session.h"
#include "os/atomic_file.h"
#include "prep/learn_table.h"

namespace aml::amlprep {
namespace {

constexpr size_t kPreviewRows = 3;

class SplitCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "split",
        .summary = "find the fields in a column",
        .description =
            "Looks at the first rows of COLUMN, a few thousand, for separators that stand in the same order on almost "
            "all of "
            "them; dates, times and numbers stay whole. Failing that, for columns of blanks, then for places where "
            "letters turn to digits. Prints a package with the step split_fields; --append puts it behind the "
            "steps of a package. Rows without these cuts have no value in any field, and amlprep apply counts them.",
        .examples = {{"amlprep split penguins_raw.csv --column Species > species.prep.yaml",
                      "the name in Latin apart"}},
        .flags = {{0, "column", "COLUMN", "the column to split", &column_, cli::Group::input},
                  {0, "append", "PACKAGE", "put the step into PACKAGE instead of printing one", &append_,
                   cli::Group::output, cli::Complete::file}},
        .positionals = {{"FILE", "a table; - is standard input", &file_}},
        .output = cli::Output::data,
        .exit_notes = {"4  FILE is not there", "6  FILE cannot be read, or no cut is common to the rows"},
        .see_also = {"aml-prep(5)", "amlprep-learn(1)", "amlprep-apply(1)"}};
    input_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    if (column_.empty()) return Error{ErrorKind::usage, "no column to split", "name one with --column"};
    auto rejects = TRY(prep::RejectFile::create(std::nullopt, os::Overwrite::no));
    const auto reader = TRY(open_files(session, {file_}, TRY(input_.options()), rejects));
    const prep::ColumnSample sample = TRY(prep::sample_columns(*reader, {column_}));
    warn_of_records(session, rejects);
    const prep::SplitFields step = TRY(prep::learn_split_fields(sample));
    preview(session, sample, step);
    const auto write_step = [&step](size_t indent) { return prep::write_split_fields(step, indent); };
    TRY(put_step(session, append_, write_step));
    return cli::ExitCode::ok;
  }

 private:
  static void preview(cli::Session& session, const prep::ColumnSample& sample, const prep::SplitFields& step) {
    size_t misfits = 0;
    for (size_t row = 0; row < sample.rows.size(); ++row) {
      const synth::Cell& cell = sample.rows[row].front();
      if (!cell) continue;
      const auto fields = synth::split_fields(step.program, *cell);
      misfits += fields ? 0 : 1;
      if (row >= kPreviewRows) continue;
      session.note(fields ? fmt::format("row {}: '{}'", row + 1, fmt::join(*fields, "', '"))
                          : fmt::format("row {} does not fit", row + 1));
    }
    session.note(fmt::format("{} fields, {} of {} rows do not fit", step.into.size(), misfits, sample.rows.size()));
  }

  InputFlags input_;
  std::string column_;
  std::optional<std::string> append_;
  std::string file_;
};

}  // namespace

std::unique_ptr<cli::Command> make_split() { return std::make_unique<SplitCommand>(); }

}  // namespace aml::amlprep
