#include "store/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>

#include "base/crc32c.h"
#include "store/format.h"

namespace aml::store {
namespace {

constexpr size_t kJournalBytesMax = size_t{16} << 20;

std::vector<std::string_view> split_tabs(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const size_t tab = text.find('\t');
    parts.push_back(text.substr(0, tab));
    if (tab == std::string_view::npos) return parts;
    text.remove_prefix(tab + 1);
  }
}

template <class T>
bool read_number(std::string_view text, T& value, int base) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  return error == std::errc() && end == text.data() + text.size();
}

std::optional<JournalRecord> parse_record(std::string_view line) {
  const size_t tab = line.rfind('\t');
  uint32_t checksum = 0;
  if (tab == std::string_view::npos || !read_number(line.substr(tab + 1), checksum, 16)) return std::nullopt;
  if (line.size() - tab != 9 || crc32c(line.substr(0, tab)) != checksum) return std::nullopt;
  const auto parts = split_tabs(line.substr(0, tab));
  JournalRecord record;
  if (parts.size() < 4 || !read_number(parts[0], record.seq, 10) || !read_number(parts[1], record.at.unix_ns, 10))
    return std::nullopt;
  record.boot8 = parts[2];
  const auto state = parse_state(parts[3]);
  if (!state) return std::nullopt;
  record.state = *state;
  for (size_t i = 4; i < parts.size(); ++i) {
    const size_t equals = parts[i].find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    record.fields.emplace_back(parts[i].substr(0, equals), unescape_field(parts[i].substr(equals + 1)));
  }
  return record;
}

std::string encode_whole(const JournalRecord& record) {
  std::string line =
      fmt::format("{}\t{}\t{}\t{}", record.seq, record.at.unix_ns, record.boot8, journal_name_of(record.state));
  for (const auto& [key, value] : record.fields) line += fmt::format("\t{}={}", key, escape_field(value));
  line += fmt::format("\t{:08x}\n", crc32c(line));
  return line;
}

}  // namespace

const std::string* JournalRecord::find(std::string_view key) const {
  for (const auto& [name, value] : fields)
    if (name == key) return &value;
  return nullptr;
}

std::string encode_record(const JournalRecord& record) {
  std::string line = encode_whole(record);
  JournalRecord shorter = record;
  while (line.size() > kJournalRecordBytesMax && !shorter.fields.empty()) {
    const auto longest =
        std::max_element(shorter.fields.begin(), shorter.fields.end(),
                         [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
    if (longest->second.empty()) shorter.fields.pop_back();
    else longest->second.resize(longest->second.size() / 2);
    line = encode_whole(shorter);
  }
  return line;
}

std::optional<RunState> JournalContent::state() const {
  if (records.empty()) return std::nullopt;
  return records.back().state;
}

const JournalRecord* JournalContent::last(RunState state) const {
  const auto found = std::find_if(records.rbegin(), records.rend(),
                                  [&](const JournalRecord& record) { return record.state == state; });
  return found == records.rend() ? nullptr : &*found;
}

const JournalRecord* JournalContent::last() const { return records.empty() ? nullptr : &records.back(); }

JournalContent parse_journal(std::string_view bytes) {
  JournalContent content;
  size_t at = 0;
  while (at < bytes.size()) {
    const size_t end = bytes.find('\n', at);
    auto record = end == std::string_view::npos ? std::nullopt : parse_record(bytes.substr(at, end - at));
    if (record) {
      content.records.push_back(std::move(*record));
      content.valid_bytes = end + 1;
    } else {
      ++content.damaged_records;
    }
    if (end == std::string_view::npos) break;
    at = end + 1;
  }
  return content;
}

Result<JournalContent> read_journal(const Path& path) {
  auto bytes = os::read_file(path, kJournalBytesMax);
  if (!bytes.ok() && bytes.error().kind == ErrorKind::not_found) return JournalContent{};
  if (!bytes.ok()) return std::move(bytes).error();
  return parse_journal(*bytes);
}

Result<JournalWriter> JournalWriter::open(const Path& path, std::string_view boot_id) {
  JournalWriter writer(path, TRY(os::open_file(path, O_RDWR | O_CREAT | O_APPEND, kFileMode)));
  const std::string bytes = TRY(os::read_all(writer.fd_.get(), path.string(), kJournalBytesMax));
  const JournalContent content = parse_journal(bytes);
  if (content.valid_bytes < bytes.size() && ftruncate(writer.fd_.get(), static_cast<off_t>(content.valid_bytes)) != 0)
    return error_from_errno(errno, fmt::format("cannot cut the torn end of '{}'", path.string()));
  writer.boot8_ = boot_id.substr(0, 8);
  writer.size_ = content.valid_bytes;
  if (const JournalRecord* last = content.last()) {
    writer.seq_ = last->seq;
    writer.state_ = last->state;
  }
  return writer;
}

Status JournalWriter::append(RunState state, Instant at, std::vector<JournalField> fields, Durable durable) {
  const std::string line = encode_record({seq_ + 1, at, boot8_, state, std::move(fields)});
  auto written = os::write_all(fd_.get(), line, path_.string());
  if (!written.ok()) {
    // The disk is full: give up the reserve, take back what little was written, and try once more.
    unlink((path_.parent_path() / kReserveFile).c_str());
    if (ftruncate(fd_.get(), static_cast<off_t>(size_)) != 0) return written;
    TRY(os::write_all(fd_.get(), line, path_.string()));
  }
  size_ += line.size();
  ++seq_;
  state_ = state;
  return durable == Durable::yes ? os::sync_file(fd_.get(), path_.string()) : Status();
}

}  // namespace aml::store
