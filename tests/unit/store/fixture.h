// A store in a temporary folder, runs made in it, and a probe that can stage a reboot or a reused process number.
#pragma once

#include <doctest/doctest.h>
#include <fcntl.h>

#include <map>
#include <set>

#include "os/atomic_file.h"
#include "store/finalize.h"
#include "store/new_run.h"
#include "store/run_record.h"
#include "store/store.h"
#include "temporary_folder.h"

namespace aml::store::test {

// A machine of which every fact can be set.
class FakeProbe final : public LivenessProbe {
 public:
  std::string machine_id() const override { return machine; }
  std::string boot_id() const override { return boot; }
  Instant now() const override { return time; }
  bool is_locked(const Path& lock_file) const override { return locked.contains(lock_file.filename().string()); }
  std::optional<uint64_t> process_start_ticks(pid_t pid) const override {
    const auto found = processes.find(pid);
    return found == processes.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<int64_t> heartbeat_age_ns(const Path&) const override { return heartbeat_age; }
  std::optional<bool> is_target_alive(const JournalRecord&) const override { return target_alive; }

  std::string machine = "machine-a";
  std::string boot = "b0070000aaaaaaaaaaaaaaaaaaaaaaaa";
  Instant time{1'700'000'000'000'000'000};
  std::set<std::string> locked;
  std::map<pid_t, uint64_t> processes;
  std::optional<int64_t> heartbeat_age;
  std::optional<bool> target_alive;
};

inline RunId run_id_at(int64_t second, uint64_t random) {
  return RunId::make({(1'700'000'000 + second) * 1'000'000'000}, {random, 0});
}

inline RunSpec spec_of(const RunId& id) {
  RunSpec spec;
  spec.id = id;
  spec.created = id.created();
  spec.argv = {"sh", "-c", "true"};
  spec.params = {{"lr", "0.1"}};
  spec.machine_id = "machine-a";
  spec.boot_id = "b0070000aaaaaaaaaaaaaaaaaaaaaaaa";
  return spec;
}

inline void write_text(const Path& path, std::string_view text) {
  REQUIRE(os::write_file_atomically(path, text, os::Overwrite::yes).ok());
}

inline std::string read_text(const Path& path) {
  auto text = os::read_file(path);
  REQUIRE(text.ok());
  return *text;
}

inline ExitRecord exit_with(int code) {
  ExitRecord exit;
  exit.code = code;
  exit.started = {1'700'000'001'000'000'000};
  exit.ended = {1'700'000'003'500'000'000};
  return exit;
}

// A run that went the whole way, with `metrics` as the text of its metrics file.
inline RunId finished_run(const Store& store, const RunSpec& spec, std::string_view metrics, int code) {
  auto run = create_run(store, spec);
  REQUIRE(run.ok());
  const FixedClock clock({1'700'000'004'000'000'000});
  REQUIRE(
      run->journal.append(RunState::starting, spec.created, {{"pid", "77"}, {"start_ticks", "5"}}, Durable::yes).ok());
  REQUIRE(run->journal.append(RunState::running, spec.created, {}, Durable::no).ok());
  if (!metrics.empty()) write_text(run->folder.metrics("main"), metrics);
  REQUIRE(write_exit_record(run->folder, exit_with(code)).ok());
  REQUIRE(finalize_run(store, run->folder, run->journal, clock).ok());
  return spec.id;
}

// A finished run that was never synced to disk, for tests that need many.
inline RunId plain_run(const Store& store, const RunSpec& spec) {
  const RunFolder folder = run_folder(store, spec.id);
  REQUIRE(os::make_directories(folder.dir()).ok());
  RunResult result;
  result.exit = exit_with(0);
  for (const auto& [path, json] :
       {std::pair(folder.spec(), to_json(spec)), std::pair(folder.result(), to_json(result))}) {
    const os::UniqueFd fd = os::open_file(path, O_WRONLY | O_CREAT).value();
    REQUIRE(os::write_all(fd.get(), json.dump(), path.string()).ok());
  }
  return spec.id;
}

struct TestStore {
  TemporaryFolder folder;
  Store store = Store::create(folder.path() / ".aml").value();
  FakeProbe probe = {};
};

}  // namespace aml::store::test
