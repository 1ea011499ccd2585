// amlrun train: learn a model from a table, as a tracked run.
#include <fmt/format.h>

#include "amlrun/commands.h"
#include "amlrun/launch.h"
#include "amlrun/train_flags.h"
#include "os/machine.h"
#include "run/follow.h"
#include "store/blobs.h"

namespace aml::amlrun {
namespace {

class TrainCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "train",
        .summary = "learn a model from a table",
        .description =
            "Reads FILE (CSV, TSV or JSON Lines; - is standard input), learns to predict one column from the others "
            "and writes the model as ONNX, which takes the raw columns: filling, scaling and one-hot encoding are "
            "part of it. Text and whole numbers are classes; other numbers make a regression (fast_trees only).\n\n"
            "This is a run like any other, with snapshot, parameters, digest of the data and metrics per iteration. "
            "The same data, parameters and seed give the same model bytes for any number of threads.\n\n"
            "Parameters of fast_trees: num_trees (100), num_leaves (20), learning_rate (0.2), min_leaf (10), "
            "max_bins (255), lambda (1), min_gain (0). Of logistic_regression: l2 (1), l1 (0), tolerance (1e-7), "
            "max_iterations (1000), memory (20). Of both: max_categories (64).",
        .examples = {{"id=$(amlrun train --label species penguins.csv)", "boosted trees; prints the run's id"},
                     {"amlrun train -l species --learner logistic_regression --param l2=0.1 penguins.csv",
                      "a linear model"}},
        .positionals = {{"FILE", "the table to learn from", &file_}},
        .output = cli::Output::id,
        .exit_notes = {"4  no such file or column", "6  the data cannot be learned from",
                       "125  the run could not be started"},
        .see_also = {"amlhist-show(1)", "amlmodel-register(1)", "amlrun-submit(1)"}};
    train_.add_to(spec.flags);
    launch_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    run::Request request = TRY(launch_.request(session));
    TRY(train_.options(session, request.params));
    request.kind = "train";
    request.argv = TRY(payload_words(session, request.params));
    const std::vector<store::Param> params = train_.params();
    request.params.insert(request.params.begin(), params.begin(), params.end());
    request.inputs.push_back({.name = "train", .path = path_});
    const Launched launched = TRY(launch(session, launch_, request));
    if (!launch_.is_detached()) {
      const auto run = TRY(watch(session, launched, PayloadOutput::to_stderr));
      const auto status = run::shell_status(run);
      if (!status) return Error{ErrorKind::system, fmt::format("the recorder of run {} is gone", run.id.text())};
      if (*status != 0) {
        session.detail(fmt::format("run {} is recorded as failed", run.id.text()));
        return static_cast<cli::ExitCode>(*status);  // the payload has said why
      }
    }
    TRY(session.out().id(launched.id.text()));
    return cli::ExitCode::ok;
  }

 private:
  // The table of standard input is kept as a blob first: the run must find it again.
  Status find_input(cli::Session& session) {
    if (file_ != "-") {
      path_ = file_.starts_with('/') ? Path(file_) : working_directory() / file_;
      return {};
    }
    TRY(session.require_piped_stdin());
    const auto place = TRY(run::open_place(session.settings().store_dir, working_directory()));
    const store::BlobStore blobs(place.store.dir());
    store::BlobWriter writer = TRY(blobs.writer());
    auto source = os::FdSource::borrow(STDIN_FILENO, "standard input");
    for (;;) {
      TRY(session.cancel().check());
      const std::string_view piece = TRY(source.read());
      if (piece.empty()) break;
      TRY(writer.write(piece));
    }
    path_ = blobs.path_of(TRY(writer.finish()).digest);
    return {};
  }

  // This program again, with the hidden command that does the work inside the run.
  Result<std::vector<std::string>> payload_words(cli::Session& session, const std::vector<store::Param>& params) {
    TRY(find_input(session));
    const auto& settings = session.settings();
    std::vector<std::string> words = {TRY(os::own_program()).string(), "train-payload",
                                      fmt::format("-j{}", settings.threads), fmt::format("--seed={}", settings.seed)};
    for (int i = 0; i < settings.verbosity; ++i) words.emplace_back("-v");
    if (settings.verbosity < 0) words.emplace_back("-q");
    if (session.out().form() == cli::Form::json) words.emplace_back("--json");
    for (std::string& word : train_.words()) words.push_back(std::move(word));
    for (const auto& [name, value] : params) words.push_back(fmt::format("--param={}={}", name, value));
    words.push_back("--input-name=" + (file_ == "-" ? std::string("standard input") : file_));
    words.push_back(path_.string());
    return words;
  }

  TrainFlags train_;
  LaunchFlags launch_;
  std::string file_;
  Path path_;
};

}  // namespace

std::unique_ptr<cli::Command> make_train() { return std::make_unique<TrainCommand>(); }

}  // namespace aml::amlrun
