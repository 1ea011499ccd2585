#include "catalog/lineage.h"

#include "unit/store/fixture.h"

using namespace aml;
using namespace aml::catalog;
using namespace aml::store::test;

namespace {

using Texts = std::vector<std::string>;

// A model as registered from a run; lineage reads nothing of it but its config and the digest of its manifest.
ModelVersion model_of(const RunId& run) {
  ModelVersion model;
  model.artifact.manifest.digest = sha256("manifest");
  model.artifact.config.name = "m";
  model.artifact.config.version = 1;
  model.artifact.config.origin = {run, sha256("kept"), {{"train", "/kept.csv", sha256("data"), 2048}}};
  return model;
}

Texts lines_of(const store::Store& store, const ModelVersion& model) {
  return format_lineage(trace_lineage(store, model).value());
}

const std::string kRoot = "model m:1  " + sha256("manifest").text();

}  // namespace

TEST_CASE("what the store says of the run goes before what the model kept") {
  TestStore test;
  store::RunSpec spec = spec_of(run_id_at(0, 1));
  spec.snapshot = sha256("snapshot");
  spec.git = store::GitRecord{"c0ffee", "main", "", true};
  store::InputRecord input{"train", "/data.csv", sha256("data"), 1536};
  input.rows = 12;
  spec.inputs = {input};
  spec.command_line = {"amlrun", "train", "data.csv"};
  finished_run(test.store, spec, "", 0);
  CHECK(lines_of(test.store, model_of(spec.id)) ==
        Texts{kRoot, "  run " + spec.id.text() + "  finished, amlrun train data.csv",
              "    snapshot " + sha256("snapshot").text(), "    commit c0ffee  main, with uncommitted changes",
              "    input " + sha256("data").text() + "  /data.csv (1.5 KiB, 12 rows)"});
}

TEST_CASE("of a run that is gone there is what the model kept") {
  const TestStore test;
  const RunId gone = run_id_at(0, 1);
  CHECK(lines_of(test.store, model_of(gone)) == Texts{kRoot, "  run " + gone.text() + "  not in this store",
                                                      "    snapshot " + sha256("kept").text(),
                                                      "    input " + sha256("data").text() + "  /kept.csv (2.0 KiB)"});
}

TEST_CASE("a run's parents follow, and stop where one is gone") {
  TestStore test;
  const RunId grandparent = run_id_at(0, 1);
  store::RunSpec parent = spec_of(run_id_at(1, 2));
  parent.parent = grandparent;
  finished_run(test.store, parent, "", 3);
  store::RunSpec child = spec_of(run_id_at(2, 3));
  child.parent = parent.id;
  finished_run(test.store, child, "", 0);
  CHECK(lines_of(test.store, model_of(child.id)) == Texts{kRoot, "  run " + child.id.text() + "  finished, sh -c true",
                                                          "    run " + parent.id.text() + "  failed, sh -c true",
                                                          "      run " + grandparent.text() + "  not in this store"});
}

TEST_CASE("runs that are each other's parents end") {
  TestStore test;
  store::RunSpec first = spec_of(run_id_at(0, 1));
  store::RunSpec second = spec_of(run_id_at(1, 2));
  first.parent = second.id;
  second.parent = first.id;
  plain_run(test.store, first);
  plain_run(test.store, second);
  CHECK(lines_of(test.store, model_of(first.id)).size() == 34);  // the model, its run, and 32 parents
}

TEST_CASE("records carry their depth, parents before children") {
  const LineageNode root{"model", "m:1", "d", {{"run", "r", "", {{"input", "i", "p"}}}, {"file", "f", ""}}};
  const auto records = describe_lineage(root);
  Texts lines;
  for (const auto& record : records) lines.push_back(text::to_json(record).dump());
  CHECK(lines == Texts{R"({"type":"lineage","depth":0,"kind":"model","id":"m:1","detail":"d"})",
                       R"({"type":"lineage","depth":1,"kind":"run","id":"r","detail":""})",
                       R"({"type":"lineage","depth":2,"kind":"input","id":"i","detail":"p"})",
                       R"({"type":"lineage","depth":1,"kind":"file","id":"f","detail":""})"});
  CHECK(records[2].id == "i");
}
