#include "registry/client.h"

#include <doctest/doctest.h>

#include "store/store.h"
#include "temporary_folder.h"
#include "unit/registry/fake_registry.h"

using namespace aml;
using namespace aml::registry;

namespace {

// A registry, a client of it that does not sleep, and a store.
struct Setting {
  TemporaryFolder folder;
  store::Store store = store::Store::create(folder.path() / ".aml").value();
  store::BlobStore blobs{store.dir()};
  FakeRegistry registry;
  FakeServer server;
  uint64_t bytes_moved = 0;
  OnBytes on_bytes = [this](uint64_t more) { bytes_moved += more; };

  Setting() : server(registry.handler()) {}

  Client client(const Limits& limits = {}) {
    net::ClientOptions options;
    options.wait = [](int64_t) { return Status(); };
    return Client::create(server.authority(), std::move(options), limits).value();
  }

  store::Descriptor local_blob(const std::string& bytes) {
    return {"application/octet-stream", blobs.put(bytes).value(), bytes.size()};
  }
  store::Descriptor remote_blob(const std::string& bytes) {
    registry.blobs[sha256(bytes).text()] = bytes;
    return {"application/octet-stream", sha256(bytes), bytes.size()};
  }
  Status upload(const store::Descriptor& blob, const Limits& limits = {}) {
    return client(limits).upload_blob("r", blob, blobs.path_of(blob.digest), on_bytes);
  }
  Status download(const store::Descriptor& blob) { return client().download_blob("r", blob, blobs, on_bytes); }
};

constexpr Limits kChunked{.monolithic_bytes_max = 0, .chunk_bytes = 1000, .chunk_bytes_min = 100};

std::string sample(size_t size) {
  std::string bytes(size, '\0');
  for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 7 + i / 251);
  return bytes;
}

}  // namespace

TEST_CASE("a small blob is sent in one piece, and once") {
  Setting setting;
  const std::string bytes = sample(5000);
  const auto blob = setting.local_blob(bytes);
  REQUIRE(setting.upload(blob).ok());
  CHECK(setting.registry.blobs.at(blob.digest.text()) == bytes);
  CHECK(setting.registry.log == std::vector<std::string>{"POST", "PUT 5000"});
  CHECK(setting.bytes_moved == 5000);
  REQUIRE(setting.upload(blob).ok());
  CHECK(setting.registry.log.size() == 2);
  for (const FakeRequest& request : setting.server.requests()) {
    if (request.method != "PUT") continue;
    CHECK_FALSE(request.headers.find("Content-Range").has_value());
    CHECK_FALSE(request.headers.find("Transfer-Encoding").has_value());
    CHECK(request.target == "/v2/r/blobs/uploads/1?state=1&digest=sha256%3A" + blob.digest.hex());
  }
}

TEST_CASE("an empty blob is sent like any other") {
  Setting setting;
  const auto blob = setting.local_blob("");
  REQUIRE(setting.upload(blob).ok());
  CHECK(setting.registry.blobs.count(blob.digest.text()) == 1);
  REQUIRE(setting.blobs.remove(blob.digest).ok());
  REQUIRE(setting.download(blob).ok());
  CHECK(setting.blobs.has(blob.digest));
}

TEST_CASE("a large blob is sent in chunks") {
  Setting setting;
  const std::string bytes = sample(2500);
  const auto blob = setting.local_blob(bytes);
  REQUIRE(setting.upload(blob, kChunked).ok());
  CHECK(setting.registry.log == std::vector<std::string>{"POST", "PATCH 1000", "PATCH 1000", "PATCH 500", "PUT 0"});
  CHECK(setting.registry.blobs.at(blob.digest.text()) == bytes);
  CHECK(setting.bytes_moved == 2500);
}

TEST_CASE("a connection that drops in the middle of an upload costs a repetition, nothing else") {
  for (const bool forgets : {false, true})
    for (const bool keeps_half : {false, true})
      for (const Limits& limits : {Limits{}, kChunked}) {
        Setting setting;
        setting.registry.drops_left = 3;
        setting.registry.forgets_session_on_drop = forgets;
        setting.registry.keeps_half_on_drop = keeps_half;
        const std::string bytes = sample(2500);
        const auto blob = setting.local_blob(bytes);
        REQUIRE(setting.upload(blob, limits).ok());
        CHECK(setting.registry.blobs.at(blob.digest.text()) == bytes);
      }
}

TEST_CASE("an upload goes on where the registry stopped") {
  Setting setting;
  setting.registry.drops_left = 1;
  setting.registry.keeps_half_on_drop = true;
  const auto blob = setting.local_blob(sample(2500));
  REQUIRE(setting.upload(blob, kChunked).ok());
  CHECK(setting.registry.log == std::vector<std::string>{"POST", "PATCH 1000", "PATCH 1000", "PATCH 1000", "PUT 0"});
}

