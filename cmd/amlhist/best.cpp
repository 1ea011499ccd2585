// amlhist best: find the run with the best value of a metric.
#include "amlhist/commands.h"
#include "amlhist/open.h"
#include "history/describe.h"

namespace aml::amlhist {
namespace {

class BestCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "best",
        .summary = "find the run with the best value of a metric",
        .description =
            "Compares the last value that each run logged; of equals the newest run is taken. "
            "Without --goal, less is better for metrics that are called loss, error, rmse and "
            "the like, and more is better for all others.",
        .examples = {{"amlhist best --metric accuracy", "the most accurate run"},
                     {"amlmodel register penguins \"$(amlhist best --metric accuracy --ids)\"", "register its model"}},
        .flags = selection_flags(query_.among),
        .output = cli::Output::record,
        .exit_notes = {"4  no run has the metric"},
        .see_also = {"amlhist-ls(1)", "amlhist-diff(1)"}};
    spec.flags.push_back({.name = "metric",
                          .value = "NAME",
                          .help = "compare by metric NAME",
                          .target = &query_.metric,
                          .required = true});
    spec.flags.push_back({.name = "goal",
                          .value = "GOAL",
                          .help = "whether max or min is best (default: by the metric's name)",
                          .target = &goal_,
                          .choices = {"max", "min"}});
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    query_.goal = history::default_goal(query_.metric);
    if (goal_) query_.goal = *goal_ == "max" ? history::Goal::max : history::Goal::min;
    const auto run = TRY(history::best_run(store, query_));
    TRY(session.out().record(history::describe_fully(run, session.clock().now())));
    return report_damage(session, {run});
  }

 private:
  history::BestQuery query_;
  std::optional<std::string> goal_;
};

}  // namespace

std::unique_ptr<cli::Command> make_best() { return std::make_unique<BestCommand>(); }

}  // namespace aml::amlhist
