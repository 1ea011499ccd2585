// Scores the by-example engine on suites of tasks: JSON Lines, one task per line with its rows of inputs and output.
//   score [--k N] [--failed] SUITE.jsonl…
//   score --table FOLDER      all suites of a folder, each with the protocol of its bar
// Milliseconds are CPU time of this process.
// The protocol is PROSE's: learn from the first row, add the first row the program fails, repeat; solved when all rows
// are right. With --k N it learns from the first N rows (or the suite's own training rows for --k 0) and counts the
// other rows that come out right. The inputs of all rows are given as unlabelled ones.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#include "os/file.h"
#include "synth/learn.h"
#include "synth/program_text.h"
#include "synth/split.h"
#include "text/json.h"

namespace {

using namespace aml;

struct Task {
  std::string id;
  std::vector<synth::Example> rows;
  size_t train_rows = 0;
};

struct Options {
  std::optional<size_t> examples = {};
  bool prints_failed = false;
  std::vector<std::string> suites = {};
};

struct Outcome {
  bool is_solved = false;
  size_t examples = 0;
  size_t unseen = 0;
  size_t unseen_right = 0;
  double milliseconds = 0;  // of the slowest call
  std::string story;        // the rows that came out wrong, each with the program that did it
};

synth::Cell read_cell(const text::Json& value) {
  if (value.is_null()) return std::nullopt;
  return value.is_string() ? value.string() : value.dump();
}

Task read_task(const text::Json& json) {
  Task task{json.string_or("id", ""), {}, static_cast<size_t>(json.int_or("n_train", 0))};
  for (const text::Json& row : json["rows"].items()) {
    synth::Example example;
    for (const text::Json& cell : row["in"].items()) example.inputs.push_back(read_cell(cell));
    example.output = read_cell(row["out"]);
    task.rows.push_back(std::move(example));
  }
  return task;
}

Result<std::vector<Task>> read_suite(const std::string& path) {
  const std::string text = TRY(os::read_file(path));
  std::vector<Task> tasks;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) {
      const text::Json json =
          TRY(text::parse_json(std::string_view(text).substr(at, end - at), {path, tasks.size() + 1}));
      const bool is_field = json.string_or("mode", "") == "field";  // one part of a text: learned like a column
      if (json.string_or("kind", "") == "derive" || is_field) tasks.push_back(read_task(json));
    }
    at = end + 1;
  }
  return tasks;
}

// A task of splitting: lines and the fields they should give, separators among them.
struct SplitTask {
  std::string id;
  std::vector<synth::Cell> lines;
  std::vector<std::optional<std::vector<std::string>>> fields;
};

Result<std::vector<SplitTask>> read_split_suite(const std::string& path) {
  const std::string text = TRY(os::read_file(path));
  std::vector<SplitTask> tasks;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const text::Json json =
        TRY(text::parse_json(std::string_view(text).substr(at, end - at), {path, tasks.size() + 1}));
    at = end + 1;
    if (json.string_or("kind", "") != "split") continue;
    SplitTask task{json.string_or("id", ""), {}, {}};
    for (const text::Json& row : json["rows"].items()) {
      task.lines.push_back(read_cell(row["in"].items()[0]));
      auto& fields = task.fields.emplace_back();
      if (row["out"].is_null()) continue;
      fields.emplace();
      for (const text::Json& field : row["out"].items()) fields->push_back(field.string());
    }
    tasks.push_back(std::move(task));
  }
  return tasks;
}

std::vector<synth::Cells> inputs_of(const Task& task) {
  std::vector<synth::Cells> rows;
  for (const synth::Example& row : task.rows) rows.push_back(row.inputs);
  return rows;
}

bool is_right(const synth::Program& program, const synth::Example& row) {
  return synth::run(program, synth::view_of(row.inputs)) == row.output;
}

std::optional<synth::Learned> learn_timed(const synth::LearnTask& task, Outcome& outcome) {
  const std::clock_t start = std::clock();
  Result<synth::Learned> learned = synth::learn(task);
  const double elapsed = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  outcome.milliseconds = std::max(outcome.milliseconds, elapsed);
  if (!learned.ok()) return std::nullopt;
  return std::move(*learned);
}

