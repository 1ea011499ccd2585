#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <map>

#include "archive/tar.h"
#include "base/random.h"
#include "temporary_folder.h"

using namespace aml;
using namespace aml::archive;

namespace {

// What a hostile tar may hold and our own writer refuses to write.
struct RawMember {
  std::string path;
  unsigned type = AE_IFREG;
  std::string content = {};
  std::string symlink = {};
  std::string hardlink = {};
  mode_t mode = 0644;
};

std::string raw_tar(const std::vector<RawMember>& members) {
  std::string bytes(1 << 20, '\0');
  size_t used = 0;
  struct archive* writer = archive_write_new();
  archive_write_set_format_pax_restricted(writer);
  archive_write_open_memory(writer, bytes.data(), bytes.size(), &used);
  for (const RawMember& member : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, member.path.c_str());
    archive_entry_set_filetype(entry, member.type);
    archive_entry_set_perm(entry, member.mode);
    archive_entry_set_size(entry, static_cast<la_int64_t>(member.content.size()));
    if (!member.symlink.empty()) archive_entry_set_symlink(entry, member.symlink.c_str());
    if (!member.hardlink.empty()) archive_entry_set_hardlink(entry, member.hardlink.c_str());
    archive_write_header(writer, entry);
    archive_write_data(writer, member.content.data(), member.content.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  return bytes.substr(0, used);
}

Result<ExtractResult> extract(std::string tar, const Path& destination, const ExtractOptions& options = {}) {
  StringSource source(std::move(tar));
  return extract_tar(source, destination, options);
}

std::string refusal(const std::vector<RawMember>& members) {
  const TemporaryFolder folder;
  folder.write("outside", "untouched");
  const auto result = extract(raw_tar(members), folder.path() / "inside");
  CHECK(folder.read("outside") == "untouched");
  CHECK(os::list_directory(folder.path()).value() == std::vector<std::string>{"inside", "outside"});
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().kind == ErrorKind::bad_data);
  return result.error().message;
}

mode_t mode_of(const Path& path) { return os::stat_file(path).value().st_mode & 07777; }

}  // namespace

