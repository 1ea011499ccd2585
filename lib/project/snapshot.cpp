#include "project/snapshot.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>

#include "archive/compress.h"
#include "archive/tar.h"
#include "project/manifest.h"
#include "project/secrets.h"
#include "project/stat_cache.h"
#include "store/blobs.h"
#include "store/refs.h"

namespace aml::project {
namespace {

constexpr size_t kSecretsNamed = 10;
constexpr std::string_view kCacheFile = "stat-cache";

struct FoundSecret {
  std::string path;
  Secret secret;
};

Error refuse_secrets(const std::vector<FoundSecret>& found) {
  std::string list;
  for (size_t i = 0; i < std::min(found.size(), kSecretsNamed); ++i) {
    const auto& [path, secret] = found[i];
    const std::string place = secret.line == 0 ? path : fmt::format("{}:{}", path, secret.line);
    list += fmt::format("{}{} ({})", i == 0 ? "" : ", ", place, secret.what);
  }
  if (found.size() > kSecretsNamed) list += fmt::format(" and {} more", found.size() - kSecretsNamed);
  return Error{ErrorKind::bad_data, fmt::format("the snapshot would hold secrets: {}", list),
               "leave such files out in .amlignore, or allow one with --allow-secret PATH"};
}

// Gives every walked file its digest, reading only what the cache does not know, and looks for secrets in what it
// reads. A cached digest vouches for the search as well: files with secrets never enter the cache.
class Digester {
 public:
  Digester(const Project& project, const SnapshotOptions& options, StatCache& cache)
      : root_(project.root), cache_(cache), allowed_(project.allowed_secrets) {
    allowed_.insert(allowed_.end(), options.allowed_secrets.begin(), options.allowed_secrets.end());
  }

  Result<std::vector<ManifestEntry>> digest(const Walk& walk) {
    std::vector<ManifestEntry> entries;
    entries.reserve(walk.files.size());
    for (const WalkedFile& file : walk.files) entries.push_back(TRY(digest_file(file)));
    if (!refused_.empty()) return refuse_secrets(refused_);
    return entries;
  }

  const std::vector<std::string>& allowed_found() const { return allowed_found_; }

 private:
  Result<ManifestEntry> digest_file(const WalkedFile& file) {
    ManifestEntry entry{.path = file.path, .kind = file.kind, .size = file.stamp.size, .digest = {}};
    const auto named = find_secret_in_name(file.path);
    if (file.kind == FileKind::symlink) {
      entry.link_target = file.link_target;
      entry.digest = sha256(file.link_target);
    } else if (const auto known = cache_.find(file.path, file.stamp); known && !named) {
      entry.digest = *known;
    } else {
      entry.digest = TRY(read_file(file, named));
    }
    return entry;
  }

