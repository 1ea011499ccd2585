#include "project/git.h"

#include "unit/project/fixture.h"

using namespace aml;
using namespace aml::project;
using test::ScratchFolder;

namespace {

std::optional<GitState> state_of(const Path& root) {
  auto query = GitQuery::start(root);
  if (!query) return std::nullopt;
  return query->finish();
}

void git(const ScratchFolder& folder, std::vector<std::string> arguments) {
  std::vector<std::string> argv = {"git", "-c", "user.name=t", "-c", "user.email=t@example.org"};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  test::output_of(argv, folder.path());
}

}  // namespace

TEST_CASE("passwords do not survive in a remote's address") {
  CHECK(without_credentials("https://me:secret@host/x.git") == "https://host/x.git");
  CHECK(without_credentials("https://token@host:8443/a@b") == "https://host:8443/a@b");
  CHECK(without_credentials("https://host/x.git") == "https://host/x.git");
  CHECK(without_credentials("git@host:x.git") == "git@host:x.git");
  CHECK(without_credentials("/srv/x.git") == "/srv/x.git");
}

TEST_CASE("a folder without a repository has no state") {
  const ScratchFolder folder;
  CHECK(!state_of(folder.path()));
}

TEST_CASE("commit, branch, remote, dirty flag and diff are reported") {
  if (!test::has_git()) {
    MESSAGE("skipped: needs git");
    return;
  }
  const ScratchFolder folder;
  git(folder, {"init", "-q", "-b", "trunk", "."});
  CHECK(state_of(folder.path())->commit.empty());
  folder.write("a", "one\n");
  git(folder, {"add", "a"});
  git(folder, {"commit", "-q", "-m", "first"});
  git(folder, {"remote", "add", "origin", "https://u:p@example.org/r.git"});
  const auto clean = state_of(folder.path());
  REQUIRE(clean);
  CHECK(clean->commit.size() == 40);
  CHECK(clean->branch == "trunk");
  CHECK(clean->remote == "https://example.org/r.git");
  CHECK(!clean->is_dirty);
  CHECK(clean->diff.empty());

  folder.write("a", "two\n");
  folder.write("untracked", "");
  git(folder, {"add", "a"});
  const auto dirty = state_of(folder.path());
  REQUIRE(dirty);
  CHECK(dirty->is_dirty);
  CHECK(dirty->diff.find("-one\n+two\n") != std::string::npos);
}
