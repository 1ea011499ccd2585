#include "store/run_result.h"

#include <fmt/format.h>

#include "unit/store/fixture.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

namespace {

RunResult full_result() {
  RunResult result;
  result.state = RunState::failed;
  result.exit = exit_with(3);
  MetricSummary loss;
  loss.first = 2;
  loss.last = 0.5;
  loss.min = 0.5;
  loss.max = 2;
  loss.mean = 1.25;
  loss.count = 2;
  loss.step = 1;
  result.metrics.emplace("loss", loss);
  result.late_params = {{"z", "1"}, {"a", "two"}};
  result.outputs = OutputsRecord{sha256("outputs"), 3, UINT64_MAX};
  result.files = {{"exit", sha256("exit")}, {"logs/out", sha256("")}};
  result.problems = {"metrics: 2 malformed lines"};
  return result;
}

Error error_of(std::string_view json) { return parse_run_result(json, "result.json").error(); }

}  // namespace

TEST_CASE("a result survives a round trip") {
  const RunResult written = full_result();
  const RunResult read = parse_run_result(to_json(written).dump(), "result.json").value();
  CHECK(read.state == RunState::failed);
  CHECK(read.exit.code == 3);
  CHECK(read.exit.ended == written.exit.ended);
  CHECK(read.metrics == written.metrics);
  CHECK(read.late_params == written.late_params);
  CHECK(read.outputs == written.outputs);
  CHECK(read.files == written.files);
  CHECK(read.problems == written.problems);
  CHECK(to_json(read).dump() == to_json(written).dump());
}

TEST_CASE("what a run does not have is left out") {
  RunResult result;
  result.exit = exit_with(0);
  const text::Json json = to_json(result);
  CHECK(json.string_or("type", "") == "run_result");
  CHECK(json.string_or("state", "") == "finished");
  for (const char* key : {"params", "outputs", "problems"}) CHECK_MESSAGE(json.find(key) == nullptr, key);
}

TEST_CASE("only a final state ends a run") {
  const std::string text = to_json(full_result()).dump();
  for (const char* state : {"running", "queued", "", "done"}) {
    std::string other = text;
    other.replace(other.find("\"failed\""), 8, fmt::format("\"{}\"", state));
    CHECK_MESSAGE(error_of(other).message == "'result.json' has no final state", state);
  }
  CHECK(error_of("{}").kind == ErrorKind::bad_data);
}

TEST_CASE("a torn result is refused with its place") {
  CHECK(error_of(R"({"type":"run_res)").message.starts_with("result.json:1:"));
}

TEST_CASE("a run without the file has no result yet") {
  TestStore test;
  const RunFolder folder = run_folder(test.store, run_id_at(0, 1));
  CHECK(!read_run_result(folder).value().has_value());
  REQUIRE(os::make_directories(folder.dir()).ok());
  write_text(folder.result(), to_json(full_result()).dump());
  CHECK(read_run_result(folder).value()->files == full_result().files);
  write_text(folder.result(), "");
  CHECK(!read_run_result(folder).ok());
}
