// Compound files (MS-CFB), the container of old workbooks: a file system of sectors with a table that chains them.
//
//   header, with the places of the first 109 sectors of the table | sectors: data, table, directory, mini table …
//
// Streams below 4096 bytes are chained in small sectors inside one larger stream.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "excel/random_source.h"

namespace aml::excel {

class CompoundFile {
 public:
  static Result<CompoundFile> open(std::shared_ptr<const RandomSource> source);

  const std::string& name() const { return source_->name(); }
  // Streams of the outermost folder, by name without regard to case.
  bool has_stream(std::string_view name) const { return find(name) != nullptr; }
  Result<std::string> read_stream(std::string_view name) const;

 private:
  struct Entry {
    std::string name;  // ASCII; other characters are question marks
    uint8_t type = 0;
    uint32_t left = 0;
    uint32_t right = 0;
    uint32_t child = 0;
    uint32_t first_sector = 0;
    uint64_t bytes = 0;
  };

  explicit CompoundFile(std::shared_ptr<const RandomSource> source) : source_(std::move(source)) {}
  Status read_header();
  Status read_table(const std::string& header);
  Status read_directory(uint32_t first_sector);
  Status read_small_streams(uint32_t table_sector);
  void list_root();
  const Entry* find(std::string_view name) const;
  Result<std::string> read_sector(uint32_t sector) const;
  Result<std::string> read_chain(uint32_t first, uint64_t bytes) const;
  Result<std::string> read_small_chain(uint32_t first, uint64_t bytes) const;
  Error damaged(std::string_view what) const;

  std::shared_ptr<const RandomSource> source_;
  size_t sector_bytes_ = 512;
  uint32_t sectors_ = 0;
  std::vector<uint32_t> next_;        // of each sector
  std::vector<uint32_t> next_small_;  // of each small sector
  std::string small_;                 // the stream that holds the small sectors
  std::vector<Entry> entries_;
  std::vector<size_t> root_;  // places in entries_
};

}  // namespace aml::excel
