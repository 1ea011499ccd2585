// kill -9 of the recorder or the payload at every state of a run: the store lists correctly at once, reconcile
// finishes what can be finished, and nothing that was written is lost.
#include <sys/wait.h>

#include <csignal>

#include "run/cancel.h"
#include "store/finalize.h"
#include "unit/run/fixture.h"

using namespace aml;
using run::Moment;
using store::RunState;
using test::RunProject;

namespace {

enum class Victim : uint8_t { recorder, payload };

class KillAt final : public run::Observer {
 public:
  KillAt(Moment moment, Victim victim) : moment_(moment), victim_(victim) {}
  void reached(Moment moment, pid_t payload) override {
    if (moment == moment_) kill(victim_ == Victim::recorder ? getpid() : payload, SIGKILL);
  }

 private:
  Moment moment_;
  Victim victim_;
};

// Writes something everywhere, then waits for the file `gate` of the test's folder, or for the end of the test.
run::Request busy_payload(const RunProject& project) {
  return RunProject::shell("touch " + (project.folder / "started").string() +
                           "; echo log; echo loss=0.5 step=1 >> $AML_METRICS; echo m > $AML_OUTPUTS/model; touch " +
                           (project.folder / "ready").string() + "; " + RunProject::wait_for(project.folder / "gate"));
}

struct Outcome {
  RunId id;
  RunState at_once;
  std::string reason;
  RunState reconciled;
};

RunState reconcile(const RunProject& project, const RunId& id) {
  const store::SystemProbe probe(project.store().dir());
  const auto changed = store::reconcile(project.store(), probe, project.clock, store::DryRun::no);
  REQUIRE_MESSAGE(changed.ok(), changed.error().message);
  const auto again = store::reconcile(project.store(), probe, project.clock, store::DryRun::no);
  REQUIRE(again.ok());
  CHECK(again->empty());
  return project.read(id).state;
}

Outcome kill_at(const RunProject& project, Moment moment, Victim victim, const run::Request& request) {
  KillAt observer(moment, victim);
  auto options = project.prepare(request);
  options.observer = &observer;
  const RunId id = project.start(options);
  store::RunSummary run = project.wait(id);
  // A program behind a gate that closed ends by itself, but not in no time.
  while (moment == Moment::starting && run.state == RunState::orphan) run = project.read(id);
  return {id, run.state, run.reason, reconcile(project, id)};
}

void check_nothing_lost(const RunProject& project, const RunId& id) {
  const auto run = project.read(id);
  CHECK(project.text_of(project.folder_of(id).out_log()) == "log\n");
  REQUIRE(run.metrics.count("loss") == 1);
  CHECK(run.metrics.at("loss").last == 0.5);
  CHECK(project.text_of(project.folder_of(id).outputs() / "model") == "m\n");
}

void wait_for_file(const Path& file) {
  while (!os::path_exists(file)) sched_yield();
}

}  // namespace

TEST_CASE("a recorder killed before the gate opens leaves a lost run whose program never ran") {
  for (const Moment moment : {Moment::created, Moment::preparing, Moment::starting}) {
    CAPTURE(static_cast<int>(moment));
    const RunProject project;
    const Outcome outcome = kill_at(project, moment, Victim::recorder, busy_payload(project));
    CHECK(outcome.at_once == RunState::lost);
    CHECK(outcome.reason == (moment == Moment::starting ? "killed" : "prep"));
    CHECK(outcome.reconciled == RunState::lost);
    CHECK(!os::path_exists(project.folder / "started"));
  }
}

TEST_CASE("a recorder killed while its program runs leaves an orphan, and a lost run when that ends") {
  const RunProject project;
  const Outcome outcome = kill_at(project, Moment::running, Victim::recorder, busy_payload(project));
  CHECK(outcome.at_once == RunState::orphan);
  CHECK(outcome.reconciled == RunState::orphan);
  project.folder.write("gate", "");
  const store::SystemProbe probe(project.store().dir());
  const auto adopted = run::adopt(project.store(), outcome.id, probe, project.clock, {});
  REQUIRE_MESSAGE(adopted.ok(), adopted.error().message);
  CHECK(adopted->state == RunState::lost);
  CHECK(adopted->reason == "recorder gone, exit unknown");
  check_nothing_lost(project, outcome.id);
}

TEST_CASE("an orphan can be cancelled") {
  const RunProject project;
  const Outcome outcome = kill_at(project, Moment::running, Victim::recorder, busy_payload(project));
  wait_for_file(project.folder / "ready");
  const store::SystemProbe probe(project.store().dir());
  CHECK(*run::cancel(project.store(), outcome.id, probe) == run::CancelOutcome::ended_orphan);
  CHECK(project.read(outcome.id).state == RunState::lost);
  CHECK(reconcile(project, outcome.id) == RunState::lost);
  check_nothing_lost(project, outcome.id);
}

