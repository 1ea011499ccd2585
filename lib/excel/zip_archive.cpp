#include "excel/zip_archive.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>

#include "base/bytes.h"
#include "excel/little_endian.h"

namespace aml::excel {
namespace {

constexpr size_t kEndBytes = 22;
constexpr size_t kEnd64Bytes = 56;
constexpr size_t kLocatorBytes = 20;
constexpr size_t kDirectoryHeaderBytes = 46;
constexpr size_t kLocalHeaderBytes = 30;
constexpr size_t kCommentBytesMax = 65535;
constexpr size_t kPieceBytes = size_t{64} << 10;
constexpr uint16_t kStored = 0;
constexpr uint16_t kDeflated = 8;

Error damaged(const std::string& name, std::string what) {
  return {ErrorKind::bad_data, fmt::format("'{}' is a damaged ZIP archive: {}", name, what),
          "fetch or save the file again"};
}

std::string fold_name(std::string_view name) {
  std::string folded(name);
  std::transform(folded.begin(), folded.end(), folded.begin(), [](char c) {
    if (c == '\\') return '/';
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return folded;
}

struct Directory {
  uint64_t offset = 0;
  uint64_t bytes = 0;
  uint64_t entries = 0;
};

// The ZIP64 record holds what does not fit the old one.
Result<Directory> read_end64(const RandomSource& source, uint64_t end_offset, Directory directory) {
  if (end_offset < kLocatorBytes) return directory;
  const std::string locator = TRY(read_bytes(source, end_offset - kLocatorBytes, kLocatorBytes));
  if (!locator.starts_with("PK\x06\x07")) return directory;
  const std::string end = TRY(read_bytes(source, read_little<uint64_t>(locator, 8), kEnd64Bytes));
  if (!end.starts_with("PK\x06\x06")) return damaged(source.name(), "no ZIP64 record where its locator points");
  return Directory{read_little<uint64_t>(end, 48), read_little<uint64_t>(end, 40), read_little<uint64_t>(end, 32)};
}

Result<Directory> find_directory(const RandomSource& source) {
  const uint64_t size = source.size();
  const size_t tail_bytes = static_cast<size_t>(std::min<uint64_t>(size, kEndBytes + kCommentBytesMax));
  const std::string tail = TRY(read_bytes(source, size - tail_bytes, tail_bytes));
  const size_t found = tail.rfind(std::string_view("PK\x05\x06", 4));
  if (found == std::string::npos || tail.size() - found < kEndBytes)
    return damaged(source.name(), "its directory is missing, the file may be cut short");
  const std::string_view end = std::string_view(tail).substr(found);
  const Directory directory{read_little<uint32_t>(end, 16), read_little<uint32_t>(end, 12),
                            read_little<uint16_t>(end, 10)};
  return read_end64(source, size - tail_bytes + found, directory);
}

// Takes the 64-bit numbers out of the extra fields, for those that are full in the header.
void read_extra64(std::string_view extra, ZipEntry& entry) {
  while (extra.size() >= 4) {
    const auto id = read_little<uint16_t>(extra, 0);
    const size_t bytes = std::min<size_t>(read_little<uint16_t>(extra, 2), extra.size() - 4);
    std::string_view field = extra.substr(4, bytes);
    extra.remove_prefix(4 + bytes);
    if (id != 1) continue;
    for (uint64_t* number : {&entry.bytes, &entry.packed_bytes, &entry.header_offset}) {
      if (*number != UINT32_MAX || field.size() < 8) continue;
      *number = read_little<uint64_t>(field, 0);
      field.remove_prefix(8);
    }
  }
}

struct InflateState {
  InflateState() { is_ready = inflateInit2(&stream, -MAX_WBITS) == Z_OK; }
  ~InflateState() {
    if (is_ready) inflateEnd(&stream);
  }
  InflateState(const InflateState&) = delete;
  InflateState& operator=(const InflateState&) = delete;
  z_stream stream = {};
  bool is_ready = false;
};

class EntrySource final : public Source {
 public:
  EntrySource(std::shared_ptr<const RandomSource> source, ZipEntry entry, uint64_t data_offset)
      : source_(std::move(source)), entry_(std::move(entry)), offset_(data_offset), rest_(entry_.packed_bytes) {}

  Result<std::string_view> read() override {
    if (is_done_) return std::string_view();
    const std::string_view piece = entry_.method == kStored ? TRY(read_packed()) : TRY(inflate_piece());
    bytes_ += piece.size();
    crc_ = static_cast<uint32_t>(
        crc32(crc_, reinterpret_cast<const Bytef*>(piece.data()), static_cast<uInt>(piece.size())));
    if (bytes_ > entry_.bytes) return fail("unpacks to more than it declares");
    if (bytes_ > kZipBytesUnsuspicious && bytes_ / kZipGrowthMax > entry_.packed_bytes)
      return fail(
          fmt::format("unpacks to more than {} times its size: this is no workbook but an attack", kZipGrowthMax));
    if (!piece.empty()) return piece;
    is_done_ = true;
    if (crc_ != entry_.crc || bytes_ != entry_.bytes) return fail("fails its checksum");
    return piece;
  }

 private:
  Error fail(std::string_view what) const {
    return damaged(source_->name(), fmt::format("entry '{}' {}", entry_.name, what));
  }

  // The next piece as it stands in the file; empty at the end.
  Result<std::string_view> read_packed() {
    packed_.resize(static_cast<size_t>(std::min<uint64_t>(kPieceBytes, rest_)));
    TRY(source_->read_at(offset_, packed_));
    offset_ += packed_.size();
    rest_ -= packed_.size();
    return std::string_view(packed_);
  }

  Result<std::string_view> inflate_piece() {
    if (!state_.is_ready) return Error{ErrorKind::system, "cannot start unpacking: out of memory"};
    unpacked_.resize(kPieceBytes);
    z_stream& stream = state_.stream;
    stream.next_out = reinterpret_cast<Bytef*>(unpacked_.data());
    stream.avail_out = static_cast<uInt>(unpacked_.size());
    while (stream.avail_out > 0 && !is_inflated_) {
      if (stream.avail_in == 0) {
        const std::string_view piece = TRY(read_packed());
        if (piece.empty()) return fail("ends in the middle");
        stream.next_in = reinterpret_cast<Bytef*>(packed_.data());
        stream.avail_in = static_cast<uInt>(piece.size());
      }
      const int status = inflate(&stream, Z_NO_FLUSH);
      if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) return fail("does not unpack");
      is_inflated_ = status == Z_STREAM_END;
    }
    return std::string_view(unpacked_).substr(0, unpacked_.size() - stream.avail_out);
  }

  std::shared_ptr<const RandomSource> source_;
  ZipEntry entry_;
  uint64_t offset_;
  uint64_t rest_;
  uint64_t bytes_ = 0;
  uint32_t crc_ = 0;
  InflateState state_;
  std::string packed_;
  std::string unpacked_;
  bool is_inflated_ = false;
  bool is_done_ = false;
};

}  // namespace

Result<ZipArchive> ZipArchive::open(std::shared_ptr<const RandomSource> source) {
  ZipArchive archive(std::move(source));
  const Directory directory = TRY(find_directory(*archive.source_));
  if (directory.entries > kZipEntriesMax || directory.bytes > kZipDirectoryBytesMax)
    return damaged(archive.name(),
                   fmt::format("it lists {} entries in {}, at most {} in {} are read", directory.entries,
                               format_size(directory.bytes), kZipEntriesMax, format_size(kZipDirectoryBytesMax)));
  TRY(archive.read_directory(directory.offset, directory.bytes, directory.entries));
  return archive;
}

Status ZipArchive::read_directory(uint64_t offset, uint64_t bytes, uint64_t count) {
  const std::string directory = TRY(read_bytes(*source_, offset, static_cast<size_t>(bytes)));
  std::string_view rest = directory;
  for (uint64_t i = 0; i < count; ++i) {
    if (rest.size() < kDirectoryHeaderBytes || !rest.starts_with("PK\x01\x02"))
      return damaged(name(), fmt::format("entry {} of its directory is broken", i + 1));
    const size_t name_bytes = read_little<uint16_t>(rest, 28);
    const size_t extra_bytes = read_little<uint16_t>(rest, 30);
    const size_t comment_bytes = read_little<uint16_t>(rest, 32);
    const size_t all_bytes = kDirectoryHeaderBytes + name_bytes + extra_bytes + comment_bytes;
    if (rest.size() < all_bytes) return damaged(name(), fmt::format("entry {} of its directory is cut short", i + 1));
    ZipEntry entry;
    entry.name = rest.substr(kDirectoryHeaderBytes, name_bytes);
    entry.is_encrypted = (read_little<uint16_t>(rest, 8) & 1) != 0;
    entry.method = read_little<uint16_t>(rest, 10);
    entry.crc = read_little<uint32_t>(rest, 16);
    entry.packed_bytes = read_little<uint32_t>(rest, 20);
    entry.bytes = read_little<uint32_t>(rest, 24);
    entry.header_offset = read_little<uint32_t>(rest, 42);
    read_extra64(rest.substr(kDirectoryHeaderBytes + name_bytes, extra_bytes), entry);
    entries_.emplace(fold_name(entry.name), entry);
    rest.remove_prefix(all_bytes);
  }
  return {};
}

const ZipEntry* ZipArchive::find(std::string_view name) const {
  const auto found = entries_.find(fold_name(name));
  return found == entries_.end() ? nullptr : &found->second;
}

Result<std::unique_ptr<Source>> ZipArchive::open_entry(const ZipEntry& entry) const {
  if (entry.is_encrypted)
    return Error{ErrorKind::bad_data, fmt::format("'{}' is protected by a password", name()),
                 "open it in Excel and save it without a password"};
  if (entry.method != kStored && entry.method != kDeflated)
    return damaged(name(),
                   fmt::format("entry '{}' is packed with method {}, only 0 and 8 are read", entry.name, entry.method));
  const std::string header = TRY(read_bytes(*source_, entry.header_offset, kLocalHeaderBytes));
  if (!header.starts_with("PK\x03\x04"))
    return damaged(name(), fmt::format("entry '{}' is not where it should be", entry.name));
  // The lengths of name and extra fields may differ from those in the directory.
  const uint64_t data_offset =
      entry.header_offset + kLocalHeaderBytes + read_little<uint16_t>(header, 26) + read_little<uint16_t>(header, 28);
  if (data_offset > source_->size() || entry.packed_bytes > source_->size() - data_offset)
    return damaged(name(), fmt::format("entry '{}' reaches beyond the end of the file", entry.name));
  return std::unique_ptr<Source>(std::make_unique<EntrySource>(source_, entry, data_offset));
}

}  // namespace aml::excel
