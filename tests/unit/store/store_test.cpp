#include "store/store.h"

#include "fixture.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

TEST_CASE("a store is made once and found from below") {
  TemporaryFolder folder;
  CHECK(!find_store(folder.path()));
  const auto made = Store::create(folder.path() / ".aml");
  REQUIRE(made.ok());
  CHECK(Store::create(folder.path() / ".aml")->uuid() == made->uuid());
  REQUIRE(os::make_directories(folder.path() / "a" / "b").ok());
  CHECK(find_store(folder.path() / "a" / "b") == folder.path() / ".aml");
  CHECK(open_store(std::nullopt, folder.path() / "a")->uuid() == made->uuid());
  CHECK((os::stat_file(made->dir())->st_mode & 0777) == 0700);
  CHECK(read_text(made->dir() / "oci-layout") == "{\"imageLayoutVersion\":\"1.0.0\"}\n");
  CHECK(read_text(made->dir() / ".gitignore") == "*\n");
}

TEST_CASE("a missing store is not found, with a hint") {
  TemporaryFolder folder;
  const auto none = open_store(std::nullopt, folder.path());
  REQUIRE(!none.ok());
  CHECK(none.error().kind == ErrorKind::not_found);
  CHECK(none.error().hint == "run something with amlrun first, or name a store with --store");
  CHECK(Store::open(folder.path()).error().kind == ErrorKind::not_found);
}

TEST_CASE("a store whose making was cut off is completed") {
  TemporaryFolder folder;
  REQUIRE(os::make_directories(folder.path() / ".aml" / "blobs").ok());
  CHECK(Store::open(folder.path() / ".aml").error().kind == ErrorKind::not_found);
  CHECK(Store::create(folder.path() / ".aml").ok());
}

TEST_CASE("a store of a later version is read and never written") {
  TestStore test;
  const RunId id = finished_run(test.store, spec_of(run_id_at(0, 1)), "", 0);
  write_text(test.store.dir() / "format", "amlstore 2 " + test.store.uuid() + "\n");
  const auto later = Store::open(test.store.dir());
  REQUIRE(later.ok());
  CHECK(read_run(*later, id, test.probe)->state == RunState::finished);
  const auto refused = create_run(*later, spec_of(run_id_at(1, 1)));
  REQUIRE(!refused.ok());
  CHECK(refused.error().kind == ErrorKind::conflict);
  CHECK(refused.error().hint == "update amltools; reading still works");
  CHECK(!reconcile(*later, test.probe, FixedClock({1}), DryRun::no).ok());
}

TEST_CASE("a run's folder is under the UTC day of its id") {
  TestStore test;
  const RunId id = run_id_at(0, 1);
  CHECK(test.store.run_dir(id) == test.store.dir() / "runs" / "2023-11-14" / id.text());
}
