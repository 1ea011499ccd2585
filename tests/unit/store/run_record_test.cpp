#include "store/run_record.h"

#include "fixture.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

namespace {

enum class Harm { cut_in_half, emptied, zeroed, removed, replaced_by_text };

void harm_file(const Path& path, Harm harm) {
  const std::string text = read_text(path);
  switch (harm) {
    case Harm::cut_in_half: return write_text(path, text.substr(0, text.size() / 2));
    case Harm::emptied: return write_text(path, "");
    case Harm::zeroed: return write_text(path, std::string(text.size(), '\0'));
    case Harm::removed: REQUIRE(os::remove_tree(path).ok()); return;
    case Harm::replaced_by_text: return write_text(path, "something else\n");
  }
}

constexpr Harm kHarms[] = {Harm::cut_in_half, Harm::emptied, Harm::zeroed, Harm::removed, Harm::replaced_by_text};

}  // namespace

TEST_CASE("no harm to any file of one run hides another run, or itself") {
  for (const char* file : {"spec.json", "journal", "exit", "result.json", "metrics/main.tsv", "tags.log", "params.tsv",
                           "outputs.mf", "lock"}) {
    for (const Harm harm : kHarms) {
      CAPTURE(file);
      CAPTURE(static_cast<int>(harm));
      TestStore test;
      const RunId good = finished_run(test.store, spec_of(run_id_at(0, 1)), "a=1\n", 0);
      const RunId bad = finished_run(test.store, spec_of(run_id_at(1, 1)), "a=1\n", 0);
      const RunFolder folder = run_folder(test.store, bad);
      REQUIRE(set_tag(folder, "k", "v", {1}).ok());
      REQUIRE(append_param(folder, {"late", "1"}).ok());
      if (!os::path_exists(folder.dir() / file)) continue;
      harm_file(folder.dir() / file, harm);
      CHECK(list_run_ids(test.store) == std::vector<RunId>{bad, good});
      const auto run = read_run(test.store, bad, test.probe);
      REQUIRE(run.ok());
      // exit, journal and result each suffice to know how it ended.
      CHECK(run->state == RunState::finished);
      CHECK(read_run(test.store, good, test.probe)->damage.empty());
    }
  }
}

TEST_CASE("damaged record files are named") {
  TestStore test;
  const RunId id = finished_run(test.store, spec_of(run_id_at(0, 1)), "a=1\n", 0);
  const RunFolder folder = run_folder(test.store, id);
  write_text(folder.spec(), "{");
  const auto run = read_run(test.store, id, test.probe);
  REQUIRE(run->damage.size() == 1);
  CHECK(run->damage[0].starts_with(folder.spec().string() + ":1:"));
  CHECK(run->spec.created == id.created());
}

TEST_CASE("a run without its result is worked out from its other files") {
  TestStore test;
  const RunId id = finished_run(test.store, spec_of(run_id_at(0, 1)), "a=1 step=0\na=2 step=1\nbad\n", 3);
  REQUIRE(os::remove_tree(run_folder(test.store, id).result()).ok());
  const auto run = read_run(test.store, id, test.probe);
  CHECK(run->state == RunState::failed);
  CHECK(run->reason == "exit 3");
  CHECK(run->needs_finalizing);
  CHECK(run->metrics.at("a").last == 2);
  CHECK(run->problems == std::vector<std::string>{"metrics: 1 malformed line"});
  CHECK(run->ended == exit_with(3).ended);
}

TEST_CASE("a spec that belongs to another run is not believed") {
  TestStore test;
  const RunId id = finished_run(test.store, spec_of(run_id_at(0, 1)), "", 0);
  write_text(run_folder(test.store, id).spec(), to_json(spec_of(run_id_at(9, 9))).dump());
  CHECK(read_run(test.store, id, test.probe)->id == id);
  CHECK(read_run(test.store, id, test.probe)->damage.size() == 1);
}

TEST_CASE("strangers among the run folders are passed over") {
  TestStore test;
  const RunId id = finished_run(test.store, spec_of(run_id_at(0, 1)), "", 0);
  write_text(test.store.runs_dir() / "README", "x");
  REQUIRE(os::make_directories(test.store.runs_dir() / "2023-13-77").ok());
  REQUIRE(os::make_directories(test.store.run_dir(id).parent_path() / "not-a-run").ok());
  REQUIRE(os::make_directories(test.store.runs_dir() / "2020-01-01" / id.text()).ok());
  CHECK(list_run_ids(test.store) == std::vector<RunId>{id});
}

TEST_CASE("a run that is not there is not found") {
  TestStore test;
  CHECK(read_run(test.store, run_id_at(0, 1), test.probe).error().kind == ErrorKind::not_found);
}
