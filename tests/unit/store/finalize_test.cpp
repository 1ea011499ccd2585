#include "store/finalize.h"

#include "fixture.h"
#include "store/outputs.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

TEST_CASE("a finished run lists its metrics, exit and outputs") {
  TestStore test;
  auto run = create_run(test.store, spec_of(run_id_at(0, 1)));
  REQUIRE(run.ok());
  write_text(run->folder.outputs() / "model.txt", "weights");
  write_text(run->folder.metrics("main"), "accuracy=0.5 step=0\naccuracy=0.75 step=1\n");
  REQUIRE(write_exit_record(run->folder, exit_with(0)).ok());
  const FixedClock clock({1'700'000'004'000'000'000});
  const auto result = finalize_run(test.store, run->folder, run->journal, clock);
  REQUIRE(result.ok());
  CHECK(result->state == RunState::finished);
  CHECK(result->metrics.at("accuracy").last == 0.75);
  CHECK(result->outputs == OutputsRecord{sha256(read_text(run->folder.outputs_manifest())), 1, 7});
  CHECK(!os::path_exists(run->folder.reserve()));

  const auto summary = read_run(test.store, run->folder.id(), test.probe);
  REQUIRE(summary.ok());
  CHECK(summary->state == RunState::finished);
  CHECK(summary->problems.empty());
  CHECK(summary->exit_code == 0);
  CHECK(BlobStore(test.store.dir()).get(sha256("weights")).value() == "weights");
}

TEST_CASE("finalizing twice changes nothing") {
  TestStore test;
  const RunId id = finished_run(test.store, spec_of(run_id_at(0, 1)), "a=1\n", 3);
  const RunFolder folder = run_folder(test.store, id);
  const std::string result = read_text(folder.result());
  const std::string journal = read_text(folder.journal());
  const auto again = finalize_run(test.store, id, FixedClock({9}));
  REQUIRE(again.ok());
  CHECK(again->state == RunState::failed);
  CHECK(read_text(folder.result()) == result);
  CHECK(read_text(folder.journal()) == journal);
}

TEST_CASE("a run whose recorder died after the exit record is finished by anyone, with the same result") {
  TestStore test;
  const RunId whole = finished_run(test.store, spec_of(run_id_at(0, 1)), "a=1\n", 0);
  const std::string expected = read_text(run_folder(test.store, whole).result());
  RunId id = run_id_at(0, 2);
  {
    auto run = create_run(test.store, spec_of(id));
    REQUIRE(run.ok());
    REQUIRE(write_exit_record(run->folder, exit_with(0)).ok());
    CHECK(finalize_run(test.store, id, FixedClock({1})).error().kind == ErrorKind::conflict);
  }
  const auto summary = read_run(test.store, id, test.probe);
  CHECK(summary->state == RunState::finished);
  CHECK(summary->needs_finalizing);
  const auto reconciled = reconcile(test.store, test.probe, FixedClock({1}), DryRun::no);
  REQUIRE(reconciled.ok());
  REQUIRE(reconciled->size() == 1);
  CHECK(reconciled->front().id == id);
  CHECK(!read_run(test.store, id, test.probe)->needs_finalizing);
  CHECK(reconcile(test.store, test.probe, FixedClock({1}), DryRun::no)->empty());
}

TEST_CASE("a lost run is recorded as lost, and finished when its exit appears after all") {
  TestStore test;
  const RunId id = run_id_at(0, 1);
  { REQUIRE(create_run(test.store, spec_of(id)).ok()); }
  CHECK(read_run(test.store, id, test.probe)->state == RunState::lost);
  CHECK(reconcile(test.store, test.probe, FixedClock({1}), DryRun::yes)->size() == 1);
  CHECK(read_journal(run_folder(test.store, id).journal())->state() == RunState::created);
  CHECK(reconcile(test.store, test.probe, FixedClock({1}), DryRun::no)->size() == 1);
  CHECK(read_journal(run_folder(test.store, id).journal())->state() == RunState::lost);
  CHECK(reconcile(test.store, test.probe, FixedClock({1}), DryRun::no)->empty());

  REQUIRE(write_exit_record(run_folder(test.store, id), exit_with(0)).ok());
  CHECK(reconcile(test.store, test.probe, FixedClock({1}), DryRun::no)->size() == 1);
  CHECK(read_run(test.store, id, test.probe)->state == RunState::finished);
}

TEST_CASE("a run without an exit record cannot be finished") {
  TestStore test;
  const RunId id = run_id_at(0, 1);
  { REQUIRE(create_run(test.store, spec_of(id)).ok()); }
  CHECK(finalize_run(test.store, id, FixedClock({1})).error().message == "run '" + id.text() + "' has no exit record");
  CHECK(finalize_run(test.store, run_id_at(5, 5), FixedClock({1})).error().kind == ErrorKind::not_found);
}

TEST_CASE("staging left by a dead process is swept, that of a living one is not") {
  TestStore test;
  const Path dead = test.store.tmp_dir() / "0123.4242.17";
  const Path alive = test.store.tmp_dir() / "4567.4243.18";
  const Path reused = test.store.tmp_dir() / "89ab.4243.19";
  for (const Path& path : {dead, alive, reused}) REQUIRE(os::make_directories(path).ok());
  write_text(test.store.tmp_dir() / "unrelated", "x");
  test.probe.processes[4243] = 18;
  CHECK(sweep_staging(test.store, test.probe, DryRun::yes).value() == std::vector<Path>{dead, reused});
  CHECK(os::path_exists(dead));
  CHECK(sweep_staging(test.store, test.probe, DryRun::no)->size() == 2);
  CHECK(!os::path_exists(dead));
  CHECK(os::path_exists(alive));
  CHECK(os::path_exists(test.store.tmp_dir() / "unrelated"));
}
