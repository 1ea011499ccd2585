#include "store/liveness.h"

#include <unistd.h>

#include "fixture.h"
#include "os/lock_file.h"
#include "os/machine.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

namespace {

constexpr const char* kBoot8 = "b0070000";

// A payload with process 77, started at tick 5, as far as `states` goes.
RunEvidence evidence_up_to(RunState state) {
  RunEvidence evidence;
  evidence.machine_id = "machine-a";
  uint64_t seq = 0;
  for (int i = 0; i <= static_cast<int>(state); ++i) {
    JournalRecord record{++seq, {i * 1000}, kBoot8, static_cast<RunState>(i), {}};
    if (record.state == RunState::starting) record.fields = {{"pid", "77"}, {"start_ticks", "5"}};
    evidence.journal.records.push_back(record);
  }
  return evidence;
}

DerivedState derive(const RunEvidence& evidence, const FakeProbe& probe) {
  return derive_state(RunFolder(run_id_at(0, 1), "/nowhere"), evidence, probe);
}

}  // namespace

TEST_CASE("a run whose recorder holds its lock is what its journal says") {
  FakeProbe probe;
  probe.locked = {"lock"};
  for (const RunState state : {RunState::created, RunState::preparing, RunState::queued, RunState::starting,
                               RunState::running, RunState::finalizing})
    CHECK(derive(evidence_up_to(state), probe) == DerivedState{state, "", false, {}});
}

TEST_CASE("a run whose recorder is gone without a trace is lost, and says how far it had come") {
  const FakeProbe probe;
  CHECK(derive(evidence_up_to(RunState::created), probe) == DerivedState{RunState::lost, "prep", false, {}});
  CHECK(derive(evidence_up_to(RunState::queued), probe) == DerivedState{RunState::lost, "prep", false, {}});
  CHECK(derive(evidence_up_to(RunState::starting), probe) == DerivedState{RunState::lost, "killed", false, {}});
  CHECK(derive(evidence_up_to(RunState::running), probe) == DerivedState{RunState::lost, "killed", false, {}});
  CHECK(derive({}, probe) == DerivedState{RunState::lost, "prep", false, {}});
}

TEST_CASE("after a reboot a run is lost, whatever process has its number now") {
  FakeProbe probe;
  probe.boot = "ffffffff000000000000000000000000";
  probe.processes[77] = 5;
  CHECK(derive(evidence_up_to(RunState::running), probe) == DerivedState{RunState::lost, "reboot", false, {}});
}

TEST_CASE("a payload that outlives its recorder is an orphan") {
  FakeProbe probe;
  probe.processes[77] = 5;
  CHECK(derive(evidence_up_to(RunState::running), probe).state == RunState::orphan);
  probe.processes.clear();
  probe.locked = {"payload.lock"};
  CHECK(derive(evidence_up_to(RunState::running), probe).state == RunState::orphan);
  probe.locked.clear();
  probe.target_alive = true;
  CHECK(derive(evidence_up_to(RunState::running), probe).state == RunState::orphan);
  probe.target_alive = false;
  CHECK(derive(evidence_up_to(RunState::running), probe).state == RunState::lost);
}

TEST_CASE("a process that reuses the payload's number is not the payload") {
  FakeProbe probe;
  probe.processes[77] = 6;
  CHECK(derive(evidence_up_to(RunState::running), probe).state == RunState::lost);
  CHECK(!living_payload(evidence_up_to(RunState::running).journal, probe));
  probe.processes[77] = 5;
  CHECK(living_payload(evidence_up_to(RunState::running).journal, probe) == 77);
}

TEST_CASE("an exit record decides, unless the recorder is still at work on it") {
  FakeProbe probe;
  RunEvidence evidence = evidence_up_to(RunState::running);
  evidence.exit = exit_with(3);
  CHECK(derive(evidence, probe) == DerivedState{RunState::failed, "exit 3", true, {}});
  probe.locked = {"lock"};
  CHECK(derive(evidence, probe) == DerivedState{RunState::finalizing, "", false, {}});
  RunResult result;
  result.state = RunState::failed;
  result.exit = exit_with(3);
  evidence.result = result;
  CHECK(derive(evidence, probe) == DerivedState{RunState::failed, "exit 3", false, {}});
}

TEST_CASE("lost on record stays lost, and is finished by an exit record that comes late") {
  FakeProbe probe;
  RunEvidence evidence = evidence_up_to(RunState::running);
  evidence.journal.records.push_back({9, {9}, kBoot8, RunState::lost, {{"reason", "reboot"}}});
  CHECK(derive(evidence, probe) == DerivedState{RunState::lost, "reboot", false, {}});
  evidence.exit = exit_with(0);
  CHECK(derive(evidence, probe) == DerivedState{RunState::finished, "", true, {}});
}

TEST_CASE("a run of another host lives by its heartbeat, and is silent without one, never lost") {
  FakeProbe probe;
  RunEvidence evidence = evidence_up_to(RunState::running);
  evidence.machine_id = "machine-b";
  probe.heartbeat_age = 44'000'000'000;
  CHECK(derive(evidence, probe).state == RunState::running);
  probe.heartbeat_age = 46'000'000'000;
  CHECK(derive(evidence, probe) ==
        DerivedState{RunState::silent, "no heartbeat", false, Instant{probe.time.unix_ns - 46'000'000'000}});
  probe.heartbeat_age.reset();
  CHECK(derive(evidence, probe).since == evidence.journal.records.back().at);
  probe.boot = "ffffffff000000000000000000000000";
  CHECK(derive(evidence, probe).state == RunState::silent);
}

TEST_CASE("the system's own answers agree with what this test does") {
  TestStore test;
  const SystemProbe probe(test.store.dir());
  const Path lock_path = test.folder.path() / "lock";
  CHECK(!probe.is_locked(lock_path));
  {
    const auto lock = os::LockFile::try_lock(lock_path, os::LockMode::exclusive);
    REQUIRE(lock.ok());
    CHECK(probe.is_locked(lock_path));
  }
  CHECK(!probe.is_locked(lock_path));
  CHECK(probe.process_start_ticks(getpid()) == os::process_start_ticks(getpid()));
  CHECK(!probe.heartbeat_age_ns(test.folder.path() / "alive"));
  write_text(test.folder.path() / "alive", "");
  const auto age = probe.heartbeat_age_ns(test.folder.path() / "alive");
  REQUIRE(age);
  CHECK(*age < 60'000'000'000);
  CHECK(os::list_directory(test.store.tmp_dir())->empty());
}
