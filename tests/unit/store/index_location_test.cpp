#include "store/index.h"
#include "unit/store/fixture.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

TEST_CASE("network filesystems are known by their magic") {
  CHECK(is_network_magic(0x6969));
  CHECK(is_network_magic(0xFE534D42));
  CHECK(is_network_magic(static_cast<uint64_t>(static_cast<int32_t>(0xFF534D42U))));
  CHECK(!is_network_magic(0xEF53));      // ext4
  CHECK(!is_network_magic(0x01021994));  // tmpfs
}

TEST_CASE("what cannot be asked is no network filesystem") { CHECK(!is_network_filesystem("/no/such/folder")); }

TEST_CASE("the index lies in the store, unless that is on a network") {
  TestStore test;
  test.store.set_cache_home("/cache");
  if (is_network_filesystem(test.store.dir())) {
    CHECK(index_path(test.store) == Path("/cache/aml") / test.store.uuid() / "index.db");
  } else {
    CHECK(index_path(test.store) == test.store.dir() / "index.db");
  }
}
