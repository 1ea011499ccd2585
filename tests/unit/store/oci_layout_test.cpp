#include "store/oci_layout.h"

#include "fixture.h"
#include "store/refs.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;
using text::Json;

TEST_CASE("index.json lists the refs that are descriptors, by name") {
  TestStore test;
  const RefStore refs(test.store.dir());
  const std::string digest = sha256("m").text();
  REQUIRE(refs.create({"models", "b/1"}, Json::object({{"mediaType", "x"}, {"digest", digest}, {"size", 1}})).ok());
  REQUIRE(refs.create({"aliases", "a"}, Json("b/1")).ok());
  REQUIRE(write_oci_index(test.store).ok());
  CHECK(read_text(test.store.dir() / "index.json") ==
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[{\"mediaType\":"
        "\"x\",\"digest\":\"" +
            digest + "\",\"size\":1,\"annotations\":{\"org.opencontainers.image.ref.name\":\"b/1\"}}]}\n");
}
