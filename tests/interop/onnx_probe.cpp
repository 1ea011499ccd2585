// The two ends that onnx_oracle.py holds against onnxruntime: our executor and our learners, without a store.
//
//   onnx_probe score MODEL.onnx TABLE.csv [COLUMN…]   the scored table on stdout, as CSV
//   onnx_probe train TABLE.csv LABEL LEARNER          the model on stdout
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <memory>

#include "learn/train.h"
#include "model/score.h"
#include "os/file.h"
#include "source/open.h"
#include "table/cast.h"
#include "table/writer.h"

namespace {

using namespace aml;

Status score_file(const std::vector<std::string>& arguments) {
  const std::string bytes = TRY(os::read_file(arguments[0]));
  auto model = std::make_shared<const model::Model>(TRY(model::load_model(bytes, arguments[0])));
  const model::ScoreOptions options{.input_columns = {arguments.begin() + 2, arguments.end()}};
  const auto scorer = TRY(model::BatchScorer::create(std::move(model), options));
  const auto reader = TRY(source::open_table(arguments[1], {}, {}));
  os::FdSink out(STDOUT_FILENO, "stdout");
  const auto writer = TRY(table::open_writer(out, scorer.output_schema(), {}));
  while (const auto batch = TRY(reader->next())) TRY(writer->write(TRY(scorer.score(*batch))));
  return writer->finish();
}

class NoProgress final : public learn::TrainProgress {
 public:
  Status metrics(uint64_t, const Values&) override { return {}; }
};

Status train_file(const std::vector<std::string>& arguments) {
  const auto reader = TRY(source::open_table(arguments[0], {}, {}));
  const table::Table table = table::infer_types(TRY(table::read_all(*reader)));
  learn::TrainOptions options;
  options.label = arguments[1];
  options.learner = arguments[2];
  NoProgress progress;
  const learn::TrainedModel trained = TRY(learn::train(table, options, progress, nullptr));
  return os::write_all(STDOUT_FILENO, trained.onnx, "stdout");
}

Status run(const std::vector<std::string>& arguments) {
  if (arguments.size() >= 3 && arguments[0] == "score") return score_file({arguments.begin() + 1, arguments.end()});
  if (arguments.size() == 4 && arguments[0] == "train") return train_file({arguments.begin() + 1, arguments.end()});
  return Error{ErrorKind::usage, "onnx_probe score MODEL TABLE [COLUMN…] | train TABLE LABEL LEARNER"};
}

}  // namespace

int main(int argc, char** argv) {
  const Status status = run({argv + 1, argv + argc});
  if (status.ok()) return 0;
  fmt::print(stderr, "onnx_probe: error: {}\n", status.error().message);
  return 6;
}
