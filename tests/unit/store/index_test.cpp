#include "store/index.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "fixture.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

namespace {

std::vector<RunId> ids_of(TestStore& test, const Selection& selection = {}) {
  auto index = Index::open(test.store, test.probe, 1);
  REQUIRE(index.ok());
  auto ids = index->select(selection);
  REQUIRE(ids.ok());
  return *ids;
}

std::string state_in_index(TestStore& test, const RunId& id) {
  auto index = Index::open(test.store, test.probe, 1);
  for (const char* state : {"finished", "failed", "lost", "running", "starting", "created"}) {
    Selection selection{.where = "runs.id = ? AND runs.state = ?", .values = {id.text(), std::string(state)}};
    if (!index->select(selection)->empty()) return state;
  }
  return "none";
}

// So that a folder's time is old enough to be trusted.
void settle(TestStore& test) { test.probe.time.unix_ns = SystemClock().now().unix_ns + 3'600'000'000'000; }

}  // namespace

TEST_CASE("the index lists runs newest first and notices new and removed ones") {
  TestStore test;
  const RunId first = finished_run(test.store, spec_of(run_id_at(1, 1)), "a=1\n", 0);
  CHECK(ids_of(test) == std::vector<RunId>{first});
  const RunId second = finished_run(test.store, spec_of(run_id_at(2, 1)), "a=2\n", 0);
  const RunId third = finished_run(test.store, spec_of(run_id_at(86'400, 1)), "a=3\n", 0);
  CHECK(ids_of(test) == std::vector<RunId>{third, second, first});
  settle(test);
  CHECK(ids_of(test) == std::vector<RunId>{third, second, first});
  REQUIRE(os::remove_tree(test.store.run_dir(second)).ok());
  CHECK(ids_of(test) == std::vector<RunId>{third, first});
  REQUIRE(os::remove_tree(test.store.run_dir(third).parent_path()).ok());
  CHECK(ids_of(test) == std::vector<RunId>{first});
}

TEST_CASE("the index answers by metric, param and tag") {
  TestStore test;
  const RunId low = finished_run(test.store, spec_of(run_id_at(1, 1)), "a=1\n", 0);
  const RunId high = finished_run(test.store, spec_of(run_id_at(2, 1)), "a=1\na=2\n", 0);
  REQUIRE(set_tag(run_folder(test.store, low), "team", "blue", {1}).ok());
  const std::string keyed = "EXISTS(SELECT 1 FROM metrics f JOIN keys USING (k) WHERE f.n = runs.n AND key = 'a' AND ";
  CHECK(ids_of(test, {.where = keyed + "last > ?)", .values = {1.5}}) == std::vector<RunId>{high});
  const std::string tagged = "EXISTS(SELECT 1 FROM tags f JOIN keys USING (k) WHERE f.n = runs.n AND key = 'team' AND ";
  CHECK(ids_of(test, {.where = tagged + "v = ?)", .values = {"blue"}}) == std::vector<RunId>{low});
  CHECK(Index::open(test.store, test.probe, 1)->metric_keys().value() == std::vector<std::string>{"a"});
}

TEST_CASE("a tag set on a finished run is seen although its day was read before") {
  TestStore test;
  const RunId id = finished_run(test.store, spec_of(run_id_at(1, 1)), "", 0);
  settle(test);
  const Selection tagged{.where = "EXISTS(SELECT 1 FROM tags f WHERE f.n = runs.n)"};
  CHECK(ids_of(test, tagged).empty());
  REQUIRE(set_tag(run_folder(test.store, id), "star", "", {5}).ok());
  CHECK(ids_of(test, tagged) == std::vector<RunId>{id});
  REQUIRE(remove_tag(run_folder(test.store, id), "star", {6}).ok());
  CHECK(ids_of(test, tagged).empty());
}

TEST_CASE("the state of an unfinished run is derived anew each time") {
  TestStore test;
  const RunId id = run_id_at(1, 1);
  auto run = create_run(test.store, spec_of(id));
  REQUIRE(run.ok());
  settle(test);
  test.probe.locked = {"lock"};
  CHECK(state_in_index(test, id) == "created");
  REQUIRE(run->journal.append(RunState::running, {1}, {}, Durable::no).ok());
  CHECK(state_in_index(test, id) == "running");
  test.probe.locked.clear();
  CHECK(state_in_index(test, id) == "lost");
  test.probe.locked = {"lock"};
  CHECK(state_in_index(test, id) == "running");
}

TEST_CASE("a run recorded as lost is found finished once its exit record has come and was reconciled") {
  TestStore test;
  const RunId id = run_id_at(1, 1);
  { REQUIRE(create_run(test.store, spec_of(id)).ok()); }
  REQUIRE(reconcile(test.store, test.probe, FixedClock({1}), DryRun::no).ok());
  settle(test);
  CHECK(state_in_index(test, id) == "lost");
  REQUIRE(write_exit_record(run_folder(test.store, id), exit_with(0)).ok());
  CHECK(state_in_index(test, id) == "finished");
  REQUIRE(reconcile(test.store, test.probe, FixedClock({1}), DryRun::no).ok());
  CHECK(state_in_index(test, id) == "finished");
}

TEST_CASE("a deleted, cut, overwritten or foreign index is built again to the same answer") {
  TestStore test;
  std::vector<RunId> expected;
  for (int i = 0; i < 20; ++i) expected.insert(expected.begin(), plain_run(test.store, spec_of(run_id_at(i, 1))));
  const Path path = index_path(test.store).value();
  CHECK(path == test.store.dir() / "index.db");
  CHECK(ids_of(test) == expected);
  const std::string whole = read_text(path);
  CHECK(!whole.empty());

  REQUIRE(os::remove_tree(path).ok());
  CHECK(ids_of(test) == expected);
  for (const size_t size : {size_t{0}, size_t{10}, size_t{100}, size_t{4096}, whole.size() / 2}) {
    CAPTURE(size);
    write_text(path, whole.substr(0, size));
    CHECK(ids_of(test) == expected);
  }
  write_text(path, std::string(20'000, '\0'));
  CHECK(ids_of(test) == expected);
  write_text(path, "this is no database, but it is longer than a header of one hundred bytes would be: " + whole);
  CHECK(ids_of(test) == expected);

  TestStore other;
  static_cast<void>(finished_run(other.store, spec_of(run_id_at(99, 9)), "", 0));
  CHECK(ids_of(other).size() == 1);
  std::filesystem::copy_file(*index_path(other.store), path, std::filesystem::copy_options::overwrite_existing);
  for (const char* suffix : {"-wal", "-shm"}) static_cast<void>(os::remove_tree(path.string() + suffix));
  CHECK(ids_of(test) == expected);
}

TEST_CASE("an index damaged while it is open still answers") {
  TestStore test;
  for (int i = 0; i < 300; ++i) static_cast<void>(plain_run(test.store, spec_of(run_id_at(i, 1))));
  CHECK(ids_of(test).size() == 300);
  auto index = Index::open(test.store, test.probe, 1);
  REQUIRE(index.ok());
  {
    // Over everything behind the first page, past what the connection has read.
    const Path path = *index_path(test.store);
    const auto size = static_cast<size_t>(os::stat_file(path)->st_size);
    const os::UniqueFd fd = os::open_file(path, O_WRONLY).value();
    REQUIRE(pwrite(fd.get(), std::string(size - 4096, '\xff').data(), size - 4096, 4096) > 0);
  }
  CHECK(index->select({})->size() == 300);
  CHECK(ids_of(test).size() == 300);
}

TEST_CASE("a store that cannot be written has its index in memory") {
  TestStore test;
  const RunId id = finished_run(test.store, spec_of(run_id_at(1, 1)), "", 0);
  // A folder where the file should be stops even root.
  REQUIRE(os::make_directories(test.store.dir() / "index.db").ok());
  auto index = Index::open(test.store, test.probe, 1);
  REQUIRE(index.ok());
  CHECK(index->is_in_memory());
  CHECK(index->select({}).value() == std::vector<RunId>{id});
}
