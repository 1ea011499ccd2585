#include "catalog/verify.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/cancel.h"
#include "model/graph.h"
#include "model/model.h"
#include "model/signature.h"
#include "os/atomic_file.h"
#include "project/snapshot.h"
#include "temporary_folder.h"

using namespace aml;
using namespace aml::catalog;

namespace {

using Texts = std::vector<std::string>;

// y = x + x, of a column of that name.
std::string doubling_model(const std::string& column) {
  model::GraphBuilder graph("doubling");
  const auto x = graph.input({column, model::ElementType::float64, {-1, 1}});
  const auto doubled = graph.add({.op = "Add", .inputs = {x, x}});
  graph.output({"score", model::ElementType::float64, {-1, 1}}, doubled);
  return graph.finish();
}

text::Json signature_of(const std::string& onnx) {
  const model::Model model = model::load_model(onnx, "m").value();
  return model::to_json(model::read_signature(model, {}).value());
}

// A store in which versions are written by hand, so that they may say anything.
struct World {
  TemporaryFolder folder;
  store::Store store = store::Store::create(folder.path() / ".aml").value();
  store::BlobStore blobs{store.dir()};
  store::RefStore refs{store.dir()};
  std::string onnx = doubling_model("x");

  ModelConfig config() const {
    ModelConfig config{"m", 1, {1'700'000'000'000'000'000}, signature_of(onnx), text::Json::object()};
    config.origin.file = "m.onnx";
    return config;
  }

  Artifact add(const ModelConfig& config, uint32_t version = 1) const {
    const auto artifact = write_artifact(blobs, config, {blobs.put(onnx).value(), onnx.size()}).value();
    REQUIRE(refs.create({"models", fmt::format("m/{}", version)}, store::to_json(artifact.manifest)).ok());
    return artifact;
  }

  Digest config_of(const Artifact& artifact) const {
    const auto manifest = text::parse_json(blobs.get(artifact.manifest.digest).value()).value();
    return Digest::parse(manifest["config"]["digest"].string()).value();
  }

  void overwrite(const Digest& blob, std::string_view bytes) const {
    REQUIRE(os::write_file_atomically(blobs.path_of(blob), bytes, os::Overwrite::yes).ok());
  }

  ModelCheck check() const {
    const auto checks = verify_models(store, {}, 1, nullptr);
    REQUIRE(checks.ok());
    REQUIRE(checks->size() == 1);
    return checks->front();
  }
};

std::string damaged(const std::string& part, const Digest& blob) {
  return fmt::format("{} is damaged: its content is not {}", part, blob.text());
}

const RunId kRun = RunId::make({1'700'000'000'000'000'000}, {1, 2});

}  // namespace

TEST_CASE("a version that is whole has nothing to say") {
  const World world;
  world.add(world.config());
  const ModelCheck check = world.check();
  CHECK(check.model == "m:1");
  CHECK(check.damage == Texts{});
  CHECK(check.notes == Texts{});
}

TEST_CASE("a blob with other content is named with its part") {
  const World world;
  const Artifact artifact = world.add(world.config());
  SUBCASE("the manifest, which hides the rest") {
    world.overwrite(artifact.manifest.digest, "{}");
    CHECK(world.check().damage == Texts{damaged("manifest", artifact.manifest.digest)});
  }
  SUBCASE("the graph with one bit flipped") {
    std::string flipped = world.onnx;
    flipped[flipped.size() / 2] ^= 1;
    world.overwrite(artifact.model, flipped);
    CHECK(world.check().damage == Texts{damaged("model", artifact.model)});
  }
  SUBCASE("the graph and the config, both") {
    world.overwrite(artifact.model, "");
    world.overwrite(world.config_of(artifact), "{}");
    CHECK(world.check().damage ==
          Texts{damaged("model", artifact.model), damaged("config", world.config_of(artifact))});
  }
}

TEST_CASE("a blob that is gone is damage") {
  const World world;
  const Artifact artifact = world.add(world.config());
  REQUIRE(world.blobs.remove(artifact.model).ok());
  CHECK(world.check().damage == Texts{fmt::format("model is missing: {}", artifact.model.text())});
}

TEST_CASE("a descriptor that says another size is damage") {
  const World world;
  const auto model = world.blobs.put(world.onnx).value();
  const Artifact artifact = write_artifact(world.blobs, world.config(), {model, 7}).value();
  REQUIRE(world.refs.create({"models", "m/1"}, store::to_json(artifact.manifest)).ok());
  CHECK(world.check().damage == Texts{fmt::format("model has {} bytes, not 7: {}", world.onnx.size(), model.text())});
}

TEST_CASE("a config that describes another model is damage") {
  const World world;
  SUBCASE("other columns") {
    ModelConfig config = world.config();
    config.signature = signature_of(doubling_model("length"));
    world.add(config);
    CHECK(world.check().damage == Texts{"config has another signature than the model"});
  }
  SUBCASE("another version") {
    ModelConfig config = world.config();
    config.version = 2;
    world.add(config, 1);
    CHECK(world.check().damage == Texts{"config is that of m:2"});
  }
}

