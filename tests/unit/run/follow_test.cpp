#include "run/follow.h"

#include "run/cancel.h"
#include "unit/run/fixture.h"

using namespace aml;
using store::RunState;
using test::RunProject;

namespace {

// Lets a script go on when told: it waits for a file.
// Calls `act` once, when `text` has come through.
class ActOn final : public Sink {
 public:
  ActOn(std::string text, std::function<void()> act) : text_(std::move(text)), act_(std::move(act)) {}
  Status write(std::string_view bytes) override {
    seen_.append(bytes);
    if (act_ && seen_.find(text_) != std::string::npos) std::exchange(act_, nullptr)();
    return {};
  }
  const std::string& seen() const { return seen_; }

 private:
  std::string text_;
  std::function<void()> act_;
  std::string seen_;
};

}  // namespace

TEST_CASE("logs arrive while the run goes on, each on its own stream") {
  const RunProject project;
  const Path gate = project.folder / "gate";
  const RunId id = project.start(
      project.prepare(RunProject::shell("echo one; echo two >&2; " + RunProject::wait_for(gate) + "echo three")));
  ActOn out("one\n", [&] { project.folder.write("gate", ""); });
  StringSink err;
  const auto run = run::follow(project.store(), id, {.out = &out, .err = &err});
  REQUIRE(run.ok());
  CHECK(run->state == RunState::finished);
  CHECK(out.seen() == "one\nthree\n");
  CHECK(err.text() == "two\n");
}

TEST_CASE("following may stop at once or when woken, and the run goes on") {
  const RunProject project;
  const Path gate = project.folder / "gate";
  const RunId id = project.start(project.prepare(RunProject::shell(RunProject::wait_for(gate) + "echo done")));
  const auto now = run::follow(project.store(), id, {.until = run::Until::now});
  REQUIRE(now.ok());
  CHECK(store::is_alive(now->state));
  const os::Pipe pipe = os::make_pipe().value();
  REQUIRE(os::write_all(pipe.write_end.get(), "x", "pipe").ok());
  const auto woken = run::follow(project.store(), id, {.wake_fd = pipe.read_end.get()});
  REQUIRE(!woken.ok());
  CHECK(woken.error().kind == ErrorKind::interrupted);
  project.folder.write("gate", "");
  CHECK(project.wait(id).state == RunState::finished);
}

TEST_CASE("following ends when nobody reads any more, and the run goes on") {
  const RunProject project;
  const RunId id = project.start(project.prepare(RunProject::shell(RunProject::wait_for(project.folder / "gate"))));
  os::Pipe pipe = os::make_pipe().value();
  pipe.read_end.reset();
  const auto left = run::follow(project.store(), id, {.reader_fd = pipe.write_end.get()});
  REQUIRE(!left.ok());
  CHECK(left.error().kind == ErrorKind::broken_pipe);
  project.folder.write("gate", "");
  CHECK(project.wait(id).state == RunState::finished);
}

TEST_CASE("a finished run is followed to its end at once") {
  const RunProject project;
  const auto run = project.run("echo x");
  StringSink out;
  REQUIRE(run::follow(project.store(), run.id, {.out = &out}).ok());
  CHECK(out.text() == "x\n");
}

TEST_CASE("a cancelled run keeps what it wrote and is recorded as killed") {
  const RunProject project;
  const RunId id = project.start(project.prepare(
      RunProject::shell("echo m > $AML_OUTPUTS/half; echo loss=1 >> $AML_METRICS; echo up; sleep 1000")));
  const store::SystemProbe probe(project.store().dir());
  ActOn out("up\n", [&] { CHECK(*run::cancel(project.store(), id, probe) == run::CancelOutcome::asked); });
  const auto run = run::follow(project.store(), id, {.out = &out});
  REQUIRE(run.ok());
  CHECK(run->state == RunState::killed);
  CHECK(run->reason == "cancelled");
  CHECK(run::shell_status(*run) == 143);
  CHECK(run->metrics.count("loss") == 1);
  CHECK(run->outputs->files == 1);
  CHECK(*run::cancel(project.store(), id, probe) == run::CancelOutcome::over_already);
}

TEST_CASE("a run on another machine is not cancelled from here") {
  const RunProject project;
  auto options = project.prepare(RunProject::shell(RunProject::wait_for(project.folder / "gate")));
  options.spec.machine_id = "another";
  const RunId id = project.start(options);
  const auto refused = run::cancel(project.store(), id, store::SystemProbe(project.store().dir()));
  REQUIRE(!refused.ok());
  CHECK(refused.error().kind == ErrorKind::conflict);
  project.folder.write("gate", "");
}
