#include "run/recorder.h"

#include <csignal>

#include "text/json.h"
#include "unit/run/fixture.h"

using namespace aml;
using store::RunState;
using test::RunProject;

TEST_CASE("a run that succeeds keeps logs, metrics, parameters and outputs") {
  const RunProject project;
  auto request = RunProject::shell(
      "echo out; echo err >&2; echo \"loss=$AML_PARAM_LEARNING_RATE step=7\" >> $AML_METRICS; echo m > "
      "$AML_OUTPUTS/model");
  request.params = {{"learning-rate", "0.25"}};
  request.tags = {{"stage", "test"}};
  const auto run = project.run(request);
  CHECK(run.state == RunState::finished);
  CHECK(run::shell_status(run) == 0);
  CHECK(project.text_of(project.folder_of(run.id).out_log()) == "out\n");
  CHECK(project.text_of(project.folder_of(run.id).err_log()) == "err\n");
  REQUIRE(run.metrics.count("loss") == 1);
  CHECK(run.metrics.at("loss").last == 0.25);
  CHECK(run.metrics.at("loss").step == 7);
  CHECK(run.params == std::vector<store::Param>{{"learning-rate", "0.25"}});
  CHECK(run.tags.at("stage") == "test");
  REQUIRE(run.outputs);
  CHECK(run.outputs->files == 1);
  CHECK(run.started.has_value());
}

TEST_CASE("the end of a program is passed on as a shell would") {
  const RunProject project;
  const auto status_of = [&](std::vector<std::string> argv) {
    run::Request request;
    request.argv = std::move(argv);
    request.environment = os::current_environment();
    const auto run = project.run(request);
    return std::string(store::name_of(run.state)) + " " + std::to_string(run::shell_status(run).value_or(-1));
  };
  CHECK(status_of({"sh", "-c", "exit 3"}) == "failed 3");
  CHECK(status_of({"sh", "-c", "kill -SEGV $$"}) == "failed 139");
  CHECK(status_of({"sh", "-c", "kill -KILL $$"}) == "killed 137");
  CHECK(status_of({"no-such-program-anywhere"}) == "failed 127");
  CHECK(status_of({"/etc/passwd"}) == "failed 126");
}

TEST_CASE("a program that cannot be executed says so in the record") {
  const RunProject project;
  auto request = RunProject::shell("");
  request.argv = {"./train.py"};
  CHECK(project.run(request).reason == "cannot execute './train.py': No such file or directory");
}

TEST_CASE("the program runs in a fresh checkout, in the folder the user stands in") {
  RunProject project;
  project.folder.write("p/sub/data", "original\n");
  project.place->directory = project.folder / "p/sub";
  const auto run = project.run("pwd; cat data; echo changed > data");
  const auto folder = project.folder_of(run.id);
  CHECK(project.text_of(folder.out_log()) == (folder.work() / "sub").string() + "\noriginal\n");
  CHECK(project.folder.read("p/sub/data") == "original\n");
}

TEST_CASE("a checkout is kept when the program left something in it, and else removed") {
  const RunProject project;
  project.folder.write("p/a", "x");
  CHECK(!os::path_exists(project.folder_of(project.run("mkdir __pycache__; touch __pycache__/a.pyc").id).work()));
  CHECK(os::path_exists(project.folder_of(project.run("echo checkpoint > state").id).work() / "state"));
  CHECK(os::path_exists(project.folder_of(project.run("echo y > a").id).work() / "a"));
  auto options = project.prepare(RunProject::shell("echo x > y"));
  options.keep_work = run::KeepWork::never;
  CHECK(!os::path_exists(project.folder_of(project.wait(project.start(options)).id).work()));
}

TEST_CASE("./outputs leads to the outputs of the run") {
  const RunProject project;
  const auto run = project.run("echo m > outputs/model");
  REQUIRE(run.outputs);
  CHECK(run.outputs->files == 1);
  CHECK(!os::path_exists(project.folder_of(run.id).work()));
}