  Result<Digest> read_file(const WalkedFile& file, const std::optional<Secret>& named) {
    const os::UniqueFd fd = TRY(os::open_file(root_ / file.path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
    const std::string content = TRY(os::read_all(fd.get(), file.path, os::kReadFileLimit));
    const Digest digest = sha256(content);
    const auto secret = named ? named : find_secret_in_content(file.path, content);
    if (!secret) {
      cache_.remember(file.path, file.stamp, digest);
    } else if (std::find(allowed_.begin(), allowed_.end(), file.path) != allowed_.end()) {
      allowed_found_.push_back(file.path);
    } else {
      refused_.push_back({file.path, *secret});
    }
    return digest;
  }

  const Path& root_;
  StatCache& cache_;
  std::vector<std::string> allowed_;
  std::vector<std::string> allowed_found_;
  std::vector<FoundSecret> refused_;
};

// A file that changed between its digest and its copy into the tar would make a snapshot no tree ever had.
Status check_unchanged(const Path& root, const std::vector<WalkedFile>& files) {
  for (const WalkedFile& file : files) {
    struct stat info {};
    if (lstat((root / file.path).c_str(), &info) == 0 && stamp_of(info) == file.stamp) continue;
    return Error{ErrorKind::conflict, fmt::format("'{}' changed while the snapshot was taken", file.path),
                 "try again when nothing writes to the project"};
  }
  return {};
}

std::vector<archive::TarEntry> tar_entries(const Path& root, const std::vector<ManifestEntry>& manifest) {
  std::vector<archive::TarEntry> entries;
  entries.reserve(manifest.size());
  for (const ManifestEntry& file : manifest) {
    archive::TarEntry entry{.path = file.path, .content_path = root / file.path};
    if (file.kind == FileKind::executable) entry.mode = 0755;
    if (file.kind == FileKind::symlink)
      entry = {.path = file.path, .kind = archive::EntryKind::symlink, .mode = 0777, .link_target = file.link_target};
    entries.push_back(std::move(entry));
  }
  return entries;
}

store::RefName ref_of(const Digest& snapshot) { return {std::string(kSnapshotRefKind), snapshot.hex()}; }

Result<Digest> pack(const store::Store& store, const Path& root, const Walk& walk,
                    const std::vector<ManifestEntry>& manifest) {
  auto blob = TRY(store::BlobStore(store.dir()).writer());
  auto compressor = TRY(archive::compress_into(blob, {.compression = archive::Compression::zstd}));
  const archive::TarResult tar = TRY(archive::write_tar(*compressor, tar_entries(root, manifest)));
  TRY(compressor->finish());
  TRY(check_unchanged(root, walk.files));
  const store::BlobInfo info = TRY(blob.finish());
  const auto descriptor = text::Json::object({{"mediaType", kSnapshotMediaType},
                                              {"digest", info.digest.text()},
                                              {"size", info.size},
                                              {"files", walk.files.size()},
                                              {"bytes", walk.bytes}});
  TRY(store::RefStore(store.dir()).replace(ref_of(tar.digest), descriptor));
  return tar.digest;
}

Result<bool> is_stored(const store::Store& store, const Digest& snapshot) {
  const auto blob = TRY(find_snapshot(store, snapshot));
  return blob && store::BlobStore(store.dir()).has(blob->digest);
}

Result<Walk> walk_within_limits(const Project& project, const SnapshotOptions& options) {
  Walk walk = TRY(walk_project(project.root, options.ignore));
  TRY(check_limits(walk, project.limits));
  return walk;
}

}  // namespace

Result<Snapshot> take_snapshot(const store::Store& store, const Project& project, const SnapshotOptions& options) {
  TRY(store.check_writable());
  auto git = GitQuery::start(project.root);
  const Path cache_file = store.dir() / kCacheFile;
  const int64_t began_ns = TRY(file_system_now_ns(store.tmp_dir()));
  StatCache cache = StatCache::load(cache_file);
  const Walk walk = TRY(walk_within_limits(project, options));
  Digester digester(project, options, cache);
  const auto manifest = TRY(digester.digest(walk));
  const Digest manifest_digest = sha256(format_manifest(manifest));
  const auto known = cache.find_snapshot(manifest_digest);
  Snapshot snapshot{.digest = {}, .files = walk.files.size(), .bytes = walk.bytes};
  if (known && TRY(is_stored(store, *known))) {
    snapshot.digest = *known;
  } else {
    snapshot.digest = TRY(pack(store, project.root, walk, manifest));
    cache.remember_snapshot(manifest_digest, snapshot.digest);
  }
  if (cache.has_changed()) TRY(cache.save(cache_file, walk.files, began_ns));
  snapshot.special = walk.special;
  snapshot.allowed_secrets = digester.allowed_found();
  if (git) snapshot.git = git->finish();
  if (snapshot.git && !snapshot.git->diff.empty())
    snapshot.git_diff = TRY(store::BlobStore(store.dir()).put(snapshot.git->diff));
  return snapshot;
}

Result<Walk> list_snapshot(const Project& project, const SnapshotOptions& options) {
  Walk walk = TRY(walk_within_limits(project, options));
  StatCache nothing_known;
  Digester digester(project, options, nothing_known);
  TRY(digester.digest(walk));
  return walk;
}

Result<Verdict> explain_path(const Project& project, const SnapshotOptions& options, const std::string& path) {
  IgnoreRules rules = TRY(IgnoreRules::open(project.root, options.ignore));
  const Path relative = Path(path).lexically_normal();
  std::string directory;
  for (const Path& part : relative) {
    if (part.empty() || part == ".") continue;
    const std::string here = directory.empty() ? part.string() : fmt::format("{}/{}", directory, part.string());
    struct stat info {};
    if (lstat((project.root / here).c_str(), &info) != 0)
      return Error{ErrorKind::not_found, fmt::format("no file '{}' in project '{}'", path, project.root.string())};
    const Verdict verdict = rules.decide(here, S_ISDIR(info.st_mode) ? PathKind::directory : PathKind::file);
    if (here == relative || !rules.is_worth_entering(here, verdict)) return verdict;
    TRY(rules.enter(here, verdict));
    directory = here;
  }
  return Verdict{};
}

Result<std::optional<store::Descriptor>> find_snapshot(const store::Store& store, const Digest& snapshot) {
  const auto ref = TRY(store::RefStore(store.dir()).find(ref_of(snapshot)));
  if (!ref) return std::optional<store::Descriptor>();
  return std::optional(TRY(store::parse_descriptor(*ref, fmt::format("snapshot {}", snapshot.text()))));
}

Status restore_snapshot(const store::Store& store, const Digest& snapshot, const Path& destination) {
  const auto blob = TRY(find_snapshot(store, snapshot));
  if (!blob)
    return Error{ErrorKind::not_found,
                 fmt::format("no snapshot '{}' in store '{}'", snapshot.text(), store.dir().string())};
  const Path file = store::BlobStore(store.dir()).path_of(blob->digest);
  os::FdSource packed(TRY(os::open_file(file, O_RDONLY)), file.string());
  const auto tar = TRY(archive::decompress_from(packed, archive::Compression::zstd, file.string()));
  TRY(archive::extract_tar(*tar, destination, {.link_targets = archive::LinkTargets::any}));
  return {};
}

}  // namespace aml::project
