#include "catalog/catalog.h"

#include <doctest/doctest.h>

#include <set>
#include <thread>

#include "catalog/lineage.h"
#include "catalog/source.h"
#include "model/graph.h"
#include "os/atomic_file.h"
#include "temporary_folder.h"

using namespace aml;
using namespace aml::catalog;

namespace {

const Provenance kMe{"amlmodel", "1.0", {"amlmodel", "register"}, "me"};

std::string doubling_model() {
  model::GraphBuilder graph("doubling");
  const auto x = graph.input({"x", model::ElementType::float64, {-1, 1}});
  const auto doubled = graph.add({.op = "Add", .inputs = {x, x}});
  graph.output({"score", model::ElementType::float64, {-1, 1}}, doubled);
  return graph.finish();
}

// A store, and an ONNX file beside it.
struct World {
  TemporaryFolder folder;
  store::Store store = store::Store::create(folder.path() / ".aml").value();
  Path file = folder.path() / "model.onnx";
  FixedClock clock{{1'700'000'000'000'000'000}};
  Catalog catalog{store};

  World() { REQUIRE(os::write_file_atomically(file, doubling_model(), os::Overwrite::no).ok()); }
};

}  // namespace

TEST_CASE("versions count on, and what was registered comes back") {
  const World world;
  CHECK(world.catalog.register_file("penguins", world.file, kMe, world.clock)->text() == "penguins:1");
  CHECK(world.catalog.register_file("penguins", world.file, kMe, world.clock)->text() == "penguins:2");
  const auto first = world.catalog.find({"penguins", 1});
  REQUIRE(first.ok());
  CHECK(first->artifact.model == sha256(doubling_model()));
  CHECK(first->artifact.config.created == world.clock.now());
  CHECK(first->artifact.config.origin.file == world.file);
  CHECK(first->artifact.config.provenance.user == "me");
  CHECK(first->artifact.config.signature["task"].string() == "regression");
  CHECK(world.catalog.find({"penguins"})->version() == 2);
}

TEST_CASE("processes that register at once get different versions") {
  const World world;
  std::vector<std::string> texts(8);
  std::vector<std::jthread> threads;
  for (std::string& text : texts)
    threads.emplace_back([&] { text = world.catalog.register_file("m", world.file, kMe, world.clock)->text(); });
  threads.clear();
  CHECK(std::set<std::string>(texts.begin(), texts.end()) ==
        std::set<std::string>{"m:1", "m:2", "m:3", "m:4", "m:5", "m:6", "m:7", "m:8"});
}

TEST_CASE("what is not there is named with what is near") {
  const World world;
  REQUIRE(world.catalog.register_file("penguins", world.file, kMe, world.clock).ok());
  CHECK(world.catalog.find({"pengiuns"}).error().hint == "did you mean 'penguins'?");
  CHECK(world.catalog.find({"penguins", 7}).error().message == "model 'penguins' has no version 7");
  CHECK(world.catalog.find({"penguins", {}, "prod"}).error().kind == ErrorKind::not_found);
  CHECK(world.catalog.list("nothing").error().kind == ErrorKind::not_found);
}

TEST_CASE("a version that cannot be read leaves the others in the list") {
  const World world;
  for (int i = 0; i < 3; ++i) REQUIRE(world.catalog.register_file("m", world.file, kMe, world.clock).ok());
  REQUIRE(store::RefStore(world.store.dir()).replace({"models", "m/2"}, text::Json::object({{"digest", 5}})).ok());
  const auto found = world.catalog.list({}).value();
  REQUIRE(found.models.size() == 2);
  CHECK(found.models[0].text() == "m:3");
  CHECK(found.models[1].text() == "m:1");
  REQUIRE(found.damaged.size() == 1);
  CHECK(found.damaged[0].message.starts_with("m:2: "));
}

TEST_CASE("an alias moves, and goes") {
  const World world;
  for (int i = 0; i < 2; ++i) REQUIRE(world.catalog.register_file("m", world.file, kMe, world.clock).ok());
  REQUIRE(world.catalog.set_alias("m", "prod", 1).ok());
  CHECK(world.catalog.find({"m", {}, "prod"})->version() == 1);
  REQUIRE(world.catalog.set_alias("m", "prod", 2).ok());
  CHECK(world.catalog.find({"m", {}, "prod"})->version() == 2);
  CHECK(world.catalog.find({"m", 2})->aliases == std::vector<std::string>{"prod"});
  CHECK(world.catalog.find({"m", 1})->aliases.empty());
  REQUIRE(world.catalog.remove_alias("m", "prod").ok());
  CHECK(!world.catalog.find({"m", {}, "prod"}).ok());
  CHECK(world.catalog.set_alias("m", "prod", 3).error().kind == ErrorKind::not_found);
}

TEST_CASE("files that are no ONNX are refused") {
  const World world;
  const Path pickle = world.folder.path() / "model.pkl";
  REQUIRE(os::write_file_atomically(pickle, "\x80\x04\x95", os::Overwrite::no).ok());
  const auto refused = world.catalog.register_file("m", pickle, kMe, world.clock);
  CHECK(refused.error().kind == ErrorKind::bad_data);
  CHECK(refused.error().message.find("can run code when loaded") != std::string::npos);
  const Path garbage = world.folder.path() / "garbage.onnx";
  REQUIRE(os::write_file_atomically(garbage, "garbage", os::Overwrite::no).ok());
  CHECK(world.catalog.register_file("m", garbage, kMe, world.clock).error().kind == ErrorKind::bad_data);
  CHECK(world.catalog.names()->empty());
}

TEST_CASE("a model is meant by name, alias, digest or file") {
  const World world;
  const auto registered = world.catalog.register_file("m", world.file, kMe, world.clock);
  REQUIRE(world.catalog.set_alias("m", "prod", 1).ok());
  for (const std::string& text :
       {std::string("m"), std::string("m:1"), std::string("m@prod"), registered->artifact.manifest.digest.text(),
        registered->artifact.model.text(), world.file.string()}) {
    const auto source = resolve_model(world.store, text);
    REQUIRE_MESSAGE(source.ok(), text);
    CHECK(source->bytes == doubling_model());
  }
  CHECK(resolve_model({}, "m").error().kind == ErrorKind::not_found);
  CHECK(resolve_model(world.store, "nothing").error().message == "no model 'nothing'");
  CHECK(complete_model(world.store, "m@") == std::vector<std::string>{"m@prod"});
}

TEST_CASE("the lineage of a model from a file is the file") {
  const World world;
  const auto model = world.catalog.register_file("m", world.file, kMe, world.clock);
  const auto root = trace_lineage(world.store, *model);
  REQUIRE(root.ok());
  const auto lines = format_lineage(*root);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == "model m:1  " + model->artifact.manifest.digest.text());
  CHECK(lines[1] == "  file " + sha256(doubling_model()).text() + "  " + world.file.string());
}

TEST_CASE("a damaged manifest is bad data") {
  const World world;
  const auto model = world.catalog.register_file("m", world.file, kMe, world.clock);
  const store::BlobStore blobs(world.store.dir());
  std::filesystem::permissions(blobs.path_of(model->artifact.manifest.digest), std::filesystem::perms::owner_all);
  REQUIRE(os::write_file_atomically(blobs.path_of(model->artifact.manifest.digest), "{}", os::Overwrite::yes).ok());
  CHECK(world.catalog.find({"m"}).error().kind == ErrorKind::bad_data);
}
