#include "source/byte_input.h"

#include <unistd.h>

#include "unit/source/source_testing.h"

using namespace aml;
using namespace aml::source;
using namespace aml::source::testing;

namespace {

std::string content_of(const SeekableFile& file) {
  std::string text(file.bytes, '\0');
  REQUIRE(pread(file.fd.get(), text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()));
  return text;
}

}  // namespace

TEST_CASE("what was peeked at is read all the same") {
  PeekSource source(std::make_unique<table::testing::PieceSource>("abcdefg", 2));
  CHECK(*source.peek(3) == "abcd");
  CHECK(*source.peek(1) == "abcd");
  CHECK(*source.read() == "abcd");
  CHECK(*source.read() == "ef");
  CHECK(*source.read() == "g");
  CHECK(source.read()->empty());
}

TEST_CASE("a peek beyond the end gives what there is") {
  PeekSource source(std::make_unique<StringSource>("ab"));
  CHECK(*source.peek(100) == "ab");
  CHECK(*source.read() == "ab");
  CHECK(source.read()->empty());
  PeekSource empty(std::make_unique<StringSource>(""));
  CHECK(empty.peek(1)->empty());
  CHECK(empty.read()->empty());
}

TEST_CASE("a plain file is seekable as it is, a packed one by a copy") {
  Files files;
  auto plain = open_bytes(files.add("plain", "hello"), {});
  REQUIRE(plain.ok());
  CHECK(plain->file);
  CHECK(content_of(*make_seekable(std::move(*plain), {})) == "hello");
  auto unpacked = open_bytes(files.add("packed", packed("hello again", archive::Compression::zstd)), {});
  REQUIRE(unpacked.ok());
  CHECK(!unpacked->file);
  REQUIRE(unpacked->bytes->peek(3).ok());
  CHECK(content_of(*make_seekable(std::move(*unpacked), {})) == "hello again");
}

TEST_CASE("a copy that has no place names the folder") {
  Files files;
  auto input = open_bytes(files.add("packed", packed("hello", archive::Compression::gzip)), {});
  REQUIRE(input.ok());
  const auto copy = make_seekable(std::move(*input), {.temporary_folder = "/nonexistent"});
  CHECK(copy.error().message == "cannot create a temporary file in '/nonexistent': No such file or directory");
}

TEST_CASE("the ending of compression is taken off once") {
  CHECK(without_compression_ending("a.csv.gz") == "a.csv");
  CHECK(without_compression_ending("a.jsonl.zst") == "a.jsonl");
  CHECK(without_compression_ending("a.csv") == "a.csv");
  CHECK(without_compression_ending("gz") == "gz");
}
