// amlhist diff: compare two runs.
#include "amlhist/commands.h"
#include "amlhist/open.h"
#include "history/compare.h"

namespace aml::amlhist {
namespace {

class DiffCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {
        .name = "diff",
        .summary = "compare two runs",
        .description =
            "Compares command, parameters, inputs by digest, snapshot, git commit, environment, state "
            "and the last value of each metric; times, hosts and ids are left out.",
        .examples = {{"amlhist diff @2 @1", "what changed since the run before"},
                     {"amlhist diff --json @2 @1 | jq -r .key", "only the names of what differs"}},
        .positionals = {{"LEFT", "a run", &left_, cli::Complete::run}, {"RIGHT", "a run", &right_, cli::Complete::run}},
        .output = cli::Output::records,
        .exit_notes = {"1  the runs differ"},
        .see_also = {"amlhist-show(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    const auto left = TRY(history::find_run(store, TRY(history::resolve_run(store, left_))));
    const auto right = TRY(history::find_run(store, TRY(history::resolve_run(store, right_))));
    const auto differences = history::compare_runs(left, right);
    for (const history::Difference& difference : differences) TRY(session.out().record(history::describe(difference)));
    return differences.empty() ? cli::ExitCode::ok : cli::ExitCode::no;
  }

 private:
  std::string left_;
  std::string right_;
};

}  // namespace

std::unique_ptr<cli::Command> make_diff() { return std::make_unique<DiffCommand>(); }

}  // namespace aml::amlhist
