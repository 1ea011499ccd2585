#include "catalog/artifact.h"

#include <doctest/doctest.h>

#include "store/store.h"
#include "temporary_folder.h"

using namespace aml;
using namespace aml::catalog;

namespace {

const RunId kRun = RunId::make({1'700'000'000'000'000'000}, {1, 2});

ModelConfig full_config() {
  ModelConfig config{"penguins", 3, {1'700'000'000'000'000'000}, text::parse_json(R"({"task":"regression"})").value()};
  config.metrics = text::parse_json(R"({"rmse":0.5})").value();
  config.origin.run = kRun;
  config.origin.snapshot = sha256("snapshot");
  store::InputRecord counted{"train", "/data/a.csv", sha256("a"), 7};
  counted.rows = 2;
  config.origin.inputs = {counted, {"validation", "/data/b.csv", sha256("b"), UINT32_MAX}};
  config.provenance = {"amlmodel", "1.0", {"amlmodel", "register", "it's"}, "me"};
  return config;
}

struct World {
  TemporaryFolder folder;
  store::Store store = store::Store::create(folder.path() / ".aml").value();
  store::BlobStore blobs{store.dir()};
  store::BlobInfo model{blobs.put("graph").value(), 5};

  text::Json json_of(const Digest& blob) const { return text::parse_json(blobs.get(blob).value()).value(); }

  // Of a manifest or config written by hand.
  Error error_of(const std::string& manifest) const {
    const auto artifact = read_artifact(blobs, blobs.put(manifest).value());
    REQUIRE(!artifact.ok());
    CHECK(artifact.error().kind == ErrorKind::bad_data);
    return artifact.error();
  }
};

}  // namespace

TEST_CASE("an artifact comes back as it was written") {
  const World world;
  const ModelConfig config = full_config();
  const Artifact written = write_artifact(world.blobs, config, world.model).value();
  const Artifact read = read_artifact(world.blobs, written.manifest.digest).value();
  CHECK(read.manifest == written.manifest);
  CHECK(read.model == sha256("graph"));
  CHECK(read.model_bytes == 5);
  CHECK(read.config.name == "penguins");
  CHECK(read.config.version == 3);
  CHECK(read.config.created == config.created);
  CHECK(read.config.signature.dump() == R"({"task":"regression"})");
  CHECK(read.config.metrics.dump() == R"({"rmse":0.5})");
  CHECK(read.config.origin.run == kRun);
  CHECK(read.config.origin.snapshot == sha256("snapshot"));
  CHECK(read.config.origin.inputs == config.origin.inputs);
  CHECK(read.config.origin.file.empty());
  CHECK(read.config.provenance.command_line == config.provenance.command_line);
  CHECK(read.config.provenance.user == "me");
}

TEST_CASE("the manifest is one of ModelPack: one raw layer with a path, one config") {
  const World world;
  const Artifact artifact = write_artifact(world.blobs, full_config(), world.model).value();
  const text::Json manifest = world.json_of(artifact.manifest.digest);
  CHECK(manifest["schemaVersion"].as_int() == 2);
  CHECK(manifest["mediaType"].string() == store::media_type::kManifest);
  CHECK(manifest["artifactType"].string() == kModelManifestType);
  CHECK(manifest["config"]["mediaType"].string() == kModelConfigType);
  REQUIRE(manifest["layers"].items().size() == 1);
  CHECK(manifest["layers"].items()[0].dump() ==
        R"({"mediaType":"application/vnd.cncf.model.weight.v1.raw","digest":")" + sha256("graph").text() +
            R"(","size":5,"annotations":{"org.cncf.model.filepath":"model.onnx"}})");
  const text::Json config = world.json_of(*Digest::parse(manifest["config"]["digest"].string()));
  CHECK(config["descriptor"].dump() == R"({"name":"penguins","version":"3","createdAt":"2023-11-14T22:13:20Z"})");
  CHECK(config["modelfs"]["diffIds"].items()[0].string() == sha256("graph").text());
}

TEST_CASE("the same model has the same digest") {
  const World world;
  const auto first = write_artifact(world.blobs, full_config(), world.model).value();
  CHECK(write_artifact(world.blobs, full_config(), world.model)->manifest == first.manifest);
  ModelConfig other = full_config();
  other.version = 4;
  CHECK(write_artifact(world.blobs, other, world.model)->manifest.digest != first.manifest.digest);
}

TEST_CASE("a manifest that is not one of a model is refused") {
  const World world;
  CHECK(world.error_of("{}").message == "the model's manifest " + sha256("{}").text() + " is not one of a model");
  CHECK(world.error_of("{").message.starts_with("manifest:1:"));
  const std::string bare = R"({"artifactType":"application/vnd.cncf.model.manifest.v1+json"})";
  CHECK(world.error_of(bare).message == "the model's manifest " + sha256(bare).text() + " has no layer");
  CHECK(world.error_of(bare).hint == "see 'amlmodel verify'");
}

TEST_CASE("a config that another program wrote is refused with what it lacks") {
  const World world;
  const Artifact artifact = write_artifact(world.blobs, full_config(), world.model).value();
  const std::string manifest = world.blobs.get(artifact.manifest.digest).value();
  const std::string config_digest = world.json_of(artifact.manifest.digest)["config"]["digest"].string();
  const std::string config = world.blobs.get(*Digest::parse(config_digest)).value();
  // The error for a config in which `from` was replaced.
  const auto error_with = [&](const std::string& from, const std::string& to) {
    std::string changed = config;
    changed.replace(changed.find(from), from.size(), to);
    std::string other = manifest;
    other.replace(other.find(config_digest), config_digest.size(), world.blobs.put(changed)->text());
    return world.error_of(other).message.substr(std::string("the model's manifest ").size() + sha256("").text().size());
  };
  CHECK(error_with(R"("aml":{"format":1)", R"("aml":{"format":2)") == " has format 2, this program reads 1");
  CHECK(error_with(R"("aml":{)", R"("other":{)") == " has format null, this program reads 1");
  CHECK(error_with(R"("version":"3")", R"("version":"x")") == " has no name, version or date");
  CHECK(error_with("2023-11-14T", "yesterday") == " has no name, version or date");
  CHECK(error_with(sha256("a").text(), "none") == " names an input without a digest");
}
