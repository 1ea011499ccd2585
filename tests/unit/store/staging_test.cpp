#include "store/staging.h"

#include <unistd.h>

#include "os/machine.h"
#include "unit/store/fixture.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

TEST_CASE("a name says which process made it") {
  const std::string name = staging_name("blob7");
  CHECK(name.starts_with("blob7."));
  CHECK(parse_staging_name(name) == StagingOwner{getpid(), os::process_start_ticks(getpid()).value()});
}

TEST_CASE("a stem may hold dots, and the last two parts are the owner") {
  CHECK(parse_staging_name("a.4242.17") == StagingOwner{4242, 17});
  CHECK(parse_staging_name("model.onnx.4242.17") == StagingOwner{4242, 17});
  CHECK(parse_staging_name(".1.18446744073709551615") == StagingOwner{1, UINT64_MAX});
}

TEST_CASE("what is no such name has no owner") {
  for (const char* name : {"", ".", "..", "a", "a.1", "1.2", ".2", "a.1.", "a..2", "a.1.2x", "a.x1.2", "a.1.-2",
                           "a.99999999999.2", "a.1.18446744073709551616"})
    CHECK_MESSAGE(!parse_staging_name(name).has_value(), name);
}

TEST_CASE("abandoned is what has a dead owner and no lock") {
  TestStore test;
  const Path tmp = test.store.tmp_dir();
  CHECK(find_abandoned_staging(test.store, test.probe).value().empty());
  for (const char* name : {"run.10.1", "run.11.1", "run.12.1"}) REQUIRE(os::make_directories(tmp / name).ok());
  for (const char* name : {"blob.10.1", "blob.11.2", "blob.13.1", "stranger"}) write_text(tmp / name, "x");
  test.probe.processes[11] = 1;       // lives; what it made with other ticks is another process's
  test.probe.locked = {"blob.13.1"};  // in progress, in another process namespace
  CHECK(find_abandoned_staging(test.store, test.probe).value() ==
        std::vector<Path>{tmp / "blob.10.1", tmp / "blob.11.2", tmp / "run.10.1", tmp / "run.12.1"});
  test.probe.locked.insert("lock");  // of the folders
  CHECK(find_abandoned_staging(test.store, test.probe).value() ==
        std::vector<Path>{tmp / "blob.10.1", tmp / "blob.11.2"});
}
