// amlprep head: the first rows of a table.
#include "amlprep/commands.h"
#include "amlprep/input_flags.h"
#include "amlprep/output_flags.h"
#include "cli/session.h"
#include "prep/reject_file.h"
#include "source/open.h"
#include "source_context.h"
#include "table/copy_rows.h"

namespace aml::amlprep {
namespace {

class HeadCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{.name = "head",
                   .summary = "print the first rows",
                   .description =
                       "Counts records, not lines: a quoted field may hold line ends. Stops reading as soon "
                       "as it has enough.",
                   .examples = {{"amlprep head -n 3 penguins_raw.csv", "the first three penguins"},
                                {"amlprep head -n 1 --to jsonl penguins_raw.csv", "one row with its column names"}},
                   .flags = {{'n', "limit", "N", "print N rows (default: 10)", &rows_max_}},
                   .positionals = {{"FILE", "a table as CSV, TSV or JSON Lines; - is standard input", &file_}},
                   .output = cli::Output::data,
                   .see_also = {"amlprep-profile(1)", "amlprep-convert(1)"}};
    input_.add_to(spec.flags);
    output_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    TRY(check_standard_input(session, {file_}));
    auto options = TRY(input_.options());
    auto rejects = TRY(prep::RejectFile::create(std::nullopt, os::Overwrite::no));
    options.read.on_rejected = [&](const table::RejectedRecord& record) { rejects.add(record); };
    const auto reader = TRY(source::open_table(file_, options, source_context(session)));
    const auto writer = TRY(output_.create(session, reader->schema()));
    TRY(table::copy_rows(*reader, *writer, rows_max_));
    warn_of_records(session, rejects);
    return cli::ExitCode::ok;
  }

 private:
  InputFlags input_;
  OutputFlags output_;
  std::string file_;
  uint64_t rows_max_ = 10;
};

}  // namespace

std::unique_ptr<cli::Command> make_head() { return std::make_unique<HeadCommand>(); }

}  // namespace aml::amlprep
