#include "store/outputs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

TEST_CASE("an output manifest survives a round trip") {
  const std::vector<OutputFile> files = {{"a\tb", sha256("1"), 1, 0100644}, {"dir/run", sha256("2"), 22, 0100755}};
  CHECK(parse_outputs(format_outputs(files), "outputs.mf").value() == files);
  CHECK(format_outputs({{"x", sha256(""), 0, 0100644}}) == "100644\t0\t" + sha256("").hex() + "\tx\n");
  CHECK(parse_outputs("100644\t0\tnothex\tx\n", "outputs.mf").error().message ==
        "outputs.mf:1:1: not a line of an output manifest");
  CHECK(!parse_outputs("100644\t0\t" + sha256("").hex() + "\tx", "outputs.mf").ok());
}

TEST_CASE("collected outputs lie in the blob store once, and under their names") {
  TestStore test;
  auto run = create_run(test.store, spec_of(run_id_at(0, 1)));
  const Path outputs = run->folder.outputs();
  REQUIRE(os::make_directories(outputs / "deep").ok());
  write_text(outputs / "b.txt", "same");
  write_text(outputs / "deep" / "a.txt", "same");
  write_text(outputs / "tool", "#!/bin/sh\n");
  REQUIRE(chmod((outputs / "tool").c_str(), 0755) == 0);
  REQUIRE(symlink("b.txt", (outputs / "link").c_str()) == 0);
  REQUIRE(mkfifo((outputs / "pipe").c_str(), 0600) == 0);
  const auto collected = collect_outputs(test.store, run->folder);
  REQUIRE(collected.ok());
  CHECK(collected->record.files == 4);
  CHECK(collected->skipped_entries == 1);
  const auto files = list_outputs(test.store, run->folder.id());
  CHECK(*files == std::vector<OutputFile>{{"b.txt", sha256("same"), 4, 0100644},
                                          {"deep/a.txt", sha256("same"), 4, 0100644},
                                          {"link", sha256("b.txt"), 5, 0120000},
                                          {"tool", sha256("#!/bin/sh\n"), 10, 0100755}});
  const BlobStore blobs(test.store.dir());
  CHECK(os::stat_file(outputs / "b.txt")->st_ino == os::stat_file(blobs.path_of(sha256("same")))->st_ino);
  CHECK((os::stat_file(outputs / "tool")->st_mode & 0111) != 0);
  CHECK(find_output(test.store, run->folder.id(), "deep/a.txt").value() == blobs.path_of(sha256("same")));
  CHECK(collect_outputs(test.store, run->folder)->record == collected->record);
  CHECK(os::list_directory(test.store.tmp_dir())->empty());
}

TEST_CASE("a process that still writes to an output does not reach into the blob store") {
  TestStore test;
  auto run = create_run(test.store, spec_of(run_id_at(0, 1)));
  const Path file = run->folder.outputs() / "late.txt";
  write_text(file, "early");
  const os::UniqueFd late = os::open_file(file, O_WRONLY).value();
  REQUIRE(collect_outputs(test.store, run->folder).ok());
  REQUIRE(os::write_all(late.get(), "LATER", "late.txt").ok());
  CHECK(BlobStore(test.store.dir()).get(sha256("early")).value() == "early");
}

TEST_CASE("an output that is not there is not found, with the nearest name") {
  TestStore test;
  auto run = create_run(test.store, spec_of(run_id_at(0, 1)));
  CHECK(find_output(test.store, run->folder.id(), "x").error().hint == "it has no outputs");
  write_text(run->folder.outputs() / "model.onnx", "m");
  CHECK(find_output(test.store, run->folder.id(), "model.onx").error().hint == "did you mean 'model.onnx'?");
  CHECK(find_output(test.store, run->folder.id(), "model.onnx").value() == run->folder.outputs() / "model.onnx");
}
