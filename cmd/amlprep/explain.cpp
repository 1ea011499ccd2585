// amlprep explain: what the learned steps of a package do, and how often.
#include <fmt/format.h>

#include "amlprep/commands.h"
#include "amlprep/input_flags.h"
#include "cli/session.h"
#include "os/file.h"
#include "prep/explain.h"

namespace aml::amlprep {
namespace {

class ExplainCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "explain",
        .summary = "show what learned steps do",
        .description =
            "For each step derive_by_example of PACKAGE: the branches of its program with what they type in "
            "rather than take from the data, and its examples piece by piece. With FILE, a table that has the "
            "step's columns, also how many of its rows take each branch and how many are outside of what was "
            "learned.",
        .examples = {{"amlprep explain kind.prep.yaml", "the program"},
                     {"amlprep explain kind.prep.yaml penguins_raw.csv", "with the rows of each branch"}},
        .positionals = {{"PACKAGE", "a *.prep.yaml file, see aml-prep(5)", &package_},
                        {"FILE", "a table; - is standard input", &files_, cli::Complete::file, 0}},
        .output = cli::Output::records,
        .exit_notes = {"4  PACKAGE or FILE is not there", "6  PACKAGE or FILE cannot be read"},
        .see_also = {"aml-prep(5)", "amlprep-learn(1)"}};
    input_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const std::string document = TRY(os::read_file(package_));
    for (const prep::ByExample& step : TRY(prep::learned_steps(document, package_))) {
      prep::Explanation explanation = prep::explain(step);
      for (const std::string& file : files_) {
        auto rejects = TRY(prep::RejectFile::create(std::nullopt, os::Overwrite::no));
        const auto reader = TRY(open_files(session, {file}, TRY(input_.options()), rejects));
        TRY(prep::count_branches(explanation, step, *reader));
        warn_of_records(session, rejects);
      }
      TRY(print(session, explanation));
    }
    return cli::ExitCode::ok;
  }

 private:
  Result<void> print(cli::Session& session, const prep::Explanation& explanation) const {
    for (const prep::BranchExplanation& branch : explanation.branches) {
      text::Fields fields{"branch", explanation.column, {}};
      fields.add("column", explanation.column).add("when", branch.guard).add("result", branch.result);
      fields.add("typed_in", branch.constants);
      if (!files_.empty()) fields.add("rows", branch.rows);
      fields.add("example", branch.example);
      TRY(session.out().record(fields));
    }
    if (!files_.empty() && explanation.rows_outside > 0)
      session.warn(fmt::format("column '{}': {} rows are outside of what was learned", explanation.column,
                               explanation.rows_outside),
                   "amlprep learn --suggest shows some of them");
    return {};
  }

  InputFlags input_;
  std::string package_;
  std::vector<std::string> files_;
};

}  // namespace

std::unique_ptr<cli::Command> make_explain() { return std::make_unique<ExplainCommand>(); }

}  // namespace aml::amlprep
