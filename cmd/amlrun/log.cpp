// amlrun log: a metric, from inside a run.
#include "amlrun/commands.h"
#include "cli/session.h"
#include "run/log_metrics.h"

namespace aml::amlrun {
namespace {

class LogCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "log",
            .summary = "log metrics from inside a run",
            .description =
                "Appends a line to $AML_METRICS. Outside a run it does nothing, so that scripts work either way.",
            .examples = {{"amlrun log loss=0.3 --step 10", "one metric at a step"},
                         {"amlrun log accuracy=0.93 auc=0.97", "two at once"}},
            .flags = {{0, "step", "N", "step of the points (default: one more than before)", &step_}},
            .positionals = {{"KEY=VALUE", "a metric; what is no number is kept as text", &assignments_,
                             cli::Complete::none}},
            .see_also = {"amlrun-submit(1)", "amlhist-show(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto file = session.environment("AML_METRICS");
    if (!file || file->empty()) {
      session.detail("not inside a run: nothing is logged");
      return cli::ExitCode::ok;
    }
    TRY(run::log_metrics(*file, assignments_, step_, session.clock().now()));
    return cli::ExitCode::ok;
  }

 private:
  std::vector<std::string> assignments_;
  std::optional<int64_t> step_;
};

}  // namespace

std::unique_ptr<cli::Command> make_log() { return std::make_unique<LogCommand>(); }

}  // namespace aml::amlrun
