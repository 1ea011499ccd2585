#include "store/outputs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "os/atomic_file.h"
#include "store/run_folder.h"
#include "store/staging.h"
#include "text/suggest.h"

namespace aml::store {
namespace {

constexpr uint32_t kPlainMode = 0100644;
constexpr uint32_t kExecutableMode = 0100755;
constexpr uint32_t kLinkMode = 0120000;
constexpr int kDepthMax = 128;

struct FoundOutputs {
  std::vector<OutputFile> files;  // without digests
  size_t skipped_entries = 0;     // pipes, sockets, devices
};

Status walk(const Path& root, const std::string& prefix, int depth, FoundOutputs& found) {
  if (depth > kDepthMax)
    return Error{ErrorKind::bad_data, fmt::format("'{}' is nested deeper than {} folders", root.string(), kDepthMax)};
  for (const std::string& name : TRY(os::list_directory(root / prefix))) {
    const std::string path = prefix.empty() ? name : prefix + "/" + name;
    struct stat info {};
    if (lstat((root / path).c_str(), &info) != 0) continue;  // gone since
    const auto size = static_cast<uint64_t>(info.st_size);
    if (S_ISDIR(info.st_mode)) TRY(walk(root, path, depth + 1, found));
    else if (S_ISLNK(info.st_mode)) found.files.push_back({path, {}, size, kLinkMode});
    else if (S_ISREG(info.st_mode))
      found.files.push_back({path, {}, size, (info.st_mode & 0111) != 0 ? kExecutableMode : kPlainMode});
    else ++found.skipped_entries;
  }
  return {};
}

Result<FoundOutputs> find_outputs(const Path& root) {
  FoundOutputs found;
  if (os::is_a_directory(root)) TRY(walk(root, "", 0, found));
  std::sort(found.files.begin(), found.files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return found;
}

// The file becomes one more name of its blob, so that content is on disk once. It stays as it is where that cannot be:
// an executable (blobs are not), or too many links to one blob.
void replace_by_link(const Store& store, const Digest& digest, const Path& file) {
  const Path temporary = store.tmp_dir() / staging_name("link");
  if (link(BlobStore(store.dir()).path_of(digest).c_str(), temporary.c_str()) != 0) return;
  if (rename(temporary.c_str(), file.c_str()) != 0) unlink(temporary.c_str());
  // rename(2) does nothing when both names are one file already.
  unlink(temporary.c_str());
}

Status store_output(const Store& store, const Path& root, OutputFile& file) {
  const BlobStore blobs(store.dir());
  const Path path = root / file.path;
  if (file.mode == kLinkMode) {
    std::error_code error;
    const Path target = std::filesystem::read_symlink(path, error);
    if (error) return error_from_errno(error.value(), fmt::format("cannot read link '{}'", path.string()));
    file.digest = TRY(blobs.put(target.native()));
    return {};
  }
  file.digest = TRY(blobs.put_file(path));
  file.size = TRY(blobs.size(file.digest));
  if (file.mode == kPlainMode) replace_by_link(store, file.digest, path);
  return {};
}

std::optional<OutputFile> parse_line(std::string_view line) {
  std::string_view fields[3];
  for (std::string_view& field : fields) {
    const size_t tab = line.find('\t');
    if (tab == std::string_view::npos) return std::nullopt;
    field = line.substr(0, tab);
    line.remove_prefix(tab + 1);
  }
  OutputFile file;
  const auto mode = std::from_chars(fields[0].data(), fields[0].data() + fields[0].size(), file.mode, 8);
  const auto size = std::from_chars(fields[1].data(), fields[1].data() + fields[1].size(), file.size);
  const auto digest = Digest::parse(fields[2]);
  if (mode.ec != std::errc() || size.ec != std::errc() || !digest || line.empty()) return std::nullopt;
  file.digest = *digest;
  file.path = unescape_field(line);
  return file;
}

std::vector<std::string> paths_of(const std::vector<OutputFile>& files) {
  std::vector<std::string> paths;
  for (const OutputFile& file : files) paths.push_back(file.path);
  return paths;
}

}  // namespace

std::string format_outputs(const std::vector<OutputFile>& files) {
  std::string text;
  for (const OutputFile& file : files)
    text += fmt::format("{:06o}\t{}\t{}\t{}\n", file.mode, file.size, file.digest.hex(), escape_field(file.path));
  return text;
}

Result<std::vector<OutputFile>> parse_outputs(std::string_view bytes, std::string_view name) {
  std::vector<OutputFile> files;
  for (uint64_t line_number = 1; !bytes.empty(); ++line_number) {
    const size_t end = bytes.find('\n');
    auto file = end == std::string_view::npos ? std::nullopt : parse_line(bytes.substr(0, end));
    if (!file)
      return Error{ErrorKind::bad_data, fmt::format("{}:{}:1: not a line of an output manifest", name, line_number)};
    files.push_back(std::move(*file));
    bytes.remove_prefix(end + 1);
  }
  return files;
}

Result<std::vector<OutputFile>> list_outputs(const Store& store, const RunId& id) {
  const RunFolder folder = run_folder(store, id);
  auto manifest = os::read_file(folder.outputs_manifest());
  if (manifest.ok()) return parse_outputs(*manifest, folder.outputs_manifest().native());
  if (manifest.error().kind != ErrorKind::not_found) return std::move(manifest).error();
  return TRY(find_outputs(folder.outputs())).files;
}

Result<Path> find_output(const Store& store, const RunId& id, std::string_view path) {
  const auto files = TRY(list_outputs(store, id));
  const auto file = std::find_if(files.begin(), files.end(), [&](const auto& other) { return other.path == path; });
  if (file == files.end())
    return Error{ErrorKind::not_found, fmt::format("run '{}' has no output '{}'", id.text(), path),
                 files.empty() ? "it has no outputs" : text::suggestion_hint(path, paths_of(files))};
  const Path kept = BlobStore(store.dir()).path_of(file->digest);
  return file->digest != Digest() && os::path_exists(kept) ? kept : run_folder(store, id).outputs() / file->path;
}

Result<CollectedOutputs> collect_outputs(const Store& store, const RunFolder& folder) {
  const BlobStore blobs(store.dir());
  FoundOutputs found = TRY(find_outputs(folder.outputs()));
  OutputsRecord record;
  for (OutputFile& file : found.files) {
    TRY(store_output(store, folder.outputs(), file));
    ++record.files;
    record.bytes += file.size;
  }
  // Most runs leave nothing, and saying so is not worth the wait for the disk.
  if (found.files.empty()) {
    TRY(os::open_file(folder.outputs_manifest(), O_WRONLY | O_CREAT | O_TRUNC, kFileMode));
    return CollectedOutputs{record, found.skipped_entries};
  }
  const std::string manifest = format_outputs(found.files);
  record.manifest = TRY(blobs.put(manifest));
  TRY(os::write_file_atomically(folder.outputs_manifest(), manifest, os::Overwrite::yes, kFileMode));
  return CollectedOutputs{record, found.skipped_entries};
}

}  // namespace aml::store
