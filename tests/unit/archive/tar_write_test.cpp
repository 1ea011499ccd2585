#include <doctest/doctest.h>
#include <locale.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>

#include "archive/tar.h"
#include "temporary_folder.h"

using namespace aml;
using namespace aml::archive;

namespace {

std::string tar_of(std::vector<TarEntry> entries, const TarOptions& options = {}) {
  StringSink sink;
  const auto result = write_tar(sink, std::move(entries), options);
  REQUIRE(result.ok());
  CHECK(result->bytes == sink.text().size());
  CHECK(result->digest == sha256(sink.text()));
  return sink.text();
}

std::vector<TarEntry> sample_entries() {
  return {
      {.path = "b", .kind = EntryKind::directory, .mode = 0755},
      {.path = "b/tool", .mode = 0755, .content = "#!/bin/sh\n"},
      {.path = "a.txt", .content = "hello\n"},
      {.path = "b/link", .kind = EntryKind::symlink, .mode = 0777, .link_target = "../a.txt"},
      {.path = "pingüino/数据.csv", .content = std::string(1000, 'x')},
      {.path = std::string(150, 'd').append("/").append(200, 'f'), .content = "long name"},
  };
}

std::string refused(TarEntry entry) {
  StringSink sink;
  const auto result = write_tar(sink, {std::move(entry)});
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().kind == ErrorKind::bad_data);
  return result.error().message;
}

}  // namespace

TEST_CASE("the order of the entries, the umask and the locale do not reach the bytes") {
  const std::string expected = tar_of(sample_entries());
  auto shuffled = sample_entries();
  std::reverse(shuffled.begin(), shuffled.end());
  CHECK(tar_of(shuffled) == expected);
  std::rotate(shuffled.begin(), shuffled.begin() + 2, shuffled.end());
  CHECK(tar_of(shuffled) == expected);

  const mode_t old_mask = umask(0777);
  CHECK(tar_of(sample_entries()) == expected);
  umask(old_mask);

  const std::string old_locale = setlocale(LC_ALL, nullptr);
  for (const char* name : {"C", "C.UTF-8", "POSIX"}) {
    REQUIRE(setlocale(LC_ALL, name) != nullptr);
    CHECK(tar_of(sample_entries()) == expected);
  }
  setlocale(LC_ALL, old_locale.c_str());
}

TEST_CASE("the bytes stay the same from one version to the next") {
  // Snapshots and layers are known by this digest; a change of it is a change of format.
  CHECK(sha256(tar_of(sample_entries())).hex() == "b7c09718751ff1951dee7615be963daa61fe7523b13411961c7fed8fd2b6675a");
}

TEST_CASE("a file on disk gives the same bytes as its content in memory") {
  const TemporaryFolder folder;
  const std::string content(700'000, 'q');
  folder.write("big", content);
  CHECK(tar_of({{.path = "x/big", .content_path = folder.path() / "big"}}) ==
        tar_of({{.path = "x/big", .content = content}}));
}

TEST_CASE("the header is ustar with numbers only and ends without padding") {
  const std::string tar = tar_of({{.path = "a", .mode = 04755, .content = "hi"}}, {10001, 10002, 1'700'000'000});
  REQUIRE(tar.size() == 4 * 512);  // header, content, two zero records
  CHECK(tar.substr(257, 5) == "ustar");
  CHECK(tar.substr(100, 7) == "000755 ");
  CHECK(tar.substr(108, 7) == "023421 ");
  CHECK(tar.substr(116, 7) == "023422 ");
  CHECK(tar.substr(136, 11) == "14524770400");
  CHECK(tar.substr(265, 64) == std::string(64, '\0'));  // no user and group names
}

TEST_CASE("nothing at all is a valid archive") { CHECK(tar_of({}) == std::string(1024, '\0')); }

TEST_CASE("a path that could leave the archive is refused") {
  for (const char* path : {"/etc/passwd", "..", "a/../b", "./a", "a//b", "a/", "a/."})
    CHECK(refused({.path = path}) ==
          "cannot add '" + std::string(path) + "' to the archive: the path must be relative and without '.' or '..'");
  CHECK(refused({.path = ""}) == "cannot add '' to the archive: the path is empty");
  CHECK(refused({.path = std::string("a\0b", 3)}).ends_with("the path holds a NUL byte"));
}

TEST_CASE("two entries of one path are refused") {
  StringSink sink;
  const auto result = write_tar(sink, {{.path = "a", .content = "1"}, {.path = "b"}, {.path = "a", .content = "2"}});
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().message == "cannot add 'a' to the archive: it is there already");
}

TEST_CASE("a link, a folder and a missing file are not taken for files") {
  const TemporaryFolder folder;
  folder.write("real", "x");
  std::filesystem::create_symlink("real", folder.path() / "link");
  StringSink sink;
  CHECK_FALSE(write_tar(sink, {{.path = "a", .content_path = folder.path() / "link"}}).ok());
  CHECK_FALSE(write_tar(sink, {{.path = "a", .content_path = folder.path()}}).ok());
  CHECK(write_tar(sink, {{.path = "a", .content_path = folder.path() / "none"}}).error().kind == ErrorKind::not_found);
}

TEST_CASE("the sink's own error comes back") {
  class FullDisk final : public Sink {
   public:
    Status write(std::string_view) override { return Error{ErrorKind::system, "no space left"}; }
  };
  FullDisk sink;
  const auto result = write_tar(sink, {{.path = "a", .content = std::string(100'000, 'x')}});
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().message == "no space left");
}