TEST_CASE("a graph that does not load is damage, though its digest is right") {
  World world;
  const ModelConfig config = world.config();
  world.onnx = "no graph";
  world.add(config);
  const Texts damage = world.check().damage;
  REQUIRE(damage.size() == 1);
  CHECK(damage[0] == model::load_model("no graph", "m:1").error().message);
}

TEST_CASE("a ref that is no descriptor is damage of that version alone") {
  const World world;
  world.add(world.config());
  REQUIRE(world.refs.create({"models", "m/2"}, text::Json::object({{"digest", "none"}})).ok());
  const auto checks = verify_models(world.store, {}, 2, nullptr).value();
  REQUIRE(checks.size() == 2);
  CHECK(checks[0].model == "m:2");
  CHECK(checks[0].damage == Texts{"cannot read manifest 'm:2': a descriptor has no mediaType"});
  CHECK(checks[1].model == "m:1");
  CHECK(checks[1].damage == Texts{});
}

TEST_CASE("a run, a snapshot and an input that are gone are notes") {
  const World world;
  ModelConfig config = world.config();
  const std::string table = (world.folder.path() / "t.csv").string();
  config.origin = {kRun, sha256("snapshot"), {{"train", table, sha256("x\n1\n"), 4}}};
  world.add(config);
  const ModelCheck check = world.check();
  CHECK(check.damage == Texts{});
  CHECK(check.notes == Texts{fmt::format("run is not in this store: {}", kRun.text()),
                             fmt::format("snapshot is not in this store: {}", sha256("snapshot").text()),
                             fmt::format("cannot open '{}': No such file or directory", table)});
}

TEST_CASE("an input is compared with what the run was given") {
  const World world;
  ModelConfig config = world.config();
  const std::string table = (world.folder.path() / "t.csv").string();
  config.origin.inputs = {{"train", table, sha256("x\n1\n"), 4}};
  world.add(config);
  world.folder.write("t.csv", "x\n1\n");
  CHECK(world.check().notes == Texts{});
  world.folder.write("t.csv", "x\n2\n");
  CHECK(world.check().notes == Texts{fmt::format("input has changed since the run: '{}'", table)});
}

TEST_CASE("while its run is here, a snapshot must be here") {
  const World world;
  ModelConfig config = world.config();
  const Digest snapshot = sha256("snapshot");
  config.origin = {kRun, snapshot};
  world.add(config);
  REQUIRE(os::make_directories(world.store.run_dir(kRun)).ok());
  CHECK(world.check().damage == Texts{fmt::format("snapshot is not in this store: {}", snapshot.text())});
  const Digest packed = world.blobs.put("packed").value();
  const store::Descriptor descriptor{std::string(project::kSnapshotMediaType), packed, 6};
  REQUIRE(world.refs.create({"snapshots", snapshot.hex()}, store::to_json(descriptor)).ok());
  CHECK(world.check().damage == Texts{});
  world.overwrite(packed, "torn");
  CHECK(world.check().damage == Texts{damaged("snapshot", packed)});
}

TEST_CASE("versions are named as everywhere") {
  const World world;
  world.add(world.config());
  REQUIRE(world.refs.create({"aliases", "m/prod"}, text::Json::object({{"version", 1}})).ok());
  CHECK(verify_models(world.store, {{"m"}, {"m", 1}, {"m", {}, "prod"}}, 1, nullptr)->size() == 3);
  const auto unknown = verify_models(world.store, {{"m", 2}}, 1, nullptr);
  CHECK(unknown.error().kind == ErrorKind::not_found);
  CHECK(unknown.error().message == "model 'm' has no version 2");
}

TEST_CASE("a check that was told to stop is no answer") {
  const World world;
  world.add(world.config());
  Cancel cancel;
  cancel.request();
  CHECK(verify_models(world.store, {}, 1, &cancel).error().kind == ErrorKind::interrupted);
}

TEST_CASE("there is a line for each finding, and one where there is none") {
  const auto lines = describe(ModelCheck{"m:1", {"worse"}, {"bad"}});
  REQUIRE(lines.size() == 2);
  CHECK(text::to_json(lines[0]).dump() == R"({"type":"check","model":"m:1","status":"damaged","problem":"worse"})");
  CHECK(text::to_json(lines[1]).dump() == R"({"type":"check","model":"m:1","status":"note","problem":"bad"})");
  const auto whole = describe(ModelCheck{"m:2"});
  REQUIRE(whole.size() == 1);
  CHECK(text::to_json(whole[0]).dump() == R"({"type":"check","model":"m:2","status":"ok","problem":null})");
  CHECK(text::display_text(whole[0].fields[2]) == "-");
}