std::string shown(const synth::Cell& cell) { return cell ? fmt::format("'{}'", *cell) : "null"; }

void tell(Outcome& outcome, const Task& task, const synth::Learned& learned, const synth::Example& wrong) {
  std::vector<std::string> columns;
  for (size_t i = 0; i < task.rows.front().inputs.size(); ++i) columns.push_back(fmt::format("c{}", i));
  outcome.story += fmt::format("    {}", synth::to_text(learned.program, columns));
  for (const synth::Cell& cell : wrong.inputs) outcome.story += fmt::format("      {}", shown(cell));
  outcome.story += fmt::format(" gives {}, not {}\n", shown(synth::run(learned.program, synth::view_of(wrong.inputs))),
                               shown(wrong.output));
}

constexpr size_t kExamplesMax = 20;

Outcome score_prose(const Task& task) {
  Outcome outcome;
  synth::LearnTask learning{{task.rows.front()}, inputs_of(task)};
  while (learning.examples.size() <= kExamplesMax) {
    const auto learned = learn_timed(learning, outcome);
    outcome.examples = learning.examples.size();
    if (!learned) return outcome;
    const auto wrong = std::find_if(task.rows.begin(), task.rows.end(),
                                    [&](const synth::Example& row) { return !is_right(learned->program, row); });
    if (wrong == task.rows.end()) {
      outcome.is_solved = true;
      return outcome;
    }
    const auto same = [&](const synth::Example& e) { return e.inputs == wrong->inputs; };
    if (std::any_of(learning.examples.begin(), learning.examples.end(), same)) return outcome;
    tell(outcome, task, *learned, *wrong);
    learning.examples.push_back(*wrong);
  }
  return outcome;
}

Outcome score_first_rows(const Task& task, size_t count) {
  Outcome outcome;
  const size_t wanted = count != 0 ? count : std::max<size_t>(task.train_rows, 1);
  const size_t train = std::min(wanted, task.rows.size());
  const auto end = task.rows.begin() + static_cast<std::ptrdiff_t>(train);
  const synth::LearnTask learning{{task.rows.begin(), end}, inputs_of(task)};
  const auto learned = learn_timed(learning, outcome);
  outcome.examples = train;
  const auto right = [&](const synth::Example& row) { return learned && is_right(learned->program, row); };
  if (const auto wrong = std::find_if_not(task.rows.begin(), task.rows.end(), right);
      learned && wrong != task.rows.end())
    tell(outcome, task, *learned, *wrong);
  outcome.unseen = task.rows.size() - train;
  outcome.unseen_right = static_cast<size_t>(std::count_if(end, task.rows.end(), right));
  outcome.is_solved = std::all_of(task.rows.begin(), task.rows.end(), right);
  return outcome;
}

double quantile(std::vector<double> values, double q) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(q * static_cast<double>(values.size() - 1))];
}

std::string shown_parts(const std::optional<std::vector<std::string>>& parts) {
  return parts ? fmt::format("[{}]", fmt::join(*parts, "|")) : "null";
}

// Every line must give exactly the fields wanted.
Status score_splits(const std::string& path, const Options& options) {
  const std::vector<SplitTask> tasks = TRY(read_split_suite(path));
  if (tasks.empty()) return {};
  size_t solved = 0;
  for (const SplitTask& task : tasks) {
    const auto program = synth::learn_split(task.lines);
    bool is_right = program.has_value();
    for (size_t i = 0; i < task.lines.size() && is_right; ++i) {
      const std::string line = task.lines[i].value_or("");
      std::optional<std::vector<std::string>> parts;
      if (const auto found = synth::split_parts(*program, line)) parts.emplace(found->begin(), found->end());
      if (parts && line.empty()) parts.reset();
      is_right = parts == task.fields[i];
      if (!is_right && options.prints_failed)
        fmt::print("  failed {} '{}'\n    gives {}\n    not   {}\n", task.id, line, shown_parts(parts),
                   shown_parts(task.fields[i]));
    }
    solved += is_right ? 1 : 0;
    if (!program && options.prints_failed) fmt::print("  failed {} no program\n", task.id);
  }
  fmt::print("{:18} tasks {} all lines right {} ({:.1f} %)\n", Path(path).stem().string(), tasks.size(), solved,
             100.0 * static_cast<double>(solved) / static_cast<double>(tasks.size()));
  return {};
}

