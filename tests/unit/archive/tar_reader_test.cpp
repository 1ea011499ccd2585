#include "archive/tar_reader.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::archive;

namespace {

struct Free {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

Result<std::string> clean(const std::string& path, const ExtractOptions& options = {}) {
  const std::unique_ptr<archive_entry, Free> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), path.c_str());
  return clean_member_path(entry.get(), options);
}

std::string tar_of(std::vector<TarEntry> entries) {
  StringSink sink;
  REQUIRE(write_tar(sink, std::move(entries)).ok());
  return sink.text();
}

// Hands out a text in pieces of a few bytes, then fails or ends.
class DripSource final : public Source {
 public:
  DripSource(std::string bytes, size_t piece, Status at_end)
      : bytes_(std::move(bytes)), piece_(piece), at_end_(std::move(at_end)) {}

  Result<std::string_view> read() override {
    if (at_ == bytes_.size() && !at_end_.ok()) return at_end_.error();
    const std::string_view piece = std::string_view(bytes_).substr(at_, piece_);
    at_ += piece.size();
    return piece;
  }

 private:
  std::string bytes_;
  size_t piece_;
  Status at_end_;
  size_t at_ = 0;
};

Result<std::string> content_of(TarReader& reader) {
  std::string content;
  for (;;) {
    const std::string_view piece = TRY(reader.content().read());
    if (piece.empty()) return content;
    content += piece;
  }
}

}  // namespace

TEST_CASE("members come in order with their content, whatever the pieces of the source") {
  const std::string large(300'000, 'x');
  const std::string tar = tar_of({{.path = "a", .content = large}, {.path = "b"}, {.path = "c", .content = "see"}});
  for (const size_t piece : {size_t{7}, size_t{512}, tar.size()}) {
    DripSource source(tar, piece, {});
    TarReader reader(source);
    REQUIRE(reader.open().ok());
    for (const auto& [path, content] : {std::pair("a", large), {"b", ""}, {"c", "see"}}) {
      archive_entry* entry = reader.next().value();
      REQUIRE(entry != nullptr);
      CHECK(std::string(archive_entry_pathname(entry)) == path);
      CHECK(content_of(reader).value() == content);
    }
    CHECK(reader.next().value() == nullptr);
  }
}

TEST_CASE("content that is left unread is passed over") {
  StringSource source(tar_of({{.path = "a", .content = std::string(5000, 'x')}, {.path = "b", .content = "b"}}));
  TarReader reader(source);
  REQUIRE(reader.open().ok());
  REQUIRE(reader.next().ok());
  CHECK(std::string(archive_entry_pathname(reader.next().value())) == "b");
  CHECK(content_of(reader).value() == "b");
}

TEST_CASE("no bytes at all are an archive without members") {
  StringSource source("");
  TarReader reader(source);
  REQUIRE(reader.open().ok());
  CHECK(reader.next().value() == nullptr);
}

TEST_CASE("what the source reports comes back, not what libarchive makes of it") {
  const std::string tar = tar_of({{.path = "a", .content = std::string(100'000, 'x')}});
  DripSource source(tar.substr(0, 20'000), 4096, Error{ErrorKind::interrupted, "interrupted"});
  TarReader reader(source);
  REQUIRE(reader.open().ok());
  REQUIRE(reader.next().ok());
  const auto content = content_of(reader);
  REQUIRE(!content.ok());
  CHECK(content.error().kind == ErrorKind::interrupted);
  CHECK(content.error().message == "interrupted");
}

TEST_CASE("an archive cut within a member is bad data") {
  StringSource source(tar_of({{.path = "a", .content = std::string(5000, 'x')}}).substr(0, 2000));
  TarReader reader(source);
  REQUIRE(reader.open().ok());
  REQUIRE(reader.next().ok());
  CHECK(content_of(reader).error().kind == ErrorKind::bad_data);
}

TEST_CASE("a path loses what says nothing") {
  CHECK(clean("a/b").value() == "a/b");
  CHECK(clean("./a//b/./c/").value() == "a/b/c");
  CHECK(clean("a..b/...").value() == "a..b/...");
  for (const char* root : {".", "./", "./."}) CHECK(clean(root).value().empty());
}

TEST_CASE("a path that could leave the destination is refused with its reason") {
  CHECK(clean("/etc/passwd").error().message == "refused archive member '/etc/passwd': its path is absolute");
  for (const char* path : {"..", "../a", "a/../../b", "a/.."})
    CHECK(clean(path).error().message == std::string("refused archive member '") + path + "': its path holds '..'");
  CHECK(clean("four", {.path_bytes_max = 4}).value() == "four");
  CHECK(clean("fives", {.path_bytes_max = 4}).error().message ==
        "refused archive member 'fives': its path is longer than 4 bytes");
}
