// amlrun train-payload: what runs inside a run of `amlrun train`. Reads the table, trains, and writes the model below
// $AML_OUTPUTS and its metrics to $AML_METRICS. Not for people: it is hidden.
#include <fmt/format.h>

#include <algorithm>

#include "amlrun/commands.h"
#include "amlrun/train_flags.h"
#include "learn/summary.h"
#include "os/atomic_file.h"
#include "source/open.h"
#include "source_context.h"
#include "store/metrics.h"
#include "store/params.h"
#include "table/cast.h"

namespace aml::amlrun {
namespace {

// Appends to the run's metrics; with -v also says so.
class RunProgress final : public learn::TrainProgress {
 public:
  RunProgress(cli::Session& session, store::MetricsWriter& writer) : session_(session), writer_(writer) {}

  Status metrics(uint64_t step, const Values& values) override {
    std::string line = fmt::format("step {}", step);
    step_ = step;
    names_.clear();
    for (const auto& [name, value] : values) {
      TRY(writer_.append(name, static_cast<int64_t>(step), value, session_.clock().now()));
      line += fmt::format(" {}={:.6g}", name, value);
      names_.push_back(name);
    }
    session_.detail(line);
    return writer_.flush();
  }

  // Those of the whole that no iteration has reported, at the last step.
  Status finish(const Values& values) {
    Values rest;
    for (const auto& value : values)
      if (std::find(names_.begin(), names_.end(), value.first) == names_.end()) rest.push_back(value);
    if (!rest.empty()) TRY(metrics(step_, rest));
    return writer_.sync();
  }

 private:
  cli::Session& session_;
  store::MetricsWriter& writer_;
  uint64_t step_ = 0;
  std::vector<std::string> names_;
};

class TrainPayloadCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{.name = "train-payload",
                   .summary = "train inside a run",
                   .positionals = {{"FILE", "the table to learn from", &file_}},
                   .output = cli::Output::id,
                   .hidden = true};
    train_.add_to(spec.flags);
    spec.flags.push_back({0, "param", "NAME=VALUE", "a parameter of the learner; repeatable", &params_});
    spec.flags.push_back({0, "input-name", "NAME", "what messages call FILE", &input_name_});
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto outputs = session.environment("AML_OUTPUTS"), metrics_file = session.environment("AML_METRICS");
    if (!outputs || !metrics_file)
      return Error{ErrorKind::usage, "'train-payload' works inside a run only", "use 'amlrun train'"};
    auto options = TRY(train_.options(session, TRY(learner_params())));
    options.table_name = input_name_;
    auto writer = TRY(store::MetricsWriter::open(*metrics_file));
    RunProgress progress(session, writer);
    const auto table = TRY(read_table(session));
    const auto model = TRY(learn::train(table, options, progress, &session.cancel()));
    TRY(progress.finish(learn::headline(model.validation)));
    TRY(os::write_file_atomically(Path(*outputs) / "model.onnx", model.onnx, os::Overwrite::yes));
    TRY(os::write_file_atomically(Path(*outputs) / "model.json", model.summary.dump_pretty(), os::Overwrite::yes));
    session.note(learn::describe_training(model));
    return cli::ExitCode::ok;
  }

 private:
  Result<table::Table> read_table(cli::Session& session) const {
    source::OpenOptions options;
    options.read = train_.read_options();
    options.known_as = input_name_;
    const auto reader = TRY(source::open_table(file_, options, source_context(session)));
    return table::infer_types(TRY(table::read_all(*reader)));
  }

  Result<std::vector<store::Param>> learner_params() const {
    std::vector<store::Param> params;
    for (const std::string& text : params_) {
      const size_t equals = text.find('=');
      if (equals == std::string::npos) return Error{ErrorKind::usage, fmt::format("'{}' is not NAME=VALUE", text)};
      params.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return params;
  }

  TrainFlags train_;
  std::vector<std::string> params_;
  std::string input_name_ = "the table";
  std::string file_;
};

}  // namespace

std::unique_ptr<cli::Command> make_train_payload() { return std::make_unique<TrainPayloadCommand>(); }

}  // namespace aml::amlrun
