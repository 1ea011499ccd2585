// How fast learned programs run over a column: bytes of input per second of CPU time, one
// thread, results appended to one text.
#include <fmt/format.h>

#include <array>
#include <ctime>
#include <string>
#include <vector>

#include "synth/program_text.h"

namespace {

using namespace aml;

constexpr size_t kRows = 2'000'000;
constexpr int kRounds = 3;

struct Job {
  std::string_view name;
  std::string_view program;
  std::array<std::string_view, 4> cells;  // repeated
};

constexpr std::array<std::string_view, 4> kNames = {"Hone Albert, Fabrikam Residences", "Aysu Polat, Contoso Suites",
                                                    "Fatma Yilmaz, Adventure Works Cycles",
                                                    "Artem Kuznetsov, Wide World Importers"};
constexpr std::array<std::string_view, 4> kTimes = {"31-Jan-2031 05:54:18", "17-Jan-1990 13:32:01",
                                                    "14-Feb-2034 05:36:07", "2-Mar-2002 13:16:16"};
constexpr std::array<std::string_view, 4> kNumbers = {"-75.5812935", "112.25", "2345.23292", "0.000347"};

constexpr std::array kJobs = {
    Job{"text: initial and last name", "slice(x, start, +1) + \". \" + slice(x, after(\" \", 1), next(\",\"))", kNames},
    Job{"text: behind the comma", "slice(x, after(\", \", 1), end)", kNames},
    Job{"text: second word, upper case", "upper(slice(x, before(nonspace, 2), past(nonspace)))", kNames},
    Job{"text: guarded", "when contains(x, digits): x\notherwise: slice(x, start, before(\",\", -1))", kNames},
    Job{"date: another format", "date(x, \"d-MMM-yyyy H:mm:ss\", as \"yyyy-MM-dd\")", kTimes},
    Job{"date: range of two hours",
        "date(x, \"d-MMM-yyyy H:mm:ss\", as \"htt\", down 2h) + \"-\" + date(x, \"d-MMM-yyyy H:mm:ss\", as \"htt\", "
        "down 2h, plus 2h)",
        kTimes},
    Job{"number: rounded", "number(x, nearest 0.05, decimals 2)", kNumbers},
};

// The best of a few rounds, in bytes a second.
double measure(const synth::Program& program, const std::vector<std::string_view>& cells, size_t bytes) {
  double best = 0;
  std::string out;
  out.reserve(bytes * 3);
  std::array<std::optional<std::string_view>, 1> row;
  for (int round = 0; round < kRounds; ++round) {
    out.clear();
    const std::clock_t start = std::clock();
    for (const std::string_view cell : cells) {
      row[0] = cell;
      synth::run(program, row, out);
    }
    const double elapsed = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    best = std::max(best, static_cast<double>(bytes) / elapsed);
  }
  return best;
}

}  // namespace

int main() {
  for (const Job& job : kJobs) {
    std::string column;
    for (size_t i = 0; i < kRows; ++i) column += job.cells[i % job.cells.size()];
    std::vector<std::string_view> cells;
    for (size_t i = 0, at = 0; i < kRows; ++i) {
      const size_t size = job.cells[i % job.cells.size()].size();
      cells.push_back(std::string_view(column).substr(at, size));
      at += size;
    }
    const auto program = synth::parse_program(job.program, {"x"});
    if (!program.ok()) {
      fmt::print(stderr, "{}: {}\n", job.name, program.error().message);
      return 1;
    }
    const double speed = measure(*program, cells, column.size());
    fmt::print("{:32} {:7.0f} MB/s {:6.1f} ns/row\n", job.name, speed / 1e6,
               static_cast<double>(column.size()) / static_cast<double>(kRows) / speed * 1e9);
  }
  return 0;
}
