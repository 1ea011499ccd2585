// The journal of a run: its states as they happened, append-only.
//
//   seq TAB unix_ns TAB boot8 TAB STATE TAB key=value TAB … TAB crc32c LF        at most 512 bytes
//   1    …              (first 8 digits of the boot id)      (8 hex digits, over all bytes before the last TAB)
//
// A record is appended in one write(2), so a torn one can only be the last. Readers ignore whatever is not a whole
// record with a right checksum and count it; a writer cuts such a tail off before it appends.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "os/file.h"
#include "store/run_state.h"

namespace aml::store {

using JournalField = std::pair<std::string, std::string>;

struct JournalRecord {
  uint64_t seq = 0;
  Instant at;
  std::string boot8;
  RunState state = RunState::created;
  std::vector<JournalField> fields = {};  // pid, start_ticks, reason, …

  const std::string* find(std::string_view key) const;  // nullptr when absent
  bool operator==(const JournalRecord&) const = default;
};

// With checksum and line feed. Values that would make it longer than the limit are cut, the longest first.
std::string encode_record(const JournalRecord& record);

struct JournalContent {
  std::vector<JournalRecord> records;
  size_t valid_bytes = 0;      // up to the end of the last whole record
  size_t damaged_records = 0;  // lines that are no record, the torn tail included

  std::optional<RunState> state() const;            // of the last record
  const JournalRecord* last(RunState state) const;  // the last record of this state, or nullptr
  const JournalRecord* last() const;                // nullptr when empty
};

JournalContent parse_journal(std::string_view bytes);
Result<JournalContent> read_journal(const Path& path);  // a missing file is an empty journal

enum class Durable : uint8_t { no, yes };

// Appends. Whoever opens one holds the run's lock.
class JournalWriter {
 public:
  static Result<JournalWriter> open(const Path& path, std::string_view boot_id);

  // When the disk is full the run's reserve is given up and the record written again.
  Status append(RunState state, Instant at, std::vector<JournalField> fields, Durable durable);
  RunState state() const { return state_; }  // of the last record; created when there is none

 private:
  JournalWriter(Path path, os::UniqueFd fd) : path_(std::move(path)), fd_(std::move(fd)) {}
  Path path_;
  os::UniqueFd fd_;
  std::string boot8_;
  uint64_t seq_ = 0;
  size_t size_ = 0;
  RunState state_ = RunState::created;
};

}  // namespace aml::store
