// amlhist ls: list runs, newest first.
#include "amlhist/commands.h"
#include "amlhist/open.h"
#include "history/describe.h"

namespace aml::amlhist {
namespace {

class LsCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{.name = "ls",
                   .summary = "list runs, newest first",
                   .description =
                       "The state of each run is worked out at this moment from locks and processes, so it is right "
                       "even just after a crash. --filter takes comparisons of metrics.NAME, params.NAME, tags.NAME "
                       "and of id, name, kind, state, host, user, target, argv, git, snapshot, parent, exit_code, "
                       "created, started, ended, duration and age, joined by and, or, not and parentheses.",
                   .examples = {{"amlhist ls -n 5", "the last five runs"},
                                {"amlhist ls --filter \"metrics.accuracy > 0.9 and age < 2d\"", "good and recent ones"},
                                {"amlhist ls --ids | amlhist show -", "details of all of them"}},
                   .flags = selection_flags(query_),
                   .output = cli::Output::records,
                   .exit_notes = {"3  some records could not be read; the rest is listed"},
                   .see_also = {"amlhist-show(1)", "amlhist-best(1)"}};
    spec.flags.push_back({'n', "limit", "N", "list at most N runs (default: all)", &query_.limit});
    spec.flags.push_back({.name = "sort",
                          .value = "KEYS",
                          .help = "sort by KEYS: \"metrics.loss, created desc\"",
                          .target = &query_.order_by,
                          .group = cli::Group::output});
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    const auto runs = TRY(history::list_runs(store, query_));
    for (const store::RunSummary& run : runs) TRY(session.out().record(history::describe(run, session.clock().now())));
    return report_damage(session, runs);
  }

 private:
  history::RunQuery query_;
};

}  // namespace

std::unique_ptr<cli::Command> make_ls() { return std::make_unique<LsCommand>(); }

}  // namespace aml::amlhist