TEST_CASE("what is written comes back: contents, modes, links, empty folders") {
  StringSink sink;
  REQUIRE(write_tar(sink, {{.path = "bin", .kind = EntryKind::directory, .mode = 0555},
                           {.path = "bin/tool", .mode = 0750, .content = "run\n"},
                           {.path = "empty", .kind = EntryKind::directory, .mode = 0700},
                           {.path = "link", .kind = EntryKind::symlink, .link_target = "bin/tool"},
                           {.path = "deep/er/数据.csv", .mode = 0600, .content = std::string(600'000, 'z')}})
              .ok());
  const TemporaryFolder folder;
  const auto result = extract(sink.text(), folder.path() / "new/place");
  REQUIRE(result.ok());
  CHECK(result->files == 2);
  CHECK(result->bytes == 600'004);
  const Path place = folder.path() / "new/place";
  CHECK(folder.read("new/place/bin/tool") == "run\n");
  CHECK(folder.read("new/place/deep/er/数据.csv") == std::string(600'000, 'z'));
  CHECK(mode_of(place / "bin") == 0555);
  CHECK(mode_of(place / "bin/tool") == 0750);
  CHECK(mode_of(place / "empty") == 0700);
  CHECK(std::filesystem::read_symlink(place / "link") == "bin/tool");
}

TEST_CASE("trees of any shape survive the round trip") {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const Random rng(seed, 1);
    std::map<std::string, std::string> files;
    std::vector<TarEntry> entries;
    for (uint64_t i = 0; i < 30; ++i) {
      const std::string filler(rng.below_at(3 * i + 1, 230), 'n');
      const std::string path = fmt::format("d{}/é{}{}", rng.below_at(3 * i, 4), filler, i);
      files[path] = std::string(rng.below_at(3 * i + 2, 2000), static_cast<char>('a' + i % 26));
      entries.push_back({.path = path, .content = files[path]});
    }
    StringSink sink;
    REQUIRE(write_tar(sink, entries).ok());
    const TemporaryFolder folder;
    REQUIRE(extract(sink.text(), folder.path()).value().files == 30);
    for (const auto& [path, content] : files) CHECK(folder.read(path) == content);
  }
}

TEST_CASE("a member outside the destination is refused") {
  CHECK(refusal({{.path = "../outside", .content = "x"}}) ==
        "refused archive member '../outside': its path holds '..'");
  CHECK(refusal({{.path = "a/../../outside", .content = "x"}}).ends_with("its path holds '..'"));
  CHECK(refusal({{.path = "/outside", .content = "x"}}) == "refused archive member '/outside': its path is absolute");
}

TEST_CASE("nothing is written through a link the archive planted") {
  CHECK(refusal({{.path = "d", .type = AE_IFLNK, .symlink = ".."}, {.path = "d/outside", .content = "x"}}) ==
        "refused archive member 'd': it links to '..' outside the archive");
  CHECK(refusal({{.path = "real", .type = AE_IFDIR},
                 {.path = "d", .type = AE_IFLNK, .symlink = "real"},
                 {.path = "d/file", .content = "x"}}) ==
        "refused archive member 'd/file': its path leads through a link or a file");
  CHECK(refusal({{.path = "d", .type = AE_IFLNK, .symlink = "e"}, {.path = "d", .content = "x"}}) ==
        "refused archive member 'd': it exists already");
  CHECK(refusal({{.path = ".", .type = AE_IFLNK, .symlink = "/etc"}}) ==
        "refused archive member '.': the root must be a directory");
}

TEST_CASE("links that leave the destination are refused however they climb") {
  CHECK(refusal({{.path = "l", .type = AE_IFLNK, .symlink = "/etc/passwd"}}).ends_with("outside the archive"));
  CHECK(refusal({{.path = "a/l", .type = AE_IFLNK, .symlink = "../../outside"}}).ends_with("outside the archive"));
  // Each ".." is harmless by its letters; behind the link 'p' they would climb out.
  CHECK(refusal(
            {{.path = "p", .type = AE_IFLNK, .symlink = "."}, {.path = "q", .type = AE_IFLNK, .symlink = "p/p/../.."}})
            .ends_with("outside the archive"));
  CHECK(refusal({{.path = "h", .hardlink = "../outside"}}).ends_with("outside the archive"));
  CHECK(refusal({{.path = "h", .hardlink = "/etc/passwd"}}).ends_with("outside the archive"));
  CHECK(refusal({{.path = "h", .hardlink = "none"}}).ends_with("which is not a file of the archive"));
}

TEST_CASE("links that stay inside are made, and any link if the caller allows it") {
  const TemporaryFolder folder;
  REQUIRE(extract(raw_tar({{.path = "a/f", .content = "x"},
                           {.path = "a/up", .type = AE_IFLNK, .symlink = "../a/f"},
                           {.path = "twin", .hardlink = "a/f"}}),
                  folder.path())
              .ok());
  CHECK(folder.read("a/up") == "x");
  CHECK(folder.read("twin") == "x");
  ExtractOptions options;
  options.link_targets = LinkTargets::any;
  REQUIRE(extract(raw_tar({{.path = "l", .type = AE_IFLNK, .symlink = "/etc/hostname"}}), folder.path(), options).ok());
  CHECK(std::filesystem::read_symlink(folder.path() / "l") == "/etc/hostname");
}

TEST_CASE("devices are refused and setuid bits dropped") {
  CHECK(refusal({{.path = "null", .type = AE_IFCHR}}).ends_with("devices, pipes and sockets are not unpacked"));
  CHECK(refusal({{.path = "pipe", .type = AE_IFIFO}}).ends_with("devices, pipes and sockets are not unpacked"));
  const TemporaryFolder folder;
  REQUIRE(extract(raw_tar({{.path = "su", .content = "x", .mode = 06755}}), folder.path()).ok());
  CHECK(mode_of(folder.path() / "su") == 0755);
}

TEST_CASE("limits on members, bytes and names hold") {
  const TemporaryFolder folder;
  const std::string tar = raw_tar({{.path = "a", .content = "12345"}, {.path = "b", .content = "12345"}});
  ExtractOptions options;
  options.entries_max = 1;
  CHECK(extract(tar, folder.path() / "1", options).error().message == "the archive has more than 1 members");
  options = {};
  options.bytes_max = 9;
  CHECK(extract(tar, folder.path() / "2", options).error().message == "the archive unpacks to more than 9 bytes");
  options = {};
  options.path_bytes_max = 10;
  CHECK(extract(raw_tar({{.path = "a_long_name"}}), folder.path() / "3", options)
            .error()
            .message.ends_with("its path is longer than 10 bytes"));
}

TEST_CASE("a cut archive and bytes that are no archive are bad data") {
  const std::string tar = raw_tar({{.path = "a", .content = std::string(5000, 'x')}});
  const TemporaryFolder folder;
  for (const size_t size : {size_t{100}, size_t{511}, size_t{600}, size_t{3000}}) {
    const auto result = extract(tar.substr(0, size), folder.path() / std::to_string(size));
    REQUIRE_FALSE(result.ok());
    CHECK(result.error().kind == ErrorKind::bad_data);
  }
  CHECK_FALSE(extract("this is a text", folder.path() / "text").ok());
}

TEST_CASE("members can be visited without unpacking them") {
  class Collect final : public TarVisitor {
   public:
    Status file(std::string_view path, uint64_t bytes, Source& content) override {
      if (path != "skipped") found[std::string(path)] = std::string(TRY(content.read()));
      total += bytes;
      return {};
    }
    std::map<std::string, std::string> found;
    uint64_t total = 0;
  };
  StringSource source(raw_tar({{.path = "./a", .content = "1"},
                               {.path = "d", .type = AE_IFDIR},
                               {.path = "skipped", .content = "22"},
                               {.path = "d/b", .content = "333"}}));
  Collect visitor;
  REQUIRE(read_tar(source, visitor).ok());
  CHECK(visitor.found == std::map<std::string, std::string>{{"a", "1"}, {"d/b", "333"}});
  CHECK(visitor.total == 6);
}
