#include "store/verify.h"

#include "fixture.h"
#include "store/blobs.h"
#include "store/refs.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

namespace {
std::vector<Finding> findings_of(TestStore& test) {
  const auto verified = verify_store(test.store, test.probe, 2, nullptr);
  REQUIRE(verified.ok());
  return verified->findings;
}
}  // namespace

TEST_CASE("a whole store has nothing to find") {
  TestStore test;
  static_cast<void>(finished_run(test.store, spec_of(run_id_at(0, 1)), "a=1\n", 0));
  REQUIRE(BlobStore(test.store.dir()).put("weights").ok());
  const auto verified = verify_store(test.store, test.probe, 2, nullptr);
  CHECK(verified->findings.empty());
  CHECK(verified->runs == 1);
  CHECK(verified->blobs == 1);
}

TEST_CASE("a file changed after its run ended is found") {
  for (const char* file : {"spec.json", "journal", "metrics/main.tsv", "exit", "out.log"}) {
    CAPTURE(file);
    TestStore test;
    const RunId id = finished_run(test.store, spec_of(run_id_at(0, 1)), "a=1\n", 0);
    const Path path = test.store.run_dir(id) / file;
    write_text(path, read_text(path) + " ");
    const auto findings = findings_of(test);
    REQUIRE(!findings.empty());
    CHECK(findings.back().id == id.text());
    CHECK(findings.back().message == "'" + std::string(file) + "' was changed after the run ended");
  }
}

TEST_CASE("damaged blobs, lost outputs and dangling refs are found") {
  TestStore test;
  const BlobStore blobs(test.store.dir());
  const Digest digest = blobs.put("content").value();
  write_text(blobs.path_of(digest), "other");
  REQUIRE(RefStore(test.store.dir())
              .create({"models", "m"},
                      text::Json::object({{"mediaType", "x"}, {"digest", sha256("gone").text()}, {"size", 4}}))
              .ok());
  write_text(test.store.dir() / "refs" / "models" / "broken", "{");
  const auto findings = findings_of(test);
  REQUIRE(findings.size() == 3);
  CHECK(findings[0].id == digest.text());
  CHECK(findings[1].id == "models/broken");
  CHECK(findings[2].message == "'" + sha256("gone").text() + "' is not in the store");
}

TEST_CASE("tags may change without the store being damaged") {
  TestStore test;
  const RunId id = finished_run(test.store, spec_of(run_id_at(0, 1)), "", 0);
  REQUIRE(set_tag(run_folder(test.store, id), "a", "b", {1}).ok());
  CHECK(findings_of(test).empty());
}