TEST_CASE("without a snapshot the program runs where the user stands") {
  const RunProject project;
  auto request = RunProject::shell("pwd");
  request.snapshot = run::Request::Snapshot::none;
  const auto run = project.run(request);
  CHECK(project.text_of(project.folder_of(run.id).out_log()) == (project.folder / "p").string() + "\n");
  CHECK(!run.spec.snapshot);
}

TEST_CASE("a program that takes too long is stopped") {
  const RunProject project;
  auto request = RunProject::shell("echo begun; exec sleep 1000");
  request.timeout_ns = 50'000'000;
  const auto run = project.run(request);
  CHECK(run.state == RunState::timeout);
  CHECK(run.reason == "ran longer than 50 ms");
  CHECK(run::shell_status(run) == 124);
}

TEST_CASE("a program that does not heed TERM is killed with all it started") {
  const RunProject project;
  auto request = RunProject::shell("trap '' TERM; sleep 1000 & echo $! > $AML_OUTPUTS/pid; wait; wait");
  request.timeout_ns = 200'000'000;
  auto options = project.prepare(request);
  options.stop_grace_ns = 50'000'000;
  const auto run = project.wait(project.start(options));
  CHECK(run.state == RunState::timeout);
  const std::string pid = project.text_of(project.folder_of(run.id).outputs() / "pid");
  REQUIRE(!pid.empty());
  CHECK(!os::process_ref(std::stoi(pid)));
}

TEST_CASE("what a program leaves behind may write for a while and is noted after") {
  const RunProject project;
  auto request = RunProject::shell("(sleep 0.2; echo late; echo late=1 >> $AML_METRICS) & echo early");
  const auto drained = project.run(request);
  CHECK(project.text_of(project.folder_of(drained.id).out_log()) == "early\nlate\n");
  CHECK(drained.metrics.count("late") == 1);
  CHECK(drained.reason.empty());

  auto options = project.prepare(RunProject::shell("sleep 1000 & echo $! > $AML_OUTPUTS/pid"));
  options.drain_ns = 10'000'000;
  const auto left = project.wait(project.start(options));
  CHECK(left.state == RunState::finished);
  CHECK(left.reason == "1 process still running when the run ended");
  const auto sleeper = os::process_ref(std::stoi(project.text_of(project.folder_of(left.id).outputs() / "pid")));
  REQUIRE(sleeper);
  CHECK(*os::send_signal(*sleeper, SIGKILL));
}

TEST_CASE("a snapshot that cannot be checked out ends the run before it starts") {
  const RunProject project;
  auto options = project.prepare(RunProject::shell("true"));
  options.spec.snapshot = sha256("not there");
  const auto run = project.wait(project.start(options));
  CHECK(run.state == RunState::prep_failed);
  CHECK(run::shell_status(run) == 125);
  CHECK(run.reason.starts_with("no snapshot 'sha256:"));
}

TEST_CASE("a run that exists already is not started again") {
  const RunProject project;
  const auto options = project.prepare(RunProject::shell("true"));
  project.wait(project.start(options));
  const auto again = run::start(project.store(), options, project.clock);
  REQUIRE(!again.ok());
  CHECK(again.error().kind == ErrorKind::conflict);
}

TEST_CASE("the program finds its parameters as JSON and inherits no descriptor of the caller") {
  const RunProject project;
  const os::Pipe pipe = os::make_pipe().value();
  const int inheritable = dup(pipe.write_end.get());
  auto request = RunProject::shell("cat $AML_PARAMS; test ! -e /proc/self/fd/" + std::to_string(inheritable));
  request.params = {{"a b", "\"quoted\""}};
  const auto run = project.run(request);
  close(inheritable);
  CHECK(run.state == RunState::finished);
  const auto params = text::parse_json(project.text_of(project.folder_of(run.id).out_log()));
  REQUIRE(params.ok());
  CHECK((*params)["a b"].string() == "\"quoted\"");
}
