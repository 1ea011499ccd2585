// How long a store of many runs takes to list, to search and to index: `store_bench [RUNS]` prints one line per figure.
// Runs are finished ones with 10 params and 10 metrics each, as the figures in tests/README.md assume.
#include <fcntl.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "history/query.h"
#include "os/machine.h"
#include "store/index.h"
#include "store/new_run.h"
#include "store/run_record.h"

using namespace aml;

namespace {

double ms_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

// The best of `times`: what the machine can do, not what else it was doing.
double best_ms_of(int times, const std::function<void()>& work) {
  double best = ms_of(work);
  for (int i = 1; i < times; ++i) best = std::min(best, ms_of(work));
  return best;
}

void report(const std::string& what, double ms) { fmt::print("{:<44} {:10.2f} ms\n", what, ms); }

void write_plainly(const Path& path, std::string_view text) {
  const os::UniqueFd fd = os::open_file(path, O_WRONLY | O_CREAT).value();
  os::write_all(fd.get(), text, path.string()).value();
}

store::RunSpec make_spec(int64_t number) {
  store::RunSpec spec;
  spec.id = RunId::make({1'700'000'000'000'000'000 + number * 60'000'000'000}, {static_cast<uint64_t>(number), 1});
  spec.created = spec.id.created();
  spec.kind = "train";
  spec.name = fmt::format("bench-{}", number % 100);
  spec.argv = {"amlrun", "train-payload", "--label", "species", "penguins.csv"};
  for (int i = 0; i < 10; ++i) spec.params.emplace_back(fmt::format("param{}", i), fmt::format("{}", number % (i + 2)));
  spec.user = "bench";
  spec.host = "host";
  spec.machine_id = "00000000000000000000000000000000";
  spec.boot_id = spec.machine_id;
  return spec;
}

// Without the syncs of a real run: ten thousand of them would be measuring the disk.
void make_run(const store::Store& store, int64_t number) {
  const store::RunSpec spec = make_spec(number);
  const store::RunFolder folder = store::run_folder(store, spec.id);
  os::make_directories(folder.metrics_dir()).value();
  write_plainly(folder.spec(), to_json(spec).dump() + "\n");
  store::RunResult result;
  result.exit.code = 0;
  result.exit.started = spec.created;
  result.exit.ended = {spec.created.unix_ns + 5'000'000'000};
  std::string metrics = "#aml-metrics 1\n";
  for (int i = 0; i < 10; ++i) {
    const store::MetricPoint point{spec.created.unix_ns / 1'000'000, 9, fmt::format("metric{}", i),
                                   static_cast<double>((number * 7919 + i) % 10007) / 10007};
    metrics += store::format_metric_line(point);
    result.metrics.merge(store::summarize_metrics({point}));
  }
  write_plainly(folder.metrics("main"), metrics);
  write_plainly(folder.result(), to_json(result).dump() + "\n");
}

void bench_metrics() {
  std::string lines;
  constexpr int kLines = 300'000;
  for (int i = 0; i < kLines; ++i)
    lines += store::format_metric_line({1'700'000'000'000 + i, i, i % 2 == 0 ? "loss" : "accuracy", 1.0 / (i + 1)});
  size_t points = 0;
  const double ms = best_ms_of(3, [&] { store::scan_metrics(lines, [&](const store::MetricPoint&) { ++points; }); });
  fmt::print("{:<44} {:10.2f} million lines/s\n", "read metrics", kLines / ms / 1000);
}

}  // namespace

int main(int argc, char** argv) {
  const int64_t runs = argc > 1 ? std::atoll(argv[1]) : 10'000;
  std::string pattern = (std::filesystem::temp_directory_path() / "aml-bench-XXXXXX").string();
  const Path folder = mkdtemp(pattern.data());
  const store::Store store = store::Store::create(folder / ".aml").value();
  const store::SystemProbe probe(store.dir());
  fmt::print("{} runs\n", runs);
  report("make them", ms_of([&] {
           for (int64_t i = 0; i < runs; ++i) make_run(store, i);
         }));
  const Path index = *store::index_path(store);
  report("read all records, one thread", best_ms_of(2, [&] {
           for (const RunId& id : store::list_run_ids(store)) store::read_run(store, id, probe).value();
         }));
  report("build the index", best_ms_of(2, [&] {
           for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(index.native() + suffix);
           store::Index::open(store, probe, os::core_count()).value();
         }));
  report("open it with nothing changed",
         best_ms_of(5, [&] { store::Index::open(store, probe, os::core_count()).value(); }));
  report("50 newest", best_ms_of(5, [&] { history::list_runs(store, {.limit = 50}).value(); }));
  report("50 best of a metric",
         best_ms_of(5, [&] { history::list_runs(store, {.order_by = "metrics.metric3 desc", .limit = 50}).value(); }));
  report("filter by metric and param, 50", best_ms_of(5, [&] {
           history::list_runs(store, {.filter = "metrics.metric3 > 0.5 and params.param2 = '1'", .limit = 50}).value();
         }));
  report("best run", best_ms_of(5, [&] { history::best_run(store, {.metric = "metric1"}).value(); }));
  report("all of them, complete", best_ms_of(2, [&] { history::list_runs(store, {}).value(); }));
  bench_metrics();
  std::filesystem::remove_all(folder);
}
