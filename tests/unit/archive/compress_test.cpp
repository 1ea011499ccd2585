#include "archive/compress.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/random.h"

using namespace aml;
using namespace aml::archive;

namespace {

// Gives a text in pieces of a fixed size, as a slow pipe would.
class PieceSource final : public Source {
 public:
  PieceSource(std::string text, size_t piece) : text_(std::move(text)), piece_(piece) {}
  Result<std::string_view> read() override {
    const std::string_view piece = std::string_view(text_).substr(at_, piece_);
    at_ += piece.size();
    return piece;
  }

 private:
  std::string text_;
  size_t piece_;
  size_t at_ = 0;
};

std::string compressed(std::string_view text, CompressOptions options, size_t piece = size_t{1} << 20) {
  StringSink sink;
  auto filter = compress_into(sink, options);
  REQUIRE(filter.ok());
  for (size_t at = 0; at < text.size(); at += piece) REQUIRE((*filter)->write(text.substr(at, piece)).ok());
  REQUIRE((*filter)->finish().ok());
  return sink.text();
}

Result<std::string> decompressed(std::string bytes, Compression compression, size_t piece = size_t{1} << 20,
                                 const DecompressLimits& limits = {}) {
  PieceSource pieces(std::move(bytes), piece);
  auto source = TRY(decompress_from(pieces, compression, "test", limits));
  std::string text;
  for (;;) {
    const std::string_view next = TRY(source->read());
    if (next.empty()) return text;
    text.append(next);
  }
}

// Runs and noise mixed, so that both short and long matches occur.
std::string sample_text(uint64_t seed, size_t size) {
  const Random rng(seed, 1);
  std::string text;
  for (uint64_t i = 0; text.size() < size; ++i) {
    const auto run = rng.below_at(2 * i, 40);
    text.append(run, static_cast<char>(rng.below_at(2 * i + 1, 256)));
  }
  return text.substr(0, size);
}

}  // namespace

TEST_CASE("what is compressed comes back whatever the size of the pieces") {
  for (const auto compression : {Compression::none, Compression::gzip, Compression::zstd})
    for (const size_t size : {size_t{0}, size_t{1}, size_t{4096}, size_t{300'000}}) {
      const std::string text = sample_text(size, size);
      const std::string bytes = compressed(text, {compression, 0}, 777);
      for (const size_t piece : {size_t{1}, size_t{100}, size_t{1} << 20}) {
        const auto back = decompressed(bytes, compression, piece);
        REQUIRE(back.ok());
        CHECK(*back == text);
      }
    }
}

TEST_CASE("gzip output has no time and does not depend on the pieces") {
  const std::string text = sample_text(7, 100'000);
  const std::string whole = compressed(text, {Compression::gzip, 6});
  CHECK(whole == compressed(text, {Compression::gzip, 6}, 13));
  // magic, deflate, no flags, time 0, no extra flags, Unix
  CHECK(to_hex(std::span(reinterpret_cast<const uint8_t*>(whole.data()), 10)) == "1f8b0800000000000003");
}

TEST_CASE("zstd output does not depend on the pieces") {
  const std::string text = sample_text(8, 400'000);
  CHECK(compressed(text, {Compression::zstd, 3}) == compressed(text, {Compression::zstd, 3}, 999));
}

TEST_CASE("the compression is seen in the first bytes") {
  CHECK(detect_compression(compressed("x", {Compression::gzip, 0})) == Compression::gzip);
  CHECK(detect_compression(compressed("x", {Compression::zstd, 0})) == Compression::zstd);
  CHECK(detect_compression("") == Compression::none);
  CHECK(detect_compression("plain") == Compression::none);
}

TEST_CASE("gzip members in a row are one text") {
  const std::string two = compressed("first ", {Compression::gzip, 6}) + compressed("second", {Compression::gzip, 6});
  for (const size_t piece : {size_t{1}, size_t{7}, size_t{1000}})
    CHECK(decompressed(two, Compression::gzip, piece).value() == "first second");
}

TEST_CASE("a stream cut anywhere is bad data") {
  const std::string text = sample_text(9, 5000);
  for (const auto compression : {Compression::gzip, Compression::zstd}) {
    const std::string bytes = compressed(text, {compression, 0});
    for (size_t size = 0; size < bytes.size(); size += std::max<size_t>(1, bytes.size() / 50)) {
      const auto back = decompressed(bytes.substr(0, size), compression);
      REQUIRE_FALSE(back.ok());
      CHECK(back.error().kind == ErrorKind::bad_data);
      CHECK(back.error().message == "cannot decompress 'test': it ends in the middle");
    }
  }
}

TEST_CASE("a flipped bit is found") {
  const std::string text = sample_text(10, 5000);
  for (const auto compression : {Compression::gzip, Compression::zstd}) {
    std::string bytes = compressed(text, {compression, 0});
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x10);
    const auto back = decompressed(bytes, compression);
    CHECK((!back.ok() && back.error().kind == ErrorKind::bad_data));
  }
}

TEST_CASE("a bomb stops at the ratio and at the absolute limit") {
  const std::string zeros(4 << 20, '\0');
  const std::string bomb = compressed(zeros, {Compression::zstd, 19});
  CHECK(decompressed(bomb, Compression::zstd).ok());  // within the free bytes
  const auto by_ratio = decompressed(bomb, Compression::zstd, 1000, {.free_bytes = 1 << 20});
  REQUIRE_FALSE(by_ratio.ok());
  CHECK(by_ratio.error().kind == ErrorKind::bad_data);
  CHECK_FALSE(decompressed(bomb, Compression::zstd, 1000, {.bytes_max = 1 << 20}).ok());
  CHECK(decompressed(bomb, Compression::zstd, 1000, {.bytes_max = 4 << 20}).ok());
}

TEST_CASE("a level that does not exist is a usage error") {
  StringSink sink;
  CHECK(compress_into(sink, {Compression::gzip, 10}).error().message == "gzip has no level 10");
  CHECK(compress_into(sink, {Compression::zstd, 23}).error().message == "zstd has no level 23");
}
