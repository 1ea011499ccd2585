#include <doctest/doctest.h>

#include "os/atomic_file.h"
#include "registry/pull.h"
#include "registry/push.h"
#include "store/store.h"
#include "temporary_folder.h"
#include "unit/registry/fake_registry.h"

using namespace aml;
using namespace aml::registry;

namespace {

struct Quiet final : Observer {
  void will_move(uint64_t total_bytes) override { total = total_bytes; }
  void was_there(const store::Descriptor&) override { ++there; }
  void moved(const store::Descriptor&) override { ++sent; }
  void advance(uint64_t bytes) override { done += bytes; }
  uint64_t total = 0;
  uint64_t done = 0;
  int there = 0;
  int sent = 0;
};

struct Setting {
  TemporaryFolder folder;
  FakeRegistry registry;
  FakeServer server{registry.handler()};
  Client client = Client::create(server.authority(), {}).value();

  store::BlobStore blobs(const std::string& name) {
    return store::BlobStore(store::Store::create(folder.path() / name).value().dir());
  }
  Reference reference(const std::string& rest) { return parse_reference(server.authority() + "/" + rest).value(); }
};

store::Descriptor put(const store::BlobStore& blobs, std::string_view type, const std::string& bytes) {
  return {std::string(type), blobs.put(bytes).value(), bytes.size()};
}

store::Descriptor put_manifest(const store::BlobStore& blobs, const std::vector<std::string>& layers) {
  text::Json list = text::Json::array();
  for (const std::string& layer : layers) list.push(to_json(put(blobs, "layer", layer)));
  const text::Json manifest = text::Json::object({{"schemaVersion", 2},
                                                  {"mediaType", store::media_type::kManifest},
                                                  {"config", to_json(put(blobs, "config", "{}"))},
                                                  {"layers", list}});
  return put(blobs, store::media_type::kManifest, manifest.dump());
}

}  // namespace

TEST_CASE("what a manifest refers to arrives before it, and only once") {
  Setting setting;
  const auto blobs = setting.blobs("a");
  const auto root = put_manifest(blobs, {"one", "two", "one"});
  Quiet first;
  REQUIRE(push(blobs, root.digest, setting.client, setting.reference("r:1"), first).ok());
  CHECK(setting.registry.log ==
        std::vector<std::string>{"POST", "PUT 3", "POST", "PUT 3", "POST", "PUT 2", "PUT manifest 1"});
  CHECK(first.total == 8);
  CHECK(first.done == 8);
  Quiet second;
  REQUIRE(push(blobs, root.digest, setting.client, setting.reference("r:1"), second).ok());
  CHECK(second.there == 3);
  CHECK(second.done == 8);
}

TEST_CASE("what is pushed can be pulled into another store with equal digests") {
  Setting setting;
  const auto here = setting.blobs("a");
  const auto there = setting.blobs("b");
  const auto root = put_manifest(here, {"one", "two"});
  Quiet quiet;
  REQUIRE(push(here, root.digest, setting.client, setting.reference("r:1"), quiet).ok());
  const auto pulled = pull(setting.client, setting.reference("r:1"), there, quiet);
  REQUIRE(pulled.ok());
  CHECK(*pulled == root);
  CHECK(there.list().value() == here.list().value());
}

TEST_CASE("an index brings the manifests it lists") {
  Setting setting;
  const auto here = setting.blobs("a");
  const text::Json index = text::Json::object({{"schemaVersion", 2},
                                               {"mediaType", store::media_type::kIndex},
                                               {"manifests", text::Json::array()
                                                                 .push(to_json(put_manifest(here, {"amd64"})))
                                                                 .push(to_json(put_manifest(here, {"arm64"})))}});
  const auto root = put(here, store::media_type::kIndex, index.dump());
  Quiet quiet;
  REQUIRE(push(here, root.digest, setting.client, setting.reference("r:all"), quiet).ok());
  CHECK(setting.registry.manifests.size() == 3);
  CHECK(setting.registry.log.back() == "PUT manifest all");
}

TEST_CASE("a pull that fails leaves no manifest behind") {
  Setting setting;
  const auto here = setting.blobs("a");
  const auto there = setting.blobs("b");
  const auto root = put_manifest(here, {"one", "two"});
  Quiet quiet;
  REQUIRE(push(here, root.digest, setting.client, setting.reference("r:1"), quiet).ok());
  setting.registry.blobs.erase(sha256("two").text());
  CHECK(pull(setting.client, setting.reference("r:1"), there, quiet).error().kind == ErrorKind::not_found);
  CHECK_FALSE(there.has(root.digest));
}

TEST_CASE("a damaged blob is found before it is sent") {
  Setting setting;
  const auto blobs = setting.blobs("a");
  const auto root = put_manifest(blobs, {"one"});
  const Path path = blobs.path_of(sha256("one"));
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  REQUIRE(os::write_file_atomically(path, "two", os::Overwrite::yes).ok());
  Quiet quiet;
  CHECK(push(blobs, root.digest, setting.client, setting.reference("r:1"), quiet).error().kind == ErrorKind::bad_data);
  CHECK(setting.registry.manifests.empty());
}
