// CPU seconds and quality of the learners on made-up data of the size of the published benchmarks: 900,000 rows of 28
// dense numbers, 100,000 more held out.
//
//   learn_bench                 the jobs, one thread
//   learn_bench write FILE      the same data for learn_peers.py: rows of 28 features and the label, as float32
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstring>

#include "base/random.h"
#include "learn/learner.h"
#include "learn/metrics.h"
#include "os/atomic_file.h"

namespace {

using namespace aml;

constexpr size_t kRows = 1'000'000;
constexpr size_t kTrainRows = 900'000;
constexpr size_t kFeatures = 28;

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Nearly normal: the sum of four uniform numbers, two of which are shared by neighbouring features.
double feature_at(const Random& random, size_t row, size_t feature) {
  const uint64_t at = row * 64 + feature;
  const double sum = random.unit_at(at) + random.unit_at(at + 1) + random.unit_at(at + 28) + random.unit_at(at + 29);
  return static_cast<double>(static_cast<float>(sum - 2));
}

// A label that linear models see a little of and trees more: products, steps and noise.
uint32_t label_of(const std::vector<learn::EncodedColumn>& columns, const Random& random, size_t row) {
  const auto x = [&](size_t feature) { return columns[feature].numbers[row]; };
  const double signal =
      x(0) + 3 * x(3) * x(7) + 2 * x(9) * x(12) + (x(15) > 0.4 ? 1.0 : -0.3) + 2 * x(20) * x(20) - 0.7;
  return signal + 3 * (random.unit_at(row * 64 + 60) - 0.5) > 0 ? 1 : 0;
}

learn::Dataset make_data() {
  const Random random(20'240'601, 0);
  learn::Dataset data;
  data.features = {.columns = {}, .rows = kRows, .train_rows = kTrainRows};
  for (size_t f = 0; f < kFeatures; ++f) {
    learn::EncodedColumn column;
    column.plan = {.field = {fmt::format("x{}", f), table::ColumnType::float64}, .use = learn::ColumnUse::number};
    column.plan.deviation = 0.57;
    for (size_t row = 0; row < kRows; ++row) column.numbers.push_back(feature_at(random, row, f));
    data.features.columns.push_back(std::move(column));
  }
  data.labels.classes = {"0", "1"};
  for (size_t row = 0; row < kRows; ++row) data.labels.codes.push_back(label_of(data.features.columns, random, row));
  return data;
}

class NoProgress final : public learn::TrainProgress {
 public:
  Status metrics(uint64_t, const Values&) override { return {}; }
};

struct Job {
  const char* name;
  const char* learner;
  std::map<std::string, std::string> params;
};

Status run_job(const Job& job, const learn::Dataset& data) {
  const auto learner = TRY(learn::make_learner(job.learner));
  TRY(learn::assign_params(job.learner, learner->params(), job.params));
  NoProgress progress;
  const double start = cpu_seconds();
  TRY(learner->fit(data, {.kernels = kernel::kernels_of(kernel::best_level()), .progress = progress}));
  const double seconds = cpu_seconds() - start;
  const auto& scores = learner->held_out_scores();
  std::vector<double> margins(kRows - kTrainRows);
  std::vector<uint8_t> is_positive;
  for (size_t i = 0; i < margins.size(); ++i) {
    margins[i] = scores[margins.size() + i] - scores[i];
    is_positive.push_back(static_cast<uint8_t>(data.labels.codes[kTrainRows + i]));
  }
  fmt::print("{:<40} {:7.2f} CPU s   AUC {:.5f}\n", job.name, seconds, *learn::auc_of(margins, is_positive).value);
  return {};
}

Status write_data(const learn::Dataset& data, const char* path) {
  std::string bytes(kRows * (kFeatures + 1) * sizeof(float), '\0');
  char* out = bytes.data();
  for (size_t row = 0; row < kRows; ++row)
    for (size_t f = 0; f <= kFeatures; ++f, out += sizeof(float)) {
      const auto value = f == kFeatures ? static_cast<float>(data.labels.codes[row])
                                        : static_cast<float>(data.features.columns[f].numbers[row]);
      std::memcpy(out, &value, sizeof(value));
    }
  return os::write_file_atomically(path, bytes, os::Overwrite::yes);
}

Status run(int argc, char** argv) {
  const learn::Dataset data = make_data();
  if (argc == 3 && std::string_view(argv[1]) == "write") return write_data(data, argv[2]);
  fmt::print("{} rows x {} features, one thread, kernels {}\n", kTrainRows, kFeatures,
             kernel::name_of(kernel::best_level()));
  const Job jobs[] = {{"fast_trees 100 trees x 64 leaves",
                       "fast_trees",
                       {{"num_trees", "100"}, {"num_leaves", "64"}, {"learning_rate", "0.1"}}},
                      {"fast_trees 20 trees x 255 leaves",
                       "fast_trees",
                       {{"num_trees", "20"}, {"num_leaves", "255"}, {"learning_rate", "0.1"}}},
                      {"logistic_regression", "logistic_regression", {}}};
  for (const Job& job : jobs) TRY(run_job(job, data));
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const Status status = run(argc, argv);
  if (status.ok()) return 0;
  fmt::print(stderr, "learn_bench: {}\n", status.error().message);
  return 1;
}
