#include "store/new_run.h"

#include "fixture.h"
#include "os/lock_file.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

TEST_CASE("a new run is whole, locked and recorded when it becomes visible") {
  TestStore test;
  const RunId id = run_id_at(0, 1);
  auto run = create_run(test.store, spec_of(id));
  REQUIRE(run.ok());
  CHECK(run->folder.dir() == test.store.run_dir(id));
  CHECK(os::LockFile::is_locked(run->folder.lock()).value());
  CHECK(read_journal(run->folder.journal())->state() == RunState::created);
  CHECK(run->journal.state() == RunState::created);
  CHECK(parse_run_spec(read_text(run->folder.spec()), "spec")->id == id);
  CHECK(os::stat_file(run->folder.reserve())->st_blocks * 512 >= static_cast<int64_t>(kReserveBytes));
  CHECK(os::is_a_directory(run->folder.metrics_dir()));
  CHECK(os::is_a_directory(run->folder.outputs()));
  CHECK(os::path_exists(run->folder.out_log()));
  CHECK(os::list_directory(test.store.tmp_dir())->empty());
}

TEST_CASE("a run is made once") {
  TestStore test;
  auto run = create_run(test.store, spec_of(run_id_at(0, 1)));
  REQUIRE(run.ok());
  CHECK(create_run(test.store, spec_of(run_id_at(0, 1))).error().kind == ErrorKind::conflict);
  CHECK(list_run_ids(test.store).size() == 1);
}

TEST_CASE("a run that cannot be put in place leaves nothing behind") {
  TestStore test;
  // A file where the day's folder should be stops even root.
  write_text(test.store.runs_dir() / "2023-11-14", "");
  CHECK(!create_run(test.store, spec_of(run_id_at(0, 1))).ok());
  CHECK(os::list_directory(test.store.tmp_dir())->empty());
}

TEST_CASE("ids made one after the other differ") {
  const FixedClock clock({1'700'000'000'000'000'000});
  const auto first = make_run_id(clock);
  const auto second = make_run_id(clock);
  CHECK(*first != *second);
  CHECK(first->created() == clock.now());
}