Status score_suite(const std::string& path, const Options& options) {
  const std::vector<Task> tasks = TRY(read_suite(path));
  if (tasks.empty()) return score_splits(path, options);
  size_t solved = 0;
  size_t from_one = 0;
  size_t examples = 0;
  double accuracy = 0;
  size_t measured = 0;
  std::vector<double> milliseconds;
  for (const Task& task : tasks) {
    if (task.rows.empty()) continue;
    const Outcome outcome = options.examples ? score_first_rows(task, *options.examples) : score_prose(task);
    milliseconds.push_back(outcome.milliseconds);
    if (outcome.is_solved) {
      ++solved;
      examples += outcome.examples;
      from_one += outcome.examples == 1 ? 1 : 0;
    }
    if (outcome.unseen > 0) {
      ++measured;
      accuracy += static_cast<double>(outcome.unseen_right) / static_cast<double>(outcome.unseen);
    }
    if (options.prints_failed && (!outcome.is_solved || outcome.examples > 1))
      fmt::print("  {} {} examples {} ms {:.0f}\n{}", outcome.is_solved ? "solved" : "failed", task.id,
                 outcome.examples, outcome.milliseconds, outcome.story);
  }
  const auto share = [&](size_t count) {
    return 100.0 * static_cast<double>(count) / static_cast<double>(std::max<size_t>(1, tasks.size()));
  };
  const std::string name = Path(path).stem().string();
  if (options.examples)
    fmt::print("{:18} k={} tasks {} all rows right {} ({:.1f} %) unseen rows right {:.1f} % ms p50 {:.1f} p99 {:.0f}\n",
               name, *options.examples, tasks.size(), solved, share(solved),
               100 * accuracy / static_cast<double>(std::max<size_t>(1, measured)), quantile(milliseconds, 0.5),
               quantile(milliseconds, 0.99));
  else
    fmt::print(
        "{:18} tasks {} solved {} ({:.1f} %) from one {} ({:.1f} %) mean examples {:.2f} ms p50 {:.1f} p99 {:.0f} max "
        "{:.0f}\n",
        name, tasks.size(), solved, share(solved), from_one, share(from_one),
        static_cast<double>(examples) / static_cast<double>(std::max<size_t>(1, solved)), quantile(milliseconds, 0.5),
        quantile(milliseconds, 0.99), quantile(milliseconds, 1));
  return {};
}

// One line per bar.
Status score_table(const std::string& folder) {
  struct Line {
    std::string_view suite;
    std::optional<size_t> examples;
  };
  constexpr size_t kAll = 100000;
  constexpr std::array<Line, 17> kLines = {Line{"prose_transform", {}},
                                           {"prose_split", {}},
                                           {"prose_extract", {}},
                                           {"sygus", kAll},
                                           {"sygus", 1},
                                           {"sygus", 2},
                                           {"sygus", 3},
                                           {"sygus", 4},
                                           {"sygus", 5},
                                           {"bustle", 0},
                                           {"playgol", 1},
                                           {"playgol", 2},
                                           {"playgol", 3},
                                           {"tde", 3},
                                           {"hardbench", {}},
                                           {"hardbench", 3},
                                           {"dsi_demo", 1}};
  for (const Line& line : kLines) {
    Options options;
    options.examples = line.examples;
    TRY(score_suite(fmt::format("{}/{}.jsonl", folder, line.suite), options));
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--k") == 0 && i + 1 < argc) options.examples = std::strtoul(argv[++i], nullptr, 10);
    else if (std::strcmp(argv[i], "--table") == 0 && i + 1 < argc) return score_table(argv[++i]).ok() ? 0 : 1;
    else if (std::strcmp(argv[i], "--failed") == 0) options.prints_failed = true;
    else options.suites.emplace_back(argv[i]);
  }
  for (const std::string& suite : options.suites)
    if (const Status status = score_suite(suite, options); !status.ok()) {
      fmt::print(stderr, "score: {}\n", status.error().message);
      return 1;
    }
  return 0;
}
