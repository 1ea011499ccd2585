// amlprep export: a prep package as code that stands by itself.
#include <fmt/format.h>

#include "amlprep/commands.h"
#include "cli/session.h"
#include "prep/export.h"

namespace aml::amlprep {
namespace {

class ExportCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {
        .name = "export",
        .summary = "write a prep package as pandas, SQL or PySpark",
        .description =
            "Writes code that stands by itself and does to a table what the steps of PACKAGE do: a Python program "
            "with pandas or PySpark, or a query in the SQL of DuckDB. A cell that does not convert becomes missing at "
            "once, where amlprep apply keeps the error until it writes. A quoted empty field is a missing one to these "
            "readers. Steps and functions that have no counterpart are named, stand as comments in the code, and the "
            "exit code is 3. In PySpark, a table has an order only behind a 'sort' step.",
        .examples = {{"amlprep export penguins.prep.yaml --to pandas -o penguins.py",
                      "a program: penguins.py IN.csv OUT.csv"},
                     {"amlprep export penguins.prep.yaml --to sql", "a query of a table named input"}},
        .flags = {{.name = "to",
                   .value = "TARGET",
                   .help = "pandas, sql or pyspark (default: pandas)",
                   .target = &target_,
                   .group = cli::Group::output,
                   .complete = cli::Complete::choice,
                   .choices = prep::export_target_names()}},
        .positionals = {{"PACKAGE", "a *.prep.yaml file, see aml-prep(5)", &file_}},
        .output = cli::Output::data,
        .exit_notes = {"3  some steps are left out", "6  the package is wrong"},
        .see_also = {"amlprep-apply(1)", "amlprep-import(1)", "aml-prep(5)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const std::string document = TRY(os::read_file(file_));
    const auto target = prep::parse_export_target(target_).value_or(prep::ExportTarget::pandas);
    const prep::ExportedCode exported = TRY(prep::export_package(document, file_, target));
    TRY(session.out().data().write(exported.code));
    for (const prep::ExportProblem& problem : exported.problems)
      session.warn(fmt::format("{}: {} in {}", problem.place, problem.reason, target_));
    return exported.problems.empty() ? cli::ExitCode::ok : cli::ExitCode::partial;
  }

 private:
  std::string file_;
  std::string target_ = "pandas";
};

}  // namespace

std::unique_ptr<cli::Command> make_export() { return std::make_unique<ExportCommand>(); }

}  // namespace aml::amlprep
