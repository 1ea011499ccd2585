#include "history/points.h"

#include "../store/fixture.h"

using namespace aml;
using namespace aml::history;
using namespace aml::store::test;

namespace {

RunId run_with_outputs(TestStore& test) {
  auto run = create_run(test.store, spec_of(run_id_at(0, 1)));
  REQUIRE(os::make_directories(run->folder.outputs() / "sub").ok());
  write_text(run->folder.outputs() / "a.txt", "alpha");
  write_text(run->folder.outputs() / "sub" / "b.txt", "beta");
  write_text(run->folder.metrics("main"), "loss=0.5 step=3 ts=1700000000\nnote=hi\nbad\n");
  REQUIRE(write_exit_record(run->folder, exit_with(0)).ok());
  REQUIRE(finalize_run(test.store, run->folder, run->journal, FixedClock({1})).ok());
  return run->folder.id();
}

}  // namespace

TEST_CASE("points come as records, all of them or those of one metric") {
  TestStore test;
  const RunId id = run_with_outputs(test);
  const auto all = find_points(test.store, id, {});
  CHECK(all->skipped_lines == 1);
  REQUIRE(all->records.size() == 2);
  CHECK(to_json(all->records[0]).dump() ==
        "{\"type\":\"metric_point\",\"key\":\"loss\",\"step\":3,\"time\":\"2023-11-14T22:13:20Z\",\"value\":0.5}");
  CHECK(to_json(all->records[1]).dump() ==
        "{\"type\":\"metric_point\",\"key\":\"note\",\"step\":0,\"time\":null,\"value\":\"hi\"}");
  CHECK(find_points(test.store, id, {"loss"})->records.size() == 1);
  CHECK(find_points(test.store, id, {"los"}).error().hint == "did you mean 'loss'?");
}

TEST_CASE("outputs are copied below a folder and never over a file by accident") {
  TestStore test;
  const RunId id = run_with_outputs(test);
  const Path to = test.folder.path() / "copy";
  CHECK(copy_outputs(test.store, id, {}, to, os::Overwrite::no).value() == 2);
  CHECK(read_text(to / "sub" / "b.txt") == "beta");
  CHECK(copy_outputs(test.store, id, {"a.txt"}, to, os::Overwrite::no).error().kind == ErrorKind::conflict);
  CHECK(copy_outputs(test.store, id, {"a.txt"}, to, os::Overwrite::yes).value() == 1);
  CHECK(copy_outputs(test.store, id, {"none"}, to, os::Overwrite::yes).error().kind == ErrorKind::not_found);
  StringSink sink;
  REQUIRE(write_output(test.store, id, "a.txt", sink).ok());
  CHECK(sink.text() == "alpha");
}

TEST_CASE("a manifest that points out of the folder is refused") {
  TestStore test;
  const RunId id = run_with_outputs(test);
  for (const char* path : {"../evil", "/tmp/evil", "a/../../evil"}) {
    write_text(store::run_folder(test.store, id).outputs_manifest(),
               store::format_outputs({{path, sha256("alpha"), 5, 0100644}}));
    CHECK(copy_outputs(test.store, id, {}, test.folder.path() / "copy", os::Overwrite::no).error().kind ==
          ErrorKind::bad_data);
  }
}
