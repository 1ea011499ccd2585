#include "run/log_metrics.h"

#include "store/metrics.h"
#include "unit/project/fixture.h"

using namespace aml;

TEST_CASE("points logged from a shell read back exactly") {
  const test::ScratchFolder folder;
  const Path file = folder / "m.tsv";
  REQUIRE(run::log_metrics(file, {"loss=0.25", "note=a \"b\"\tc", "worst=-inf"}, 3, {1'700'000'000'000'000'000}).ok());
  REQUIRE(run::log_metrics(file, {"loss=nan"}, std::nullopt, {1'700'000'000'000'000'000}).ok());
  const auto content = store::parse_metrics(folder.read("m.tsv"));
  CHECK(content.skipped_lines == 0);
  REQUIRE(content.points.size() == 4);
  CHECK(content.points[0] ==
        store::MetricPoint{.ts_ms = 1'700'000'000'000, .step = 3, .key = "loss", .value = 0.25, .json = ""});
  CHECK(content.points[1].json == "\"a \\\"b\\\"\\tc\"");
  CHECK(content.points[2].value < -1e308);
  CHECK(content.points[3].value != content.points[3].value);
}

TEST_CASE("what is no assignment is a usage error and nothing is written") {
  const test::ScratchFolder folder;
  for (const char* text : {"loss", "=1", "a b=1", "step=4", "ts=1"}) {
    const Status refused = run::log_metrics(folder / "m.tsv", {"ok=1", text}, std::nullopt, {0});
    REQUIRE_MESSAGE(!refused.ok(), text);
    CHECK(refused.error().kind == ErrorKind::usage);
  }
  CHECK(!os::path_exists(folder / "m.tsv"));
}
