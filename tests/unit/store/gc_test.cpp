#include "store/gc.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "fixture.h"
#include "store/blobs.h"
#include "store/refs.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;
using text::Json;

namespace {

Json descriptor(const Digest& digest) {
  return Json::object({{"mediaType", "application/x"}, {"digest", digest.text()}, {"size", 1}});
}

std::vector<std::string> removed(TestStore& test, DryRun dry_run) {
  const auto garbage = collect_garbage(test.store, test.probe, {kGraceNs, dry_run});
  REQUIRE(garbage.ok());
  std::vector<std::string> ids;
  for (const Garbage& item : *garbage) ids.push_back(item.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

// Late enough for everything made by this test to be older than the grace period.
void let_time_pass(TestStore& test) {
  test.probe.time.unix_ns = SystemClock().now().unix_ns + kGraceNs + 60'000'000'000;
}

}  // namespace

TEST_CASE("what nothing names is removed once it is old, and not before") {
  TestStore test;
  const BlobStore blobs(test.store.dir());
  const Digest digest = blobs.put("unnamed").value();
  test.probe.time = SystemClock().now();
  CHECK(removed(test, DryRun::no).empty());
  let_time_pass(test);
  CHECK(removed(test, DryRun::yes) == std::vector<std::string>{digest.text()});
  CHECK(blobs.has(digest));
  CHECK(removed(test, DryRun::no) == std::vector<std::string>{digest.text()});
  CHECK(!blobs.has(digest));
}

TEST_CASE("what a ref names is kept, and what that names in turn") {
  TestStore test;
  const BlobStore blobs(test.store.dir());
  const Digest layer = blobs.put("layer").value();
  const Digest manifest = blobs.put(Json::object({{"layers", layer.text()}}).dump()).value();
  const RefStore refs(test.store.dir());
  REQUIRE(refs.create({"models", "m/1"}, descriptor(manifest)).ok());
  let_time_pass(test);
  CHECK(removed(test, DryRun::no).empty());
  REQUIRE(refs.remove({"models", "m/1"}).ok());
  CHECK(removed(test, DryRun::no).size() == 2);
}

TEST_CASE("the outputs of a run are kept until its place in the trash has run out") {
  TestStore test;
  auto run = create_run(test.store, spec_of(run_id_at(0, 1)));
  write_text(run->folder.outputs() / "model", "weights");
  REQUIRE(write_exit_record(run->folder, exit_with(0)).ok());
  REQUIRE(finalize_run(test.store, run->folder, run->journal, FixedClock({1})).ok());
  const RunId id = run->folder.id();
  run = Error{};  // the recorder ends
  let_time_pass(test);
  CHECK(removed(test, DryRun::no).empty());
  REQUIRE(trash_run(test.store, id, test.probe).ok());
  CHECK(list_run_ids(test.store).empty());
  CHECK(BlobStore(test.store.dir()).has(sha256("weights")));
  CHECK(removed(test, DryRun::no) == std::vector<std::string>{"trash/" + id.text()});
  CHECK(removed(test, DryRun::no).size() == 2);  // the output and the manifest
  CHECK(BlobStore(test.store.dir()).list()->empty());
}

TEST_CASE("an alias is kept while a run names its digest") {
  TestStore test;
  const BlobStore blobs(test.store.dir());
  const Digest packed = blobs.put("packed").value();
  const Digest snapshot = sha256("the tar");
  REQUIRE(RefStore(test.store.dir()).create({"snapshots", snapshot.hex()}, descriptor(packed)).ok());
  RunSpec spec = spec_of(run_id_at(0, 1));
  spec.snapshot = snapshot;
  const RunId id = finished_run(test.store, spec, "", 0);
  let_time_pass(test);
  CHECK(removed(test, DryRun::no).empty());
  REQUIRE(os::remove_tree(test.store.run_dir(id)).ok());
  CHECK(removed(test, DryRun::no).size() == 2);  // the tar and its alias
  CHECK(!blobs.has(packed));
  CHECK(!RefStore(test.store.dir()).find({"snapshots", snapshot.hex()})->has_value());
}

TEST_CASE("a blob that is put again is young again") {
  TestStore test;
  const BlobStore blobs(test.store.dir());
  const Digest digest = blobs.put("again").value();
  const timespec old[2] = {{1000, 0}, {1000, 0}};
  REQUIRE(utimensat(AT_FDCWD, blobs.path_of(digest).c_str(), old, 0) == 0);
  test.probe.time = SystemClock().now();
  CHECK(removed(test, DryRun::yes).size() == 1);
  REQUIRE(blobs.put("again").ok());
  CHECK(removed(test, DryRun::yes).empty());
}

TEST_CASE("a run that lives is not put in the trash") {
  TestStore test;
  const auto run = create_run(test.store, spec_of(run_id_at(0, 1)));
  test.probe.locked = {"lock"};
  const auto refused = trash_run(test.store, run_id_at(0, 1), test.probe);
  CHECK(refused.error().kind == ErrorKind::conflict);
  // The lock is real, too: a probe that is wrong cannot do harm.
  test.probe.locked.clear();
  CHECK(trash_run(test.store, run_id_at(0, 1), test.probe).error().kind == ErrorKind::conflict);
  CHECK(list_run_ids(test.store).size() == 1);
}
