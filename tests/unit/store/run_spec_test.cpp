#include "store/run_spec.h"

#include "fixture.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

TEST_CASE("a full spec survives a round trip") {
  RunSpec spec = spec_of(run_id_at(0, 1));
  spec.created = {1'700'000'000'123'456'789};
  spec.name = "night \"run\"";
  spec.kind = "train";
  spec.cwd = "sub/folder";
  spec.params = {{"z", "1"}, {"a", "two words"}, {"empty", ""}};
  spec.inputs = {{"train", "/data/a.csv", sha256("a"), 12, 3}, {"b", "/data/b.csv", sha256("b"), 0, {}}};
  spec.snapshot = sha256("snapshot");
  spec.git = GitRecord{"abc123", "main", "https://example.org/x.git", true};
  spec.environment = sha256("env");
  spec.seed = UINT64_MAX;
  spec.threads = 8;
  spec.timeout_ns = 5'000'000'000;
  spec.user = "u";
  spec.host = "h";
  spec.parent = run_id_at(-5, 7);
  spec.sweep_row = text::Json::object({{"lr", "0.1"}});
  spec.tool = "amlrun";
  spec.version = "0.1.0";
  spec.command_line = {"amlrun", "train", "--label", "y"};
  const std::string json = to_json(spec).dump();
  const auto parsed = parse_run_spec(json, "spec.json");
  REQUIRE(parsed.ok());
  CHECK(to_json(*parsed).dump() == json);
  CHECK(parsed->created == spec.created);
  CHECK(parsed->params == spec.params);
  CHECK(parsed->inputs == spec.inputs);
  CHECK(parsed->git == spec.git);
  CHECK(parsed->seed == spec.seed);
  CHECK(parsed->parent == spec.parent);
}

TEST_CASE("a spec with nothing but an id is filled with defaults") {
  const RunId id = run_id_at(0, 1);
  const auto parsed = parse_run_spec("{\"id\":\"" + id.text() + "\",\"unknown\":[1]}", "spec.json");
  REQUIRE(parsed.ok());
  CHECK(parsed->created == id.created());
  CHECK(parsed->kind == "submit");
  CHECK(parsed->target == "local");
  CHECK(!parsed->seed);
}

TEST_CASE("text that is no spec is bad data naming its file") {
  CHECK(parse_run_spec("{}", "x/spec.json").error().message == "'x/spec.json' has no valid run id");
  CHECK(parse_run_spec("", "x/spec.json").error().kind == ErrorKind::bad_data);
  CHECK(parse_run_spec(std::string(100, '\0'), "x/spec.json").error().message.starts_with("x/spec.json:1:1:"));
}
