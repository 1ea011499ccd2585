#include <doctest/doctest.h>

#include "archive/tar.h"
#include "image/load.h"
#include "image/save.h"
#include "os/atomic_file.h"
#include "unit/image/image_setting.h"

using namespace aml;
using namespace aml::image;

namespace {

std::string saved(const store::BlobStore& blobs, const store::Descriptor& image, const std::string& name) {
  StringSink sink;
  REQUIRE(save_image(blobs, image, name, sink).ok());
  return sink.text();
}

Result<std::vector<LoadedImage>> load(std::string tar, const store::BlobStore& blobs) {
  StringSource source(std::move(tar));
  return load_images(source, "a.tar", blobs);
}

std::string tar_of(std::vector<archive::TarEntry> entries) {
  StringSink sink;
  REQUIRE(archive::write_tar(sink, std::move(entries)).ok());
  return sink.text();
}

}  // namespace

TEST_CASE("an image that was saved loads into another store under its name") {
  ImageSetting here;
  ImageSetting there;
  const auto image = build_image(here.blobs, here.options).value();
  const auto loaded = load(saved(here.blobs, image, "localhost:5000/penguins:1"), there.blobs);
  REQUIRE(loaded.ok());
  REQUIRE(loaded->size() == 1);
  CHECK((*loaded)[0].manifest == image);
  CHECK((*loaded)[0].name == "localhost:5000/penguins:1");
  CHECK(there.blobs.list().value() == here.blobs.list().value());
}

TEST_CASE("saving twice gives the same bytes") {
  ImageSetting setting;
  const auto image = build_image(setting.blobs, setting.options).value();
  CHECK(saved(setting.blobs, image, "a:1") == saved(setting.blobs, image, "a:1"));
}

TEST_CASE("a damaged blob is neither saved nor loaded") {
  ImageSetting here;
  ImageSetting there;
  const auto image = build_image(here.blobs, here.options).value();
  std::string tar = saved(here.blobs, image, "a:1");
  tar[tar.find("\x1f\x8b\x08") + 20] ^= 1;  // in the first layer
  const auto loaded = load(tar, there.blobs);
  REQUIRE_FALSE(loaded.ok());
  CHECK(loaded.error().kind == ErrorKind::bad_data);
  CHECK(loaded.error().message.ends_with("has another digest"));

  const auto manifest = store::parse_manifest(here.blobs.get(image.digest).value(), "", "m").value();
  const Path layer = here.blobs.path_of(manifest.blobs[0].digest);
  REQUIRE(os::write_file_atomically(layer, "other bytes", os::Overwrite::yes).ok());
  StringSink sink;
  CHECK(save_image(here.blobs, image, "a:1", sink).error().kind == ErrorKind::bad_data);
}

TEST_CASE("an archive without an index, an image or a blob is refused") {
  ImageSetting setting;
  const auto why = [&](std::vector<archive::TarEntry> entries) {
    const auto loaded = load(tar_of(std::move(entries)), setting.blobs);
    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.error().kind == ErrorKind::bad_data);
    return loaded.error().message;
  };
  CHECK(why({{.path = "a", .content = "b"}}) == "cannot load image archive 'a.tar': it has no index.json");
  CHECK(why({{.path = "index.json", .content = R"({"manifests":[]})"}}) ==
        "cannot load image archive 'a.tar': its index lists no image");
  CHECK(why({{.path = "blobs/sha256/abc", .content = "b"}}) ==
        "cannot load image archive 'a.tar': 'blobs/sha256/abc' is no name of a blob");

  ImageSetting other;
  const auto image = build_image(other.blobs, other.options).value();
  const std::string manifest = other.blobs.get(image.digest).value();
  const std::string index = text::Json::object({{"manifests", text::Json::array().push(to_json(image))}}).dump();
  CHECK(why({{.path = "index.json", .content = index},
             {.path = "blobs/sha256/" + image.digest.hex(), .content = manifest}})
            .ends_with("is missing"));
}
