#include "excel/compound_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "excel/little_endian.h"

namespace aml::excel {
namespace {

constexpr size_t kHeaderBytes = 512;
constexpr size_t kEntryBytes = 128;
constexpr size_t kSmallSectorBytes = 64;
constexpr uint64_t kSmallStreamBytesMax = 4096;
constexpr uint32_t kSectorMax = 0xfffffffa;  // larger numbers mean an end or a gap
constexpr uint32_t kNoEntry = 0xffffffff;
constexpr size_t kTablePlacesInHeader = 109;
constexpr uint8_t kStream = 2;
constexpr uint64_t kStreamBytesMax = uint64_t{1} << 30;

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

void append_numbers(std::vector<uint32_t>& numbers, std::string_view bytes) {
  for (size_t i = 0; i + 4 <= bytes.size(); i += 4) numbers.push_back(read_little<uint32_t>(bytes, i));
}

}  // namespace

Error CompoundFile::damaged(std::string_view what) const {
  return {ErrorKind::bad_data, fmt::format("'{}' is a damaged workbook: {}", name(), what),
          "fetch it again, or open it in Excel and save it as .xlsx"};
}

Result<CompoundFile> CompoundFile::open(std::shared_ptr<const RandomSource> source) {
  CompoundFile file(std::move(source));
  TRY(file.read_header());
  return file;
}

Status CompoundFile::read_header() {
  if (source_->size() < kHeaderBytes) return damaged("it ends inside its header");
  const std::string header = TRY(read_bytes(*source_, 0, kHeaderBytes));
  const auto shift = read_little<uint16_t>(header, 30);
  if (shift != 9 && shift != 12) return damaged(fmt::format("its sectors are 2^{} bytes", shift));
  sector_bytes_ = size_t{1} << shift;
  // The last sector may be cut short.
  sectors_ =
      static_cast<uint32_t>(std::min<uint64_t>((source_->size() + sector_bytes_ - 1) / sector_bytes_, kSectorMax)) - 1;
  TRY(read_table(header));
  TRY(read_directory(read_little<uint32_t>(header, 48)));
  return read_small_streams(read_little<uint32_t>(header, 60));
}

Result<std::string> CompoundFile::read_sector(uint32_t sector) const {
  if (sector >= sectors_) return damaged(fmt::format("sector {} of {} is used", sector, sectors_));
  const uint64_t offset = (uint64_t{sector} + 1) * sector_bytes_;
  const uint64_t there = std::min<uint64_t>(sector_bytes_, source_->size() - std::min(source_->size(), offset));
  std::string bytes = TRY(read_bytes(*source_, offset, static_cast<size_t>(there)));
  bytes.resize(sector_bytes_, '\0');
  return bytes;
}

// The places of the table's sectors stand in the header, and in a chain of sectors of their own.
Status CompoundFile::read_table(const std::string& header) {
  std::vector<uint32_t> places;
  append_numbers(places, std::string_view(header).substr(76, kTablePlacesInHeader * 4));
  uint32_t more = read_little<uint32_t>(header, 68);
  for (uint32_t seen = 0; more < sectors_; ++seen) {
    if (seen > sectors_) return damaged("its table of sectors goes in circles");
    append_numbers(places, TRY(read_sector(more)));
    more = places.back();
    places.pop_back();
  }
  for (const uint32_t place : places) {
    if (next_.size() >= sectors_) break;
    if (place < kSectorMax) append_numbers(next_, TRY(read_sector(place)));
  }
  return {};
}

Result<std::string> CompoundFile::read_chain(uint32_t first, uint64_t bytes) const {
  std::string stream;
  uint32_t sector = first;
  for (uint32_t seen = 0; sector < kSectorMax && stream.size() < bytes; ++seen) {
    if (seen >= sectors_) return damaged("a stream goes in circles");
    if (stream.size() > kStreamBytesMax) return damaged("a stream is larger than 1 GiB");
    stream += TRY(read_sector(sector));
    if (sector >= next_.size()) return damaged("a stream leaves its table of sectors");
    sector = next_[sector];
  }
  if (stream.size() > bytes) stream.resize(static_cast<size_t>(bytes));
  return stream;
}

Result<std::string> CompoundFile::read_small_chain(uint32_t first, uint64_t bytes) const {
  std::string stream;
  for (uint32_t sector = first; sector < kSectorMax && stream.size() < bytes; sector = next_small_[sector]) {
    const uint64_t offset = uint64_t{sector} * kSmallSectorBytes;
    if (sector >= next_small_.size() || offset >= small_.size()) return damaged("a small stream leaves its sectors");
    stream.append(small_, static_cast<size_t>(offset), kSmallSectorBytes);
  }
  if (stream.size() > bytes) stream.resize(static_cast<size_t>(bytes));
  return stream;
}

Status CompoundFile::read_directory(uint32_t first_sector) {
  const std::string directory = TRY(read_chain(first_sector, UINT64_MAX));
  for (size_t at = 0; at + kEntryBytes <= directory.size(); at += kEntryBytes) {
    const std::string_view record = std::string_view(directory).substr(at, kEntryBytes);
    Entry entry;
    const size_t name_units = std::min<size_t>(read_little<uint16_t>(record, 64), 64) / 2;
    for (size_t i = 0; i + 1 < name_units; ++i) {
      const auto unit = read_little<uint16_t>(record, 2 * i);
      entry.name.push_back(unit < 0x80 ? static_cast<char>(unit) : '?');
    }
    entry.type = read_little<uint8_t>(record, 66);
    entry.left = read_little<uint32_t>(record, 68);
    entry.right = read_little<uint32_t>(record, 72);
    entry.child = read_little<uint32_t>(record, 76);
    entry.first_sector = read_little<uint32_t>(record, 116);
    entry.bytes = sector_bytes_ == 512 ? read_little<uint32_t>(record, 120) : read_little<uint64_t>(record, 120);
    entries_.push_back(std::move(entry));
  }
  if (entries_.empty()) return damaged("it has no directory");
  list_root();
  return {};
}

// The entries of a folder are a tree of their own; one that is not is walked only once.
void CompoundFile::list_root() {
  std::vector<bool> is_seen(entries_.size(), false);
  std::vector<uint32_t> open = {entries_[0].child};
  while (!open.empty()) {
    const uint32_t place = open.back();
    open.pop_back();
    if (place == kNoEntry || place >= entries_.size() || is_seen[place]) continue;
    is_seen[place] = true;
    root_.push_back(place);
    open.push_back(entries_[place].left);
    open.push_back(entries_[place].right);
  }
}

Status CompoundFile::read_small_streams(uint32_t table_sector) {
  if (table_sector >= kSectorMax) return {};
  append_numbers(next_small_, TRY(read_chain(table_sector, UINT64_MAX)));
  small_ = TRY(read_chain(entries_[0].first_sector, entries_[0].bytes));
  return {};
}

const CompoundFile::Entry* CompoundFile::find(std::string_view name) const {
  for (const size_t place : root_)
    if (entries_[place].type == kStream && equal_ignoring_case(entries_[place].name, name)) return &entries_[place];
  return nullptr;
}

Result<std::string> CompoundFile::read_stream(std::string_view name) const {
  const Entry* entry = find(name);
  if (entry == nullptr) return damaged(fmt::format("it has no stream '{}'", name));
  return entry->bytes < kSmallStreamBytesMax ? read_small_chain(entry->first_sector, entry->bytes)
                                             : read_chain(entry->first_sector, entry->bytes);
}

}  // namespace aml::excel
