// Reads ZIP archives through their central directory, ZIP64 included. No declared size is trusted: entries are
// unpacked in pieces, and one that unpacks to more than it says, or to absurdly much, is refused.
//
//   local header, data | local header, data | … | central directory | [ZIP64 end, locator] | end of directory
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "excel/random_source.h"

namespace aml::excel {

struct ZipEntry {
  std::string name;  // as it stands in the archive
  uint64_t header_offset = 0;
  uint64_t packed_bytes = 0;
  uint64_t bytes = 0;
  uint32_t crc = 0;
  uint16_t method = 0;
  bool is_encrypted = false;
};

inline constexpr uint64_t kZipEntriesMax = 65536;
inline constexpr uint64_t kZipDirectoryBytesMax = uint64_t{32} << 20;
// An entry may always unpack to this much; beyond, its data may grow this many times.
inline constexpr uint64_t kZipBytesUnsuspicious = uint64_t{64} << 20;
inline constexpr uint64_t kZipGrowthMax = 400;

class ZipArchive {
 public:
  static Result<ZipArchive> open(std::shared_ptr<const RandomSource> source);

  const std::string& name() const { return source_->name(); }
  // By name without regard to case and with either slash, as Office writes and reads them; nullptr when absent.
  const ZipEntry* find(std::string_view name) const;
  // The unpacked bytes in pieces. The checksum is verified when the end is reached. Keeps the file open.
  Result<std::unique_ptr<Source>> open_entry(const ZipEntry& entry) const;
  size_t size() const { return entries_.size(); }

 private:
  explicit ZipArchive(std::shared_ptr<const RandomSource> source) : source_(std::move(source)) {}
  Status read_directory(uint64_t offset, uint64_t bytes, uint64_t count);

  std::shared_ptr<const RandomSource> source_;            // shared with the entries being read
  std::map<std::string, ZipEntry, std::less<>> entries_;  // by folded name
};

}  // namespace aml::excel
