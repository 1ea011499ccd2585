#include "project/walk.h"

#include <sys/stat.h>

#include "unit/project/fixture.h"

using namespace aml;
using namespace aml::project;
using test::ScratchFolder;

TEST_CASE("a walk lists files bytewise with kinds, sizes and link targets") {
  const ScratchFolder folder;
  folder.write("a.b", "12345");
  folder.write("a/x", "1");
  folder.write("run.sh", "#!/bin/sh\n");
  chmod((folder / "run.sh").c_str(), 0755);
  std::filesystem::create_symlink("a/x", folder / "link");
  const auto walk = walk_project(folder.path(), {});
  REQUIRE(walk.ok());
  REQUIRE(walk->files.size() == 4);
  CHECK(walk->files[0].path == "a.b");
  CHECK(walk->files[1].path == "a/x");
  CHECK(walk->files[2].kind == FileKind::symlink);
  CHECK(walk->files[2].link_target == "a/x");
  CHECK(walk->files[3].kind == FileKind::executable);
  CHECK(walk->bytes == 5 + 1 + 10);
}

TEST_CASE("pipes and sockets are named, not followed") {
  const ScratchFolder folder;
  REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  const auto walk = walk_project(folder.path(), {});
  REQUIRE(walk.ok());
  CHECK(walk->files.empty());
  CHECK(walk->special == std::vector<std::string>{"pipe"});
}

TEST_CASE("what stays out is listed at its border with the rule") {
  const ScratchFolder folder;
  folder.write(".gitignore", "*.log\n");
  folder.write("node_modules/a/b.js", "");
  folder.write("x.log", "");
  const auto walk = walk_project(folder.path(), {});
  REQUIRE(walk.ok());
  REQUIRE(walk->ignored.size() == 2);
  CHECK(walk->ignored[0].path == "node_modules/");
  CHECK(walk->ignored[0].rule == "built-in: node_modules/");
  CHECK(walk->ignored[1].rule == ".gitignore:1: *.log");
}

TEST_CASE("limits name the largest files and the line to add") {
  const ScratchFolder folder;
  folder.write("data/big", std::string(2000, 'x'));
  folder.write("data/small", std::string(500, 'x'));
  folder.write("code.py", "x");
  const auto walk = walk_project(folder.path(), {});
  REQUIRE(walk.ok());
  CHECK(check_limits(*walk, {}).ok());

  const auto total = check_limits(*walk, {.bytes_max = 2000});
  REQUIRE(!total.ok());
  CHECK(total.error().kind == ErrorKind::bad_data);
  CHECK(
      total.error().message ==
      "the snapshot would be too large: 2.4 KiB, at most 2.0 KiB; largest: 'data/big' (2.0 KiB), 'data/small' (500 B), "
      "'code.py' (1 B)");
  CHECK(total.error().hint == "add the line '/data/' to .amlignore, or raise the limit under 'snapshot:' in aml.yaml");

  const auto one_file = check_limits(*walk, {.file_bytes_max = 1000});
  REQUIRE(!one_file.ok());
  CHECK(one_file.error().hint.find("'/data/big'") != std::string::npos);

  const auto count = check_limits(*walk, {.files_max = 2});
  REQUIRE(!count.ok());
  CHECK(count.error().message.find("3 files, at most 2") != std::string::npos);
}
