#include "project/stat_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "os/atomic_file.h"

namespace aml::project {
namespace {

constexpr std::string_view kHeader = "#aml-stat-cache 1";
constexpr size_t kTreesMax = 16;
constexpr size_t kCacheBytesMax = size_t{1} << 30;

// Takes the text up to the next tab off the front.
std::string_view take_field(std::string_view& line) {
  const size_t end = std::min(line.find('\t'), line.size());
  const std::string_view field = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return field;
}

template <class Number>
bool read_number(std::string_view& line, Number& number) {
  const std::string_view field = take_field(line);
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), number);
  return error == std::errc() && end == field.data() + field.size() && !field.empty();
}

bool is_line_safe(std::string_view path) { return path.find('\n') == std::string_view::npos; }

}  // namespace

StatCache StatCache::load(const Path& file) {
  StatCache cache;
  const auto text = os::read_file(file, kCacheBytesMax);
  if (!text.ok() || !text->starts_with(kHeader)) return cache;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    if (!cache.read_line(rest.substr(0, end))) return StatCache();
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return cache;
}

bool StatCache::read_line(std::string_view line) {
  const std::string_view kind = take_field(line);
  if (kind == kHeader) return true;
  if (kind == "tree") {
    const auto manifest = Digest::parse(take_field(line));
    const auto snapshot = Digest::parse(line);
    if (manifest && snapshot) trees_.push_back({*manifest, *snapshot});
    return manifest && snapshot;
  }
  Entry entry;
  FileStamp& stamp = entry.stamp;
  if (kind != "file" || !read_number(line, stamp.device) || !read_number(line, stamp.inode) ||
      !read_number(line, stamp.size) || !read_number(line, stamp.mtime_ns) || !read_number(line, stamp.ctime_ns))
    return false;
  const auto digest = Digest::parse(take_field(line));
  if (!digest || line.empty()) return false;
  entry.digest = *digest;
  entries_.insert_or_assign(std::string(line), entry);
  return true;
}

std::optional<Digest> StatCache::find(const std::string& path, const FileStamp& stamp) const {
  const auto found = entries_.find(path);
  if (found == entries_.end() || found->second.stamp != stamp) return std::nullopt;
  return found->second.digest;
}

std::optional<Digest> StatCache::find_snapshot(const Digest& manifest) const {
  for (const Tree& tree : trees_)
    if (tree.manifest == manifest) return tree.snapshot;
  return std::nullopt;
}

void StatCache::remember(const std::string& path, const FileStamp& stamp, const Digest& digest) {
  entries_.insert_or_assign(path, Entry{stamp, digest});
  has_changed_ = true;
}

void StatCache::remember_snapshot(const Digest& manifest, const Digest& snapshot) {
  std::erase_if(trees_, [&](const Tree& tree) { return tree.manifest == manifest; });
  trees_.push_back({manifest, snapshot});
  if (trees_.size() > kTreesMax) trees_.erase(trees_.begin());
  has_changed_ = true;
}

Status StatCache::save(const Path& file, const std::vector<WalkedFile>& files, int64_t walk_began_ns) const {
  std::string text(kHeader);
  text.push_back('\n');
  for (const Tree& tree : trees_) text += fmt::format("tree\t{}\t{}\n", tree.manifest.hex(), tree.snapshot.hex());
  for (const WalkedFile& walked : files) {
    const auto found = entries_.find(walked.path);
    if (found == entries_.end() || found->second.stamp != walked.stamp || !is_line_safe(walked.path)) continue;
    const auto& [stamp, digest] = found->second;
    if (std::max(stamp.mtime_ns, stamp.ctime_ns) >= walk_began_ns) continue;
    text += fmt::format("file\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", stamp.device, stamp.inode, stamp.size, stamp.mtime_ns,
                        stamp.ctime_ns, digest.hex(), walked.path);
  }
  // Not synced: a cache lost in a power failure costs one reading of the tree, a sync costs every run.
  const Path temporary = Path(file.string() + fmt::format(".{}", getpid()));
  const os::UniqueFd fd = TRY(os::open_file(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0600));
  auto written = os::write_all(fd.get(), text, temporary.string());
  if (written.ok()) written = os::rename_path(temporary, file);
  if (!written.ok()) unlink(temporary.c_str());
  return written;
}

Result<int64_t> file_system_now_ns(const Path& directory) {
  const Path probe = directory / fmt::format("clock.{}", getpid());
  const os::UniqueFd fd = TRY(os::open_file(probe, O_WRONLY | O_CREAT | O_TRUNC, 0600));
  // An existing file keeps its time when truncated at zero bytes, so the time is set as well.
  const bool is_set = futimens(fd.get(), nullptr) == 0;
  struct stat info {};
  const bool is_read = fstat(fd.get(), &info) == 0;
  unlink(probe.c_str());
  if (!is_set || !is_read) return error_from_errno(errno, fmt::format("cannot read the time of '{}'", probe.string()));
  return stamp_of(info).mtime_ns;
}

}  // namespace aml::project
