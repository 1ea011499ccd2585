#include "store/params.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "store/format.h"
#include "text/numbers.h"

namespace aml::store {
namespace {

// Calls `visit` with each whole line that holds no NUL; a line it refuses is counted with the others.
template <class Visit>
size_t for_each_line(std::string_view bytes, const Visit& visit) {
  size_t skipped_lines = 0;
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    const std::string_view line = bytes.substr(0, end);
    const bool is_whole = end != std::string_view::npos && line.find('\0') == std::string_view::npos;
    if (!is_whole || !(line.empty() || visit(line))) ++skipped_lines;
    if (end == std::string_view::npos) break;
    bytes.remove_prefix(end + 1);
  }
  return skipped_lines;
}

Result<std::string> read_if_there(const Path& path) {
  auto bytes = os::read_file(path, kRecordFileBytesMax);
  if (!bytes.ok() && bytes.error().kind == ErrorKind::not_found) return std::string();
  return bytes;
}

// One write(2) per line keeps lines of several processes whole; a torn end of an earlier writer is closed first.
Status append_line(const Path& path, std::string line) {
  const os::UniqueFd fd = TRY(os::open_file(path, O_RDWR | O_CREAT | O_APPEND, kFileMode));
  const struct stat info = TRY(os::stat_file(path));
  char last_byte = '\n';
  if (info.st_size > 0 && pread(fd.get(), &last_byte, 1, info.st_size - 1) == 1 && last_byte != '\n')
    line.insert(0, std::string_view("\0\n", 2));  // a NUL makes readers skip what was torn
  TRY(os::write_all(fd.get(), line, path.string()));
  return os::sync_file(fd.get(), path.string());
}

Status touch_day(const RunFolder& folder) {
  const Path day = folder.dir().parent_path();
  if (utimensat(AT_FDCWD, day.c_str(), nullptr, 0) == 0) return {};
  return error_from_errno(errno, fmt::format("cannot touch '{}'", day.string()));
}

Status append_tag_line(const RunFolder& folder, std::string line) {
  TRY(append_line(folder.tags(), std::move(line)));
  return touch_day(folder);
}

Status check_key(std::string_view key, std::string_view what) {
  if (!key.empty()) return {};
  return Error{ErrorKind::usage, fmt::format("a {} needs a name", what)};
}

}  // namespace

LateParams parse_params(std::string_view bytes) {
  LateParams result;
  result.skipped_lines = for_each_line(bytes, [&](std::string_view line) {
    const size_t tab = line.find('\t');
    if (tab == 0 || tab == std::string_view::npos || line.find('\t', tab + 1) != std::string_view::npos) return false;
    Param param{unescape_field(line.substr(0, tab)), unescape_field(line.substr(tab + 1))};
    const auto known = std::find_if(result.params.begin(), result.params.end(),
                                    [&](const Param& other) { return other.first == param.first; });
    if (known == result.params.end()) result.params.push_back(std::move(param));
    else if (known->second != param.second) result.conflicts.push_back(param.first);
    return true;
  });
  return result;
}

Result<LateParams> read_params(const RunFolder& folder) { return parse_params(TRY(read_if_there(folder.params()))); }

Status append_param(const RunFolder& folder, const Param& param) {
  TRY(check_key(param.first, "parameter"));
  return append_line(folder.params(), fmt::format("{}\t{}\n", escape_field(param.first), escape_field(param.second)));
}

TagsContent parse_tags(std::string_view bytes) {
  TagsContent result;
  result.skipped_lines = for_each_line(bytes, [&](std::string_view line) {
    const size_t first = line.find('\t');
    if (first == std::string_view::npos || !text::parse_int(line.substr(0, first))) return false;
    const size_t second = line.find('\t', first + 1);
    const std::string key =
        unescape_field(line.substr(first + 1, second == std::string_view::npos ? second : second - first - 1));
    if (key.empty()) return false;
    if (second == std::string_view::npos) result.tags.erase(key);
    else result.tags[key] = unescape_field(line.substr(second + 1));
    return true;
  });
  return result;
}

Result<TagsContent> read_tags(const RunFolder& folder) { return parse_tags(TRY(read_if_there(folder.tags()))); }

Status set_tag(const RunFolder& folder, std::string_view key, std::string_view value, Instant at) {
  TRY(check_key(key, "tag"));
  return append_tag_line(folder,
                         fmt::format("{}\t{}\t{}\n", at.unix_ns / 1'000'000, escape_field(key), escape_field(value)));
}

Status remove_tag(const RunFolder& folder, std::string_view key, Instant at) {
  TRY(check_key(key, "tag"));
  return append_tag_line(folder, fmt::format("{}\t{}\n", at.unix_ns / 1'000'000, escape_field(key)));
}

}  // namespace aml::store
