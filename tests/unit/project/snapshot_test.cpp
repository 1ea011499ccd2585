#include "project/snapshot.h"

#include <sys/stat.h>

#include "store/blobs.h"
#include "unit/project/fixture.h"

using namespace aml;
using namespace aml::project;
using test::ScratchFolder;

namespace {

store::Store make_store(const ScratchFolder& folder) {
  auto store = store::Store::create(folder / ".aml");
  REQUIRE(store.ok());
  return *store;
}

Snapshot snapshot_of(const store::Store& store, const Path& root) {
  const auto project = open_project(root);
  REQUIRE(project.ok());
  const auto snapshot = take_snapshot(store, *project, {});
  REQUIRE_MESSAGE(snapshot.ok(), snapshot.error().message);
  return *snapshot;
}

size_t blob_count(const store::Store& store) { return store::BlobStore(store.dir()).list()->size(); }

void fill(const ScratchFolder& folder) {
  folder.write("p/aml.yaml", "name: p\n");
  folder.write("p/train.py", "print(1)\n");
  folder.write("p/deep/er/data.csv", std::string(10000, 'x'));
  folder.write("p/run.sh", "#!/bin/sh\n");
  chmod((folder / "p/run.sh").c_str(), 0755);
  std::filesystem::create_symlink("../train.py", folder / "p/deep/link");
}

}  // namespace

TEST_CASE("a snapshot comes back with contents, links and executable bits") {
  const ScratchFolder folder;
  fill(folder);
  const auto store = make_store(folder);
  const Snapshot snapshot = snapshot_of(store, folder / "p");
  CHECK(snapshot.files == 5);
  REQUIRE(restore_snapshot(store, snapshot.digest, folder / "back").ok());
  CHECK(folder.read("back/train.py") == "print(1)\n");
  CHECK(folder.read("back/deep/er/data.csv") == std::string(10000, 'x'));
  CHECK(std::filesystem::read_symlink(folder / "back/deep/link") == "../train.py");
  struct stat info {};
  REQUIRE(stat((folder / "back/run.sh").c_str(), &info) == 0);
  CHECK((info.st_mode & 0111) != 0);
  CHECK(snapshot_of(store, folder / "back").digest == snapshot.digest);
}

TEST_CASE("the same tree gives the same digest and is kept once, whatever its times and its place") {
  const ScratchFolder folder;
  fill(folder);
  const auto store = make_store(folder);
  const Snapshot first = snapshot_of(store, folder / "p");
  const size_t blobs = blob_count(store);
  std::filesystem::last_write_time(folder / "p/train.py", std::filesystem::file_time_type::clock::now());
  std::filesystem::rename(folder / "p", folder / "q");
  CHECK(snapshot_of(store, folder / "q").digest == first.digest);
  CHECK(blob_count(store) == blobs);
}

TEST_CASE("a change of one byte, of size nothing and at once, is seen") {
  const ScratchFolder folder;
  fill(folder);
  const auto store = make_store(folder);
  for (int i = 0; i < 50; ++i) {
    folder.write("p/train.py", "print(1)\n");
    const Digest one = snapshot_of(store, folder / "p").digest;
    folder.write("p/train.py", "print(2)\n");
    CHECK(snapshot_of(store, folder / "p").digest != one);
  }
}

TEST_CASE("secrets are refused with every place, and allowed one by one") {
  const ScratchFolder folder;
  fill(folder);
  folder.write("p/.env", "X=1\n");
  folder.write("p/deep/key.py", std::string("\nk = 'AK") + "IAQ7WE9RTZUI4OPAS2'\n");
  const auto store = make_store(folder);
  const auto project = open_project(folder / "p");
  REQUIRE(project.ok());
  const auto refused = take_snapshot(store, *project, {});
  REQUIRE(!refused.ok());
  CHECK(refused.error().message ==
        "the snapshot would hold secrets: .env (environment file), deep/key.py:2 (AWS access key)");
  CHECK(blob_count(store) == 0);
  const SnapshotOptions allowed{.allowed_secrets = {".env", "deep/key.py"}};
  for (int i = 0; i < 2; ++i) {
    const auto snapshot = take_snapshot(store, *project, allowed);
    REQUIRE(snapshot.ok());
    CHECK(snapshot->allowed_secrets == std::vector<std::string>{".env", "deep/key.py"});
  }
  CHECK(!take_snapshot(store, *project, {}).ok());
}

TEST_CASE("limits stop a snapshot before anything is stored") {
  const ScratchFolder folder;
  fill(folder);
  folder.write("p/aml.yaml", "snapshot: {max_size: 5KiB}\n");
  const auto store = make_store(folder);
  const auto refused = take_snapshot(store, *open_project(folder / "p"), {});
  REQUIRE(!refused.ok());
  CHECK(refused.error().message.find("'deep/er/data.csv'") != std::string::npos);
  CHECK(blob_count(store) == 0);
}

TEST_CASE("a path is explained by the rule that decides it") {
  const ScratchFolder folder;
  folder.write("p/.gitignore", "data/\n*.log\n!keep.log\n");
  for (const char* name : {"p/data/x/y.csv", "p/a.log", "p/keep.log", "p/code.py"}) folder.write(name, "");
  const auto project = open_project(folder / "p");
  REQUIRE(project.ok());
  CHECK(explain_path(*project, {}, "data/x/y.csv")->rule == ".gitignore:1: data/");
  CHECK(explain_path(*project, {}, "a.log")->ignored);
  CHECK(!explain_path(*project, {}, "keep.log")->ignored);
  CHECK(explain_path(*project, {}, "keep.log")->rule == ".gitignore:3: !keep.log");
  CHECK(explain_path(*project, {}, "code.py")->rule.empty());
  CHECK(explain_path(*project, {}, "gone.py").error().kind == ErrorKind::not_found);
}

TEST_CASE("a snapshot that is not there is not found") {
  const ScratchFolder folder;
  const auto store = make_store(folder);
  const Status missing = restore_snapshot(store, sha256("x"), folder / "x");
  REQUIRE(!missing.ok());
  CHECK(missing.error().kind == ErrorKind::not_found);
}
