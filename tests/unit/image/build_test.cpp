#include "image/build.h"

#include <doctest/doctest.h>

#include <map>

#include "archive/compress.h"
#include "archive/tar.h"
#include "unit/image/image_setting.h"

using namespace aml;
using namespace aml::image;

namespace {

text::Json json_of(const store::BlobStore& blobs, const Digest& digest) {
  return text::parse_json(blobs.get(digest).value()).value();
}

class Collect final : public archive::TarVisitor {
 public:
  Status file(std::string_view path, uint64_t, Source& content) override {
    files[std::string(path)] = std::string(TRY(content.read()));
    return {};
  }
  std::map<std::string, std::string> files;
};

struct Unpacked {
  std::map<std::string, std::string> files;
  Digest diff_id;
};

Unpacked unpack(const store::BlobStore& blobs, const std::string& digest) {
  StringSource compressed(blobs.get(*Digest::parse(digest)).value());
  const auto source = archive::decompress_from(compressed, archive::Compression::gzip, "layer").value();
  std::string tar;
  for (auto piece = source->read().value(); !piece.empty(); piece = source->read().value()) tar.append(piece);
  StringSource plain(tar);
  Collect collect;
  REQUIRE(archive::read_tar(plain, collect).ok());
  return {collect.files, sha256(tar)};
}

}  // namespace

TEST_CASE("the image holds the scorer and the model, each in a layer of its own") {
  ImageSetting setting;
  const auto image = build_image(setting.blobs, setting.options);
  REQUIRE(image.ok());
  const text::Json manifest = json_of(setting.blobs, image->digest);
  const auto& layers = manifest["layers"].items();
  REQUIRE(layers.size() == 2);
  const Unpacked scorer = unpack(setting.blobs, layers[0]["digest"].string());
  CHECK(scorer.files ==
        std::map<std::string, std::string>{{"usr/libexec/amltools/aml-scorer", ImageSetting::static_executable()}});
  const Unpacked model = unpack(setting.blobs, layers[1]["digest"].string());
  CHECK(model.files == std::map<std::string, std::string>{{"model/model.json", R"({"name":"penguins"})"},
                                                          {"model/model.onnx", "the ONNX bytes"}});
  const text::Json config = json_of(setting.blobs, *Digest::parse(manifest["config"]["digest"].string()));
  CHECK(config["rootfs"].dump() ==
        R"({"type":"layers","diff_ids":[")" + scorer.diff_id.text() + R"(",")" + model.diff_id.text() + R"("]})");
}

TEST_CASE("the config says how to run it: not as root, on port 8080") {
  ImageSetting setting;
  const text::Json manifest = json_of(setting.blobs, build_image(setting.blobs, setting.options).value().digest);
  const text::Json config = json_of(setting.blobs, *Digest::parse(manifest["config"]["digest"].string()));
  CHECK(config["architecture"].string() == "amd64");
  CHECK(config["os"].string() == "linux");
  CHECK(config["created"].string() == "2026-03-01T10:20:30Z");
  CHECK(config["config"].dump() ==
        R"({"User":"10001:10001","ExposedPorts":{"8080/tcp":{}},"Env":["PATH=/usr/libexec/amltools"],)"
        R"("Entrypoint":["/usr/libexec/amltools/aml-scorer"],"WorkingDir":"/",)"
        R"("Labels":{"org.opencontainers.image.created":"2026-03-01T10:20:30Z",)"
        R"("org.opencontainers.image.title":"penguins","org.opencontainers.image.version":"1"},)"
        R"("StopSignal":"SIGTERM"})");
  CHECK(manifest["annotations"]["org.opencontainers.image.title"].string() == "penguins");
}

TEST_CASE("the same inputs give the same digest in every store, other inputs another") {
  ImageSetting one;
  ImageSetting two;
  const auto digest = build_image(one.blobs, one.options).value().digest;
  CHECK(build_image(one.blobs, one.options).value().digest == digest);
  CHECK(build_image(two.blobs, two.options).value().digest == digest);
  two.options.created.unix_ns += 1'000'000'000;
  CHECK(build_image(two.blobs, two.options).value().digest != digest);
}

TEST_CASE("another model shares the scorer's layer") {
  ImageSetting setting;
  const auto first = json_of(setting.blobs, build_image(setting.blobs, setting.options).value().digest);
  setting.options.model = setting.blobs.put("another model").value();
  setting.options.created.unix_ns += 5'000'000'000;
  const auto second = json_of(setting.blobs, build_image(setting.blobs, setting.options).value().digest);
  CHECK(first["layers"].items()[0]["digest"].string() == second["layers"].items()[0]["digest"].string());
  CHECK(first["layers"].items()[1]["digest"].string() != second["layers"].items()[1]["digest"].string());
}

TEST_CASE("a scorer that needs shared libraries is refused") {
  ImageSetting setting;
  setting.options.scorer = "/proc/self/exe";
  const auto image = build_image(setting.blobs, setting.options);
  REQUIRE_FALSE(image.ok());
  CHECK(image.error().kind == ErrorKind::bad_data);
  CHECK(image.error().message ==
        "'/proc/self/exe' cannot run in an image: it needs shared libraries, and the image has none");
  setting.options.scorer = setting.folder.path() / "none";
  CHECK(build_image(setting.blobs, setting.options).error().kind == ErrorKind::not_found);
}

TEST_CASE("a model that is not in the store is not found") {
  ImageSetting setting;
  setting.options.model = sha256("nothing like it");
  CHECK(build_image(setting.blobs, setting.options).error().kind == ErrorKind::not_found);
}
