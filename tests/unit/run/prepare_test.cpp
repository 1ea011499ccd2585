#include "run/prepare.h"

#include "unit/run/fixture.h"

using namespace aml;
using test::RunProject;

TEST_CASE("inputs are recorded with digest, size and absolute path") {
  const RunProject project;
  project.folder.write("data.csv", "a,b\n1,2\n");
  auto request = RunProject::shell("cat $AML_INPUT_TRAIN");
  request.inputs = {{.name = "train", .path = "../data.csv", .rows = 1}};
  const auto run = project.run(request);
  REQUIRE(run.spec.inputs.size() == 1);
  CHECK(run.spec.inputs[0] == store::InputRecord{.name = "train",
                                                 .path = (project.folder / "data.csv").string(),
                                                 .digest = sha256("a,b\n1,2\n"),
                                                 .bytes = 8,
                                                 .rows = 1});
  CHECK(project.text_of(project.folder_of(run.id).out_log()) == "a,b\n1,2\n");
}

TEST_CASE("an input is named or named after its file") {
  CHECK(run::parse_input("train=x/data.csv").name == "train");
  CHECK(run::parse_input("train=x/data.csv").path == "x/data.csv");
  CHECK(run::parse_input("x/data.csv").name.empty());
}

TEST_CASE("a missing input stops the run before it exists") {
  const RunProject project;
  auto request = RunProject::shell("true");
  request.inputs = {{.name = "", .path = "nothing.csv"}};
  const auto prepared = run::prepare(*project.place, request, project.clock);
  REQUIRE(!prepared.ok());
  CHECK(prepared.error().kind == ErrorKind::not_found);
  CHECK(store::list_run_ids(project.store()).empty());
}

TEST_CASE("secrets on the command line are refused") {
  const RunProject project;
  auto request = RunProject::shell("true");
  request.params = {{"token", std::string("gh") + "p_a1B2c3D4e5F6g7H8i9J0kLmNoPqRsTuVwXyZ"}};
  const auto prepared = run::prepare(*project.place, request, project.clock);
  REQUIRE(!prepared.ok());
  CHECK(prepared.error().kind == ErrorKind::usage);
  CHECK(prepared.error().message.find("GitHub token") != std::string::npos);
}

TEST_CASE("the record names who, where and from what") {
  const RunProject project;
  auto request = RunProject::shell("true");
  request.name = "first";
  request.seed = 7;
  request.threads = 2;
  request.tool = "amlrun";
  request.version = "1";
  request.command_line = {"amlrun", "submit"};
  const auto run = project.run(request);
  CHECK(run.spec.name == "first");
  CHECK(run.spec.kind == "submit");
  CHECK(run.spec.seed == 7);
  CHECK(run.spec.host == os::host_name());
  CHECK(run.spec.machine_id == os::machine_id());
  CHECK(run.spec.snapshot.has_value());
  CHECK(run.spec.command_line == request.command_line);
  REQUIRE(run.spec.environment);
  CHECK(sha256(project.text_of(project.folder_of(run.id).environment_lock())) == *run.spec.environment);
}
