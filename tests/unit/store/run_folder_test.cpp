#include "store/run_folder.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

TEST_CASE("the lock of a run is taken once its recorder is gone") {
  TestStore test;
  const RunFolder folder = run_folder(test.store, run_id_at(0, 1));
  {
    const auto run = create_run(test.store, spec_of(folder.id()));
    REQUIRE(run.ok());
    CHECK(!take_run_lock(folder)->has_value());
  }
  CHECK(take_run_lock(folder)->has_value());
}

TEST_CASE("readers that look whether a run lives do not keep its lock from being taken") {
  TestStore test;
  const RunFolder folder = run_folder(test.store, run_id_at(0, 1));
  { REQUIRE(create_run(test.store, spec_of(folder.id())).ok()); }
  const pid_t reader = fork();
  if (reader == 0)
    for (;;) static_cast<void>(os::LockFile::is_locked(folder.lock()));
  int taken = 0;
  for (int i = 0; i < 100; ++i) taken += take_run_lock(folder)->has_value() ? 1 : 0;
  kill(reader, SIGKILL);
  waitpid(reader, nullptr, 0);
  CHECK(taken == 100);
}

TEST_CASE("the reserve is given up once") {
  TestStore test;
  const auto run = create_run(test.store, spec_of(run_id_at(0, 1)));
  CHECK(release_reserve(run->folder));
  CHECK(!release_reserve(run->folder));
  CHECK(make_reserve(run->folder).ok());
  CHECK(release_reserve(run->folder));
}
