#include "catalog/source.h"

#include <fmt/format.h>

#include "unit/store/fixture.h"

using namespace aml;
using namespace aml::catalog;
using namespace aml::store::test;

namespace {

// A store with versions of "m" by hand and a run that left a model; nothing here loads a graph.
struct World {
  TestStore test;
  store::BlobStore blobs{test.store.dir()};
  store::RefStore refs{test.store.dir()};

  Artifact add(uint32_t version, const std::string& onnx) const {
    const ModelConfig config{"m", version, {1}, text::Json::object(), text::Json::object()};
    const auto artifact = write_artifact(blobs, config, {blobs.put(onnx).value(), onnx.size()}).value();
    REQUIRE(refs.create({"models", fmt::format("m/{}", version)}, store::to_json(artifact.manifest)).ok());
    return artifact;
  }

  RunId add_run(const std::string& name) const {
    store::RunSpec spec = spec_of(run_id_at(0, 0x12345678));
    spec.name = name;
    auto run = store::create_run(test.store, spec);
    REQUIRE(run.ok());
    REQUIRE(os::make_directories(run->folder.outputs()).ok());
    write_text(run->folder.outputs() / "model.onnx", "of the run");
    return spec.id;
  }

  Result<ModelSource> resolve(const std::string& text) const { return resolve_model(test.store, text); }
};

}  // namespace

TEST_CASE("a registered model is named with its version, however it is meant") {
  const World world;
  world.add(1, "one");
  const Artifact second = world.add(2, "two");
  REQUIRE(world.refs.create({"aliases", "m/prod"}, text::Json::object({{"version", 1}})).ok());
  struct Meant {
    std::string text, name, bytes;
  };
  const Meant meanings[] = {{"m", "m:2", "two"},
                            {"m:1", "m:1", "one"},
                            {"m@prod", "m:1", "one"},
                            {second.manifest.digest.text(), "m:2", "two"}};
  for (const Meant& meant : meanings) {
    CAPTURE(meant.text);
    const auto source = world.resolve(meant.text);
    REQUIRE(source.ok());
    CHECK(source->name == meant.name);
    CHECK(source->bytes == meant.bytes);
    CHECK(source->digest == sha256(meant.bytes));
    CHECK(source->registered->text() == meant.name);
  }
}

TEST_CASE("a graph meant by its own digest is no registered model") {
  const World world;
  world.add(1, "one");
  const auto source = world.resolve(sha256("one").text());
  REQUIRE(source.ok());
  CHECK(source->name == sha256("one").text().substr(0, 19));
  CHECK(source->bytes == "one");
  CHECK(!source->registered.has_value());
  CHECK(world.resolve(sha256("gone").text()).error().kind == ErrorKind::not_found);
}

TEST_CASE("a run stands for the model it left, by name and by id") {
  const World world;
  const RunId run = world.add_run("night");
  for (const std::string& text : {std::string("night"), std::string("@1"), run.text()}) {
    const auto source = world.resolve(text);
    CAPTURE(text);
    REQUIRE(source.ok());
    CHECK(source->name == "run " + run.text().substr(24));
    CHECK(source->bytes == "of the run");
  }
}

TEST_CASE("a model goes before a run of the same name, and does not become one when a version is missing") {
  const World world;
  world.add(1, "one");
  world.add_run("m");
  CHECK(world.resolve("m")->bytes == "one");
  CHECK(world.resolve("m:2").error().message == "model 'm' has no version 2");
}

TEST_CASE("what looks like a file is one, and needs no store") {
  const World world;
  world.test.folder.write("m.onnx", "file");
  const auto source = resolve_model({}, (world.test.folder.path() / "m.onnx").string());
  REQUIRE(source.ok());
  CHECK(source->name == "m.onnx");
  CHECK(source->bytes == "file");
  CHECK(world.resolve("m.onnx").error().kind == ErrorKind::not_found);  // in the working directory
  CHECK(resolve_model({}, "m").error().message == "no model 'm': there is no store here");
}

TEST_CASE("a damaged graph is told with the name of its model") {
  const World world;
  const Artifact artifact = world.add(1, "one");
  write_text(world.blobs.path_of(artifact.model), "two");
  const Error error = world.resolve("m").error();
  CHECK(error.kind == ErrorKind::bad_data);
  CHECK(error.message ==
        "model 'm:1': blob '" + artifact.model.text() + "' is damaged: its content has another digest");
}

TEST_CASE("the store is the one given, else the one above, else none") {
  const World world;
  world.add(1, "one");
  const Path below = world.test.folder.path() / "a" / "b";
  REQUIRE(os::make_directories(below).ok());
  CHECK(find_model({}, below, "m")->bytes == "one");
  CHECK(find_model(world.test.store.dir(), "/", "m")->bytes == "one");
  CHECK(find_model(world.test.folder.path() / "none", below, "m").error().kind == ErrorKind::not_found);
}

TEST_CASE("completion offers names, versions and aliases that begin so") {
  const World world;
  world.add(1, "one");
  world.add(2, "two");
  REQUIRE(world.refs.create({"aliases", "m/prod"}, text::Json::object({{"version", 1}})).ok());
  using Texts = std::vector<std::string>;
  CHECK(complete_model(world.test.store, "") == Texts{"m", "m:1", "m:2", "m@prod"});
  CHECK(complete_model(world.test.store, "m:") == Texts{"m:1", "m:2"});
  CHECK(complete_model(world.test.store, "x") == Texts{});
}
