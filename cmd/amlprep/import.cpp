// amlprep import: a data preparation package of the 2017 system as one of ours.
#include <fmt/format.h>

#include "amlprep/commands.h"
#include "cli/session.h"
#include "prep/dprep_import.h"

namespace aml::amlprep {
namespace {

class ImportCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {
        .name = "import",
        .summary = "read a .dprep or .dsource file of the 2017 system",
        .description =
            "Writes a prep package that gives the table the dataflow gave: how the file is read, its types, its "
            "sample and its steps. A .dsource file that a .dprep refers to is looked for beside it. Steps that have "
            "no counterpart are named with what to do instead, stand as comments in the package, and the exit "
            "code is 3.",
        .examples = {{"amlprep import iris.dprep -o iris.prep.yaml", "a package and its data source"}},
        .flags = {{0, "dataflow", "N", "the N-th of the package, from 0 (default: 0)", &dataflow_}},
        .positionals = {{"FILE", "a *.dprep or *.dsource file", &file_}},
        .output = cli::Output::data,
        .exit_notes = {"3  some steps are not imported"},
        .see_also = {"amlprep-apply(1)", "amlprep-export(1)", "aml-prep(5)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const prep::ImportedPackage package = TRY(prep::import_dprep(file_, dataflow_));
    TRY(session.out().data().write(package.yaml));
    for (const std::string& path : package.data_paths) session.note(fmt::format("made for '{}'", path));
    for (const prep::ImportProblem& problem : package.problems)
      session.warn(fmt::format("{}: {} is not imported", problem.place, problem.block), problem.advice);
    return package.problems.empty() ? cli::ExitCode::ok : cli::ExitCode::partial;
  }

 private:
  std::string file_;
  uint64_t dataflow_ = 0;
};

}  // namespace

std::unique_ptr<cli::Command> make_import() { return std::make_unique<ImportCommand>(); }

}  // namespace aml::amlprep