TEST_CASE("a recorder killed between the end of its program and the exit record leaves a lost run") {
  const RunProject project;
  project.folder.write("gate", "");
  const Outcome outcome = kill_at(project, Moment::ended, Victim::recorder, busy_payload(project));
  CHECK(outcome.at_once == RunState::lost);
  CHECK(outcome.reason == "killed");
  CHECK(outcome.reconciled == RunState::lost);
  check_nothing_lost(project, outcome.id);
}

TEST_CASE("a recorder killed after the exit record is finished by whoever comes next") {
  for (const Moment moment : {Moment::exit_recorded, Moment::finished}) {
    const RunProject project;
    project.folder.write("gate", "");
    const Outcome outcome = kill_at(project, moment, Victim::recorder, busy_payload(project));
    CHECK(outcome.at_once == RunState::finished);
    CHECK(outcome.reconciled == RunState::finished);
    const auto run = project.read(outcome.id);
    CHECK(run.exit_code == 0);
    CHECK(!run.needs_finalizing);
    REQUIRE(run.outputs);
    CHECK(run.outputs->files == 1);
    check_nothing_lost(project, outcome.id);
  }
}

TEST_CASE("a payload killed behind the gate or while it runs ends its run as killed") {
  for (const Moment moment : {Moment::starting, Moment::running}) {
    const RunProject project;
    const Outcome outcome = kill_at(project, moment, Victim::payload, busy_payload(project));
    CHECK(outcome.at_once == RunState::killed);
    CHECK(outcome.reason == "signal 9");
    CHECK(outcome.reconciled == RunState::killed);
    if (moment == Moment::starting) CHECK(!os::path_exists(project.folder / "started"));
  }
}

namespace {

// The kernel's answers after the machine was restarted, or after the number of the payload went to somebody else.
class ChangedProbe final : public store::LivenessProbe {
 public:
  enum class Change : uint8_t { boot, pid_reuse };
  ChangedProbe(const Path& store_dir, Change change) : real_(store_dir), change_(change) {}
  std::string machine_id() const override { return real_.machine_id(); }
  std::string boot_id() const override { return change_ == Change::boot ? std::string(32, 'f') : real_.boot_id(); }
  Instant now() const override { return real_.now(); }
  bool is_locked(const Path&) const override { return false; }
  std::optional<uint64_t> process_start_ticks(pid_t pid) const override {
    const auto ticks = real_.process_start_ticks(pid);
    return ticks ? std::optional<uint64_t>(*ticks + 1) : std::nullopt;
  }
  std::optional<int64_t> heartbeat_age_ns(const Path&) const override { return std::nullopt; }
  std::optional<bool> is_target_alive(const store::JournalRecord&) const override { return std::nullopt; }

 private:
  store::SystemProbe real_;
  Change change_;
};

}  // namespace

TEST_CASE("after a reboot or with its number reused a run is lost, and the stranger is left alone") {
  for (const auto change : {ChangedProbe::Change::boot, ChangedProbe::Change::pid_reuse}) {
    const RunProject project;
    const Outcome outcome = kill_at(project, Moment::running, Victim::recorder, busy_payload(project));
    wait_for_file(project.folder / "ready");
    const ChangedProbe probe(project.store().dir(), change);
    const auto run = store::read_run(project.store(), outcome.id, probe);
    REQUIRE(run.ok());
    CHECK(run->state == RunState::lost);
    CHECK(run->reason == (change == ChangedProbe::Change::boot ? "reboot" : "killed"));
    CHECK(*run::cancel(project.store(), outcome.id, probe) == run::CancelOutcome::over_already);
    CHECK(project.read(outcome.id).state == RunState::orphan);
    project.folder.write("gate", "");
    const store::SystemProbe real(project.store().dir());
    CHECK(run::adopt(project.store(), outcome.id, real, project.clock, {}).ok());
  }
}

TEST_CASE("a run survives the death and the hang-up of whoever started it") {
  for (const int signal_number : {SIGKILL, SIGHUP}) {
    const RunProject project;
    const auto options = project.prepare(busy_payload(project));
    const pid_t user_interface = fork();
    if (user_interface == 0) {
      setsid();
      const auto handle = run::start(project.store(), options, project.clock);
      if (handle.ok()) static_cast<void>(run::follow(project.store(), handle->id, {}).ok());
      _exit(0);
    }
    wait_for_file(project.folder / "ready");
    REQUIRE(kill(-user_interface, signal_number) == 0);
    waitpid(user_interface, nullptr, 0);
    CHECK(project.read(options.spec.id).state == RunState::running);
    project.folder.write("gate", "");
    CHECK(project.wait(options.spec.id).state == RunState::finished);
    check_nothing_lost(project, options.spec.id);
  }
}
