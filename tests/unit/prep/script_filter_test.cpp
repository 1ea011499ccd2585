#include "prep/script_filter.h"

#include <doctest/doctest.h>

#include <csignal>

#include "unit/prep/make_batch.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;

namespace {

struct Filtered {
  std::string error;
  size_t rows = 0;
};

// So many batches of 1000 rows through a line of the shell.
Filtered filter(const std::string& line, size_t batches) {
  std::signal(SIGPIPE, SIG_IGN);  // as the tools do
  const auto batch = make_batch({{"n", ColumnType::text, std::vector<std::string>(1000, "a text of some length")}});
  ScriptOptions options{{"sh", "-c", line}, ".", "sh", "p.yaml:3:5"};
  options.input.format = table::Format::csv;
  options.output.format = table::Format::csv;
  auto started = ScriptFilter::start(options, batch.schema, nullptr);
  if (!started.ok()) return {started.error().message};
  Filtered filtered;
  const ScriptFilter::Take take = [&](const table::Batch& out) -> Status {
    filtered.rows += out.rows;
    return {};
  };
  for (size_t i = 0; i < batches; ++i)
    if (!(*started)->push(batch, take).ok()) return {"push failed"};
  const Status status = (*started)->finish(take);
  if (!status.ok()) filtered.error = status.error().message;
  return filtered;
}

}  // namespace

TEST_CASE("rows go in and come out without either side waiting for ever") {
  CHECK(filter("cat", 300).rows == 300'000);
  CHECK(filter("sort", 100).rows == 100'000);  // all in, then all out
  CHECK(filter("cat", 0).rows == 0);
  CHECK(filter("awk '{print; if (NR > 1) for (i = 0; i < 9; ++i) print}'", 50).rows == 500'000);  // more out than in
}

TEST_CASE("a program may leave off before the end of its input") {
  const Filtered filtered = filter("head -n 11", 300);
  CHECK(filtered.error == "");
  CHECK(filtered.rows == 10);
}

TEST_CASE("how a program failed is said with its last words") {
  CHECK(filter("cat; echo one >&2; echo two >&2; exit 3", 3).error == "p.yaml:3:5: 'sh' ended with status 3: two");
  CHECK(filter("cat > /dev/null; kill -9 $$", 3).error == "p.yaml:3:5: 'sh' ended with status 137");
  CHECK(filter("exit 4", 300).error == "p.yaml:3:5: 'sh' ended with status 4");
}
