#include "project/project.h"

#include "unit/project/fixture.h"

using namespace aml;
using namespace aml::project;
using test::ScratchFolder;

TEST_CASE("aml.yaml marks the root, then git, then the folder itself") {
  const ScratchFolder folder;
  std::filesystem::create_directories(folder / "repo/project/deep");
  CHECK(open_project(folder / "repo/project/deep")->root == folder / "repo/project/deep");
  folder.write("repo/.git/HEAD", "");
  CHECK(open_project(folder / "repo/project/deep")->root == folder / "repo");
  folder.write("repo/project/aml.yaml", "");
  const auto project = open_project(folder / "repo/project/deep");
  REQUIRE(project.ok());
  CHECK(project->root == folder / "repo/project");
  CHECK(project->name == "project");
}

TEST_CASE("name and snapshot limits are read from aml.yaml") {
  const ScratchFolder folder;
  folder.write("aml.yaml",
               "name: churn\nsettings:\n  threads: 2\nsnapshot:\n  max_size: 1GiB\n  max_file_size: 10KiB\n"
               "  max_files: 7\n  allow_secrets: [tests/key.pem]\n");
  const auto project = open_project(folder.path());
  REQUIRE(project.ok());
  CHECK(project->name == "churn");
  CHECK(project->limits.bytes_max == uint64_t{1} << 30);
  CHECK(project->limits.file_bytes_max == 10240);
  CHECK(project->limits.files_max == 7);
  CHECK(project->allowed_secrets == std::vector<std::string>{"tests/key.pem"});
}

TEST_CASE("unknown keys and wrong values in aml.yaml name their place") {
  const ScratchFolder folder;
  const std::string file = (folder / "aml.yaml").string();
  const auto error_of = [&](const std::string& text) {
    folder.write("aml.yaml", text);
    const auto project = open_project(folder.path());
    REQUIRE(!project.ok());
    CHECK(project.error().kind == ErrorKind::usage);
    return project.error().message.substr(file.size());
  };
  CHECK(error_of("nmae: x\n") == ":1:1: unknown key 'nmae' in aml.yaml");
  CHECK(error_of("snapshot:\n  max_sise: 1\n") == ":2:3: unknown key 'max_sise' in 'snapshot'");
  CHECK(error_of("snapshot:\n  max_size: big\n") == ":2:13: 'max_size' must be a size");
  CHECK(error_of("snapshot:\n  max_files: -1\n") == ":2:14: 'max_files' must be a whole number above 0");
  CHECK(error_of("name: [x]\n") == ":1:7: 'name' must be a text");
}

TEST_CASE("a new project opens under the name it was given and is made once") {
  const ScratchFolder folder;
  REQUIRE(create_project(folder / "new", "my: project").ok());
  CHECK(open_project(folder / "new")->name == "my: project");
  CHECK(folder.read("new/.amlignore").starts_with("#"));
  const Status again = create_project(folder / "new", "x");
  REQUIRE(!again.ok());
  CHECK(again.error().kind == ErrorKind::conflict);
}