TEST_CASE("a registry that keeps less of a chunk than it was sent gets the rest again") {
  Setting setting;
  setting.registry.keeps_at_most = 700;
  const std::string bytes = sample(2000);
  const auto blob = setting.local_blob(bytes);
  REQUIRE(setting.upload(blob, kChunked).ok());
  CHECK(setting.registry.blobs.at(blob.digest.text()) == bytes);
}

TEST_CASE("a registry that cannot count is not believed") {
  Setting setting;
  setting.registry.hides_offset = true;
  const std::string bytes = sample(3000);
  const auto blob = setting.local_blob(bytes);
  REQUIRE(setting.upload(blob, kChunked).ok());
  CHECK(setting.registry.blobs.at(blob.digest.text()) == bytes);
}

TEST_CASE("requests that are too large are made smaller") {
  Setting setting;
  setting.registry.request_bytes_max = 300;
  const std::string bytes = sample(1000);
  const auto blob = setting.local_blob(bytes);
  REQUIRE(setting.upload(blob, {.monolithic_bytes_max = 5000, .chunk_bytes = 1000, .chunk_bytes_min = 100}).ok());
  CHECK(setting.registry.blobs.at(blob.digest.text()) == bytes);
}

TEST_CASE("an upload is given up when nothing helps") {
  Setting setting;
  setting.registry.drops_left = 1000;
  const auto given_up = setting.upload(setting.local_blob(sample(100)));
  REQUIRE_FALSE(given_up.ok());
  CHECK(given_up.error().kind == ErrorKind::system);
  CHECK(setting.registry.blobs.empty());
}

TEST_CASE("a download goes on where it stopped") {
  Setting setting;
  setting.registry.cut_download_after = 400;
  const std::string bytes = sample(1000);
  const auto blob = setting.remote_blob(bytes);
  REQUIRE(setting.download(blob).ok());
  CHECK(setting.blobs.get(blob.digest).value() == bytes);
  CHECK(setting.registry.log == std::vector<std::string>{"GET 0", "GET 400", "GET 800"});
  CHECK(setting.bytes_moved == 1000);
}

TEST_CASE("a registry without ranges is given up after the usual number of tries") {
  Setting setting;
  setting.registry.cut_download_after = 400;
  setting.registry.ignores_ranges = true;
  const auto blob = setting.remote_blob(sample(1000));
  CHECK(setting.download(blob).error().kind == ErrorKind::system);
  CHECK_FALSE(setting.blobs.has(blob.digest));
  CHECK(setting.registry.log.size() == 6);
}

TEST_CASE("bytes with another digest or too many of them never get a name") {
  Setting setting;
  auto blob = setting.remote_blob(sample(1000));
  setting.registry.blobs[blob.digest.text()][500] ^= 1;
  const auto damaged = setting.download(blob);
  REQUIRE_FALSE(damaged.ok());
  CHECK(damaged.error().kind == ErrorKind::bad_data);
  CHECK(damaged.error().message.find("is damaged") != std::string::npos);

  setting.registry.extra_bytes = "!";
  CHECK(setting.download(blob).error().message ==
        "registry '" + setting.server.authority() + "' sends more than the 1000 bytes of blob " + blob.digest.text());
  CHECK(setting.blobs.list().value().empty());
  CHECK(os::list_directory(setting.store.tmp_dir()).value().empty());
}

TEST_CASE("a manifest is checked against what was asked for") {
  Setting setting;
  const std::string config = R"({"mediaType":"c","digest":")" + sha256("{}").text() + R"(","size":2})";
  const std::string text = R"({"schemaVersion":2,"config":)" + config + R"(,"layers":[]})";
  setting.registry.manifests = {{"1", text}, {sha256("other").text(), text}};
  auto client = setting.client();
  CHECK(client.get_manifest("r", "1").value().descriptor ==
        store::Descriptor{std::string(store::media_type::kManifest), sha256(text), text.size()});
  const auto other = client.get_manifest("r", sha256("other").text());
  CHECK(other.error().kind == ErrorKind::bad_data);
  const auto missing = client.get_manifest("r", "2");
  CHECK(missing.error().kind == ErrorKind::not_found);
  CHECK(missing.error().message == "registry '" + setting.server.authority() + "' refused to give manifest '" +
                                       setting.server.authority() + "/r:2': 404 MANIFEST_UNKNOWN: manifest unknown");
}

TEST_CASE("an upload is not sent into a network that is not the registry's") {
  FakeServer server([](const FakeRequest& request) {
    if (request.method == "HEAD") return FakeAnswer{"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"};
    return answer("202 Accepted", "Location: http://example.com/upload\r\n");
  });
  Setting setting;
  auto client = Client::create(server.authority(), {}).value();
  const auto blob = setting.local_blob("x");
  CHECK(client.upload_blob("r", blob, setting.blobs.path_of(blob.digest), setting.on_bytes).error().message ==
        "refused to speak plain http with 'example.com'");
}
