// amlhist metrics: print the points of a run's metrics.
#include "amlhist/commands.h"
#include "amlhist/open.h"
#include "history/points.h"

namespace aml::amlhist {
namespace {

class MetricsCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "metrics",
            .summary = "print the points of a run's metrics",
            .description =
                "Points come in the order they were written, those of several writers one after the other. "
                "A point without a time has none; steps that were not given count from 0.",
            .examples = {{"amlhist metrics --tsv @1", "all points as a table"},
                         {"amlhist metrics --key loss --tsv @1 | cut -f2,4", "steps and values of one metric"}},
            .flags = {{'k', "key", "NAME", "only metric NAME; may be given several times", &keys_}},
            .positionals = {{"RUN", "a run", &run_, cli::Complete::run}},
            .output = cli::Output::records,
            .see_also = {"amlhist-show(1)", "amlrun-log(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    const auto points = TRY(history::find_points(store, TRY(history::resolve_run(store, run_)), keys_));
    for (const text::Fields& point : points.records) TRY(session.out().record(point));
    if (points.skipped_lines > 0) session.warn(std::to_string(points.skipped_lines) + " malformed lines were skipped");
    return cli::ExitCode::ok;
  }

 private:
  std::string run_;
  std::vector<std::string> keys_;
};

}  // namespace

std::unique_ptr<cli::Command> make_metrics() { return std::make_unique<MetricsCommand>(); }

}  // namespace aml::amlhist
