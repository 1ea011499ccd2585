// The shape of a store on disk, said once for every reader and writer of it; aml-store(5) says the same for people.
//
//   .aml/                       found by walking up from the working directory, or named by --store / AML_STORE
//     format                    one line: "amlstore MAJOR UUID"
//     .gitignore                "*": a store is never committed by accident
//     oci-layout                {"imageLayoutVersion":"1.0.0"}; index.json beside it is made on demand (oci_layout.h)
//     blobs/sha256/HEX          content, once, named by its digest, mode 0444 (blobs.h)
//     refs/KIND/NAME            small JSON values under a name (refs.h)
//     runs/YYYY-MM-DD/ID/       one folder per run, under the UTC day of its id (run_folder.h)
//     tmp/ID.PID.STARTTIME      staging; swept when the process that made it is gone (staging.h)
//     trash/                    what `rm` moved away, until it is purged
//     index.db                  a cache; elsewhere when the store lies on a network filesystem (index.h)
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace aml::store {

inline constexpr uint64_t kFormatMajor = 1;  // a higher one is read, never written
inline constexpr std::string_view kFormatFile = "format";
inline constexpr std::string_view kStoreFolder = ".aml";
inline constexpr mode_t kFolderMode = 0700;  // a store may hold data that is nobody else's business
inline constexpr mode_t kFileMode = 0600;
inline constexpr mode_t kBlobMode = 0444;

inline constexpr size_t kJournalRecordBytesMax = 512;
inline constexpr std::string_view kReserveFile = "reserve";
inline constexpr size_t kReserveBytes = size_t{64} << 10;
inline constexpr int64_t kHeartbeatIntervalNs = 15'000'000'000;
inline constexpr int kHeartbeatsMissedMax = 3;
inline constexpr int64_t kMetricsSyncIntervalNs = 5'000'000'000;
inline constexpr int64_t kGraceNs = int64_t{14} * 86'400 * 1'000'000'000;  // what gc leaves alone
inline constexpr size_t kRecordFileBytesMax = size_t{16} << 20;            // spec.json, result.json, exit, a ref

struct Format {
  uint64_t major = kFormatMajor;
  std::string uuid;  // 32 hex digits
  bool operator==(const Format&) const = default;
};

std::string encode_format(const Format& format);  // with its line feed
Result<Format> parse_format(std::string_view line, std::string_view name);

// Tabs, line feeds, carriage returns, NULs and backslashes as \t \n \r \0 \\, so that a field never breaks its line.
std::string escape_field(std::string_view text);
std::string unescape_field(std::string_view text);

}  // namespace aml::store
