// amlrun submit: run any program, tracked.
#include <fmt/format.h>

#include "amlrun/commands.h"
#include "amlrun/launch.h"
#include "run/follow.h"

namespace aml::amlrun {
namespace {

constexpr int kNotStarted = 125;

class SubmitCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "submit",
        .summary = "run a program, tracked and repeatable",
        .description =
            "Packs the project into a snapshot, checks it out afresh and runs the program there, below the folder one "
            "stands in. Output streams to this terminal and into the run's record; closing the terminal stops only "
            "the stream, Ctrl-C cancels the run. The program's standard input is empty.\n\n"
            "The program finds $AML_OUTPUTS, a folder for its results (also reached as ./outputs), $AML_METRICS, a "
            "file to which it may append lines such as \"loss=0.3 step=10\", $AML_PARAMS, a JSON file of the "
            "parameters, and each parameter as $AML_PARAM_NAME.",
        .examples = {{"amlrun submit -- python3 train.py", "run a script"},
                     {"amlrun submit --param rate=0.1 -- sh -c 'echo loss=$AML_PARAM_RATE >> $AML_METRICS'",
                      "a parameter that comes back as a metric"},
                     {"id=$(amlrun submit --detach -- make model) && amlrun wait $id", "start now, wait later"}},
        .output = cli::Output::id,
        .takes_command_line = true,
        .exit_notes = {"125  the run could not be started", "126  the program could not be executed",
                       "127  there is no such program", "124  the run took longer than --timeout",
                       "otherwise  the program's own exit code, or 128 + n when signal n ended it"},
        .see_also = {"amlrun-logs(1)", "amlrun-wait(1)", "amlrun-cancel(1)", "amlhist-show(1)"}};
    flags_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    auto launched = start(session);
    if (!launched.ok() && launched.error().kind == ErrorKind::interrupted) return std::move(launched).error();
    if (!launched.ok()) {
      session.report(launched.error());
      return static_cast<cli::ExitCode>(kNotStarted);
    }
    if (flags_.is_detached()) {
      TRY(session.out().id(launched->id.text()));
      return cli::ExitCode::ok;
    }
    session.note(fmt::format("run {}", launched->id.text()));
    const auto run = TRY(watch(session, *launched, PayloadOutput::to_stdout));
    if (const auto status = run::shell_status(run)) return static_cast<cli::ExitCode>(*status);
    return Error{ErrorKind::system, fmt::format("the recorder of run {} is gone", run.id.text()),
                 run.state == store::RunState::orphan
                     ? fmt::format("the program goes on; amlrun adopt {} takes it over", run.id.text())
                     : "amlhist show tells what is known"};
  }

 private:
  Result<Launched> start(cli::Session& session) const {
    run::Request request = TRY(flags_.request(session));
    request.argv = session.program();
    return launch(session, flags_, request);
  }

  LaunchFlags flags_;
};

}  // namespace

std::unique_ptr<cli::Command> make_submit() { return std::make_unique<SubmitCommand>(); }

}  // namespace aml::amlrun
