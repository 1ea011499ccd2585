// amlprep convert: CSV, TSV and JSON Lines into one another.
#include "amlprep/commands.h"
#include "amlprep/input_flags.h"
#include "amlprep/output_flags.h"
#include "cli/session.h"
#include "prep/reject_file.h"
#include "prep/stream.h"
#include "source/open.h"
#include "source_context.h"

namespace aml::amlprep {
namespace {

class ConvertCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{.name = "convert",
                   .summary = "convert between CSV, TSV, JSON Lines and others",
                   .description =
                       "Streams in bounded memory and passes every value on as it stands: no number is "
                       "reformatted, no text is taken for a date. Several FILEs must have the same columns "
                       "and become one table. CSV follows RFC 4180; TSV writes \\t, \\n, \\r and \\\\ for "
                       "a tab, line feed, carriage return and backslash; JSON Lines writes a text that is "
                       "a JSON number as a number with its digits unchanged.",
                   .examples = {{"amlprep convert penguins_raw.csv --to jsonl -o penguins.jsonl", "a file"},
                                {"amlprep head -n 5 penguins_raw.csv | amlprep convert --to tsv -", "within a pipe"}},
                   .flags = {{0, "rejects", "FILE", "write the records that are left out to FILE, as CSV", &rejects_,
                              cli::Group::output, cli::Complete::file}},
                   .positionals = {{"FILE", "tables, see aml-prep(5) for formats; - is standard input", &files_}},
                   .output = cli::Output::data,
                   .see_also = {"amlprep-head(1)", "amlprep-profile(1)"}};
    input_.add_to(spec.flags);
    output_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    TRY(check_standard_input(session, files_));
    auto options = TRY(input_.options());
    auto rejects =
        TRY(prep::RejectFile::create(rejects_, session.settings().force ? os::Overwrite::yes : os::Overwrite::no));
    options.read.on_rejected = [&](const table::RejectedRecord& record) { rejects.add(record); };
    const auto reader = TRY(source::open_tables(files_, options, source_context(session)));
    const auto writer = TRY(output_.create(session, reader->schema()));
    auto pipeline = TRY(prep::Pipeline::create({}, reader->schema(), prep::ErrorPolicy::keep));
    TRY(prep::run_pipeline(*reader, pipeline, *writer, session.settings().threads, {}));
    TRY(rejects.commit());
    warn_of_records(session, rejects);
    return cli::ExitCode::ok;
  }

 private:
  InputFlags input_;
  OutputFlags output_;
  std::optional<std::string> rejects_;
  std::vector<std::string> files_;
};

}  // namespace

std::unique_ptr<cli::Command> make_convert() { return std::make_unique<ConvertCommand>(); }

}  // namespace aml::amlprep
