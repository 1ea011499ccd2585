// Many runs started at once by several processes, with somebody listing all the while.
#include <sys/wait.h>

#include "unit/run/fixture.h"

using namespace aml;
using store::RunState;
using test::RunProject;

namespace {

constexpr int kStarters = 5;
constexpr int kRunsEach = 10;

// Every run that is listed can be read, has a spec, and only ever goes forward.
size_t count_finished(const RunProject& project) {
  size_t finished = 0;
  for (const RunId& id : store::list_run_ids(project.store())) {
    const auto run = project.read(id);
    CHECK(run.spec.argv.size() == 3);
    CHECK(run.problems.empty());
    CHECK((store::is_alive(run.state) || run.state == RunState::finished));
    CHECK(run.state != RunState::orphan);
    finished += run.state == RunState::finished ? 1 : 0;
  }
  return finished;
}

}  // namespace

TEST_CASE("fifty runs started at once are all listed, correct at any moment, and all finish") {
  const RunProject project;
  project.folder.write("p/code.py", "x");
  std::vector<pid_t> starters;
  for (int starter = 0; starter < kStarters; ++starter) {
    const pid_t pid = fork();
    if (pid == 0) {
      bool all_ok = true;
      for (int i = 0; i < kRunsEach; ++i) {
        const auto prepared =
            run::prepare(*project.place, RunProject::shell("echo loss=1 >> $AML_METRICS"), project.clock);
        all_ok = all_ok && prepared.ok() && run::start(project.store(), prepared->start, project.clock).ok();
      }
      _exit(all_ok ? 0 : 1);
    }
    starters.push_back(pid);
  }
  size_t before = 0;
  for (size_t finished = 0; finished < kStarters * kRunsEach; before = finished) {
    finished = count_finished(project);
    REQUIRE(finished >= before);
    sched_yield();
  }
  for (const pid_t pid : starters) {
    int status = 0;
    REQUIRE(waitpid(pid, &status, 0) == pid);
    CHECK(os::child_end_of(status).shell_status() == 0);
  }
  for (const RunId& id : store::list_run_ids(project.store())) CHECK(project.read(id).metrics.at("loss").count == 1);
}
