// amlprep convert: CSV, TSV and JSON Lines into one another.
#include "amlprep/commands.h"
#include "amlprep/input_flags.h"
#include "amlprep/output_flags.h"
#include "cli/session.h"
#include "table/concat.h"

namespace aml::amlprep {
namespace {

class ConvertCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{.name = "convert",
                   .summary = "convert between CSV, TSV and JSON Lines",
                   .description =
                       "Streams in bounded memory and passes every value on as it stands: no number is "
                       "reformatted, no text is taken for a date. Several FILEs must have the same columns "
                       "and become one table. CSV follows RFC 4180; TSV writes \\t, \\n, \\r and \\\\ for "
                       "a tab, line feed, carriage return and backslash; JSON Lines writes a text that is "
                       "a JSON number as a number with its digits unchanged.",
                   .examples = {{"amlprep convert penguins_raw.csv --to jsonl -o penguins.jsonl", "a file"},
                                {"amlprep head -n 5 penguins_raw.csv | amlprep convert --to tsv -", "within a pipe"}},
                   .flags = {},
                   .positionals = {{"FILE", "tables as CSV, TSV or JSON Lines; - is standard input", &files_}},
                   .output = cli::Output::data,
                   .see_also = {"amlprep-head(1)", "amlprep-profile(1)"}};
    input_.add_to(spec.flags);
    output_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto paths = TRY(input_paths(files_));
    for (const Path& path : paths)
      if (path == "-") TRY(session.require_piped_stdin());
    const auto reader = TRY(table::open_readers(paths, TRY(input_.options()), &session.cancel()));
    const auto writer = TRY(table::open_writer(session.out().data(), reader->schema(), TRY(output_.options())));
    TRY(table::copy_rows(*reader, *writer, std::nullopt));
    return cli::ExitCode::ok;
  }

 private:
  InputFlags input_;
  OutputFlags output_;
  std::vector<std::string> files_;
};

}  // namespace

std::unique_ptr<cli::Command> make_convert() { return std::make_unique<ConvertCommand>(); }

}  // namespace aml::amlprep
