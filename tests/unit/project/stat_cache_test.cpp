#include "project/stat_cache.h"

#include "unit/project/fixture.h"

using namespace aml;
using namespace aml::project;
using test::ScratchFolder;

namespace {
WalkedFile file_at(const std::string& path, int64_t time_ns) {
  return {.path = path, .stamp = {.device = 1, .inode = 2, .size = 3, .mtime_ns = time_ns, .ctime_ns = time_ns}};
}
}  // namespace

TEST_CASE("entries come back for the same stamp only") {
  const ScratchFolder folder;
  const WalkedFile file = file_at("a\tb", 100);
  StatCache cache;
  cache.remember(file.path, file.stamp, sha256("x"));
  cache.remember_snapshot(sha256("m"), sha256("s"));
  REQUIRE(cache.save(folder / "cache", {file}, 200).ok());
  const StatCache loaded = StatCache::load(folder / "cache");
  CHECK(loaded.find(file.path, file.stamp) == sha256("x"));
  FileStamp other = file.stamp;
  other.ctime_ns = 101;
  CHECK(!loaded.find(file.path, other));
  CHECK(loaded.find_snapshot(sha256("m")) == sha256("s"));
  CHECK(!loaded.find_snapshot(sha256("n")));
}

TEST_CASE("a file as young as the walk is not trusted the next time") {
  const ScratchFolder folder;
  const WalkedFile old_file = file_at("old", 199);
  const WalkedFile racy_file = file_at("racy", 200);
  StatCache cache;
  cache.remember("old", old_file.stamp, sha256("x"));
  cache.remember("racy", racy_file.stamp, sha256("x"));
  REQUIRE(cache.save(folder / "cache", {old_file, racy_file}, 200).ok());
  const StatCache loaded = StatCache::load(folder / "cache");
  CHECK(loaded.find("old", old_file.stamp));
  CHECK(!loaded.find("racy", racy_file.stamp));
}

TEST_CASE("a damaged cache is an empty one") {
  const ScratchFolder folder;
  folder.write("cache", "#aml-stat-cache 1\nfile\t1\t2\n");
  CHECK(!StatCache::load(folder / "cache").find("a", {}));
  CHECK(!StatCache::load(folder / "missing").find("a", {}));
}

TEST_CASE("the file system's clock does not run behind files just written") {
  const ScratchFolder folder;
  folder.write("a", "x");
  struct stat info {};
  REQUIRE(stat((folder / "a").c_str(), &info) == 0);
  const auto now = file_system_now_ns(folder.path());
  REQUIRE(now.ok());
  CHECK(*now >= stamp_of(info).mtime_ns);
}
