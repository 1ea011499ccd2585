#include "store/manifest.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::store;

namespace {

const std::string kDigestText = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

std::string descriptor_text(const std::string& type) {
  return R"({"mediaType":")" + type + R"(","digest":")" + kDigestText + R"(","size":2})";
}

std::string message_of(std::string_view bytes, std::string_view type = {}) {
  const auto manifest = parse_manifest(bytes, type, "m");
  REQUIRE_FALSE(manifest.ok());
  CHECK(manifest.error().kind == ErrorKind::bad_data);
  return manifest.error().message;
}

}  // namespace

TEST_CASE("a descriptor survives the round trip") {
  const Descriptor descriptor{"text/x", sha256("{}"), 2, {{"b", "2"}, {"a", "1"}}};
  CHECK(to_json(descriptor).dump() ==
        R"({"mediaType":"text/x","digest":")" + kDigestText + R"(","size":2,"annotations":{"a":"1","b":"2"}})");
  CHECK(parse_descriptor(to_json(descriptor), "d").value() == descriptor);
}

TEST_CASE("the blobs of a manifest are its layers and then its config") {
  const std::string text = R"({"schemaVersion":2,"config":)" + descriptor_text("c") + R"(,"layers":[)" +
                           descriptor_text("l1") + "," + descriptor_text("l2") + "]}";
  const auto manifest = parse_manifest(text, media_type::kManifest, "m");
  REQUIRE(manifest.ok());
  CHECK(manifest->media_type == media_type::kManifest);
  REQUIRE(manifest->blobs.size() == 3);
  CHECK(manifest->blobs[0].media_type == "l1");
  CHECK(manifest->blobs[2].media_type == "c");
  CHECK(manifest->manifests.empty());
}

TEST_CASE("an index is known by its type or its members") {
  const std::string text = R"({"manifests":[)" + descriptor_text("m") + "]}";
  CHECK(parse_manifest(text, media_type::kDockerIndex, "m").value().manifests.size() == 1);
  CHECK(parse_manifest(text, "", "m").value().media_type == media_type::kIndex);
}

TEST_CASE("what is wrong with a manifest is said") {
  CHECK(message_of("[", media_type::kManifest).starts_with("m:1:"));
  CHECK(message_of("{}", "text/html") == "cannot read manifest 'm': 'text/html' is not a type of manifest known here");
  CHECK(message_of("{}", media_type::kManifest) == "cannot read manifest 'm': a list of descriptors is missing");
  CHECK(message_of(R"({"mediaType":"a"})", "b") == "cannot read manifest 'm': it was sent as 'b' and calls itself 'a'");
  CHECK(message_of(R"({"layers":[{"mediaType":"x","digest":"sha512:00","size":1}]})") ==
        "cannot read manifest 'm': 'sha512:00' is not a sha256 digest");
  CHECK(message_of(R"({"layers":[{"mediaType":"x","digest":")" + kDigestText + R"(","size":-1}]})") ==
        "cannot read manifest 'm': descriptor '" + kDigestText + "' has no valid size");
  CHECK(message_of(std::string(kManifestBytesMax + 1, ' ')) ==
        "cannot read manifest 'm': it is larger than 4194304 bytes");
}
