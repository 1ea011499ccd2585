#include "store/gc.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "store/blobs.h"
#include "store/refs.h"
#include "store/run_record.h"
#include "store/staging.h"

namespace aml::store {
namespace {

constexpr uint64_t kScannedBytesMax = uint64_t{4} << 20;  // no manifest is larger
constexpr size_t kHexDigits = 64;

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// Every run of exactly 64 hex digits. Taking text for a digest that is none keeps too much, never too little.
std::vector<Digest> digests_in(std::string_view text) {
  std::vector<Digest> digests;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    while (at < text.size() && is_hex(text[at])) ++at;
    if (at - start == kHexDigits) digests.push_back(*Digest::parse(text.substr(start, kHexDigits)));
    if (at == start) ++at;
  }
  return digests;
}

int64_t age_ns(const Path& path, Instant now) {
  const auto info = os::stat_file(path);
  return info.ok() ? now.unix_ns - (info->st_mtim.tv_sec * 1'000'000'000 + info->st_mtim.tv_nsec) : 0;
}

uint64_t size_of(const Path& path) {
  const auto info = os::stat_file(path);
  return info.ok() ? static_cast<uint64_t>(info->st_size) : 0;
}

uint64_t tree_bytes(const Path& path) {
  std::error_code error;
  uint64_t bytes = 0;
  for (std::filesystem::recursive_directory_iterator at(path, error), end; !error && at != end; at.increment(error))
    bytes += size_of(at->path());
  return bytes;
}

std::optional<Digest> alias_of(const std::string& name) {
  const std::string_view last = std::string_view(name).substr(name.rfind('/') + 1);
  return last.size() == kHexDigits ? Digest::parse(last) : std::nullopt;
}

struct Ref {
  RefName name;
  std::string text;
};

// Reads everything that names content and follows it.
class Marker {
 public:
  explicit Marker(const Store& store) : store_(store), blobs_(store.dir()) {}

  Status mark() {
    TRY(read_refs());
    for (const RunId& id : list_run_ids(store_)) TRY(mark_run(store_.run_dir(id)));
    if (os::is_a_directory(store_.trash_dir()))
      for (const std::string& name : TRY(os::list_directory(store_.trash_dir())))
        TRY(mark_run(store_.trash_dir() / name));
    return follow();
  }

  bool is_marked(const Digest& digest) const { return marked_.contains(digest); }
  const std::multimap<Digest, Ref>& aliases() const { return aliases_; }

 private:
  Status read_refs() {
    const RefStore refs(store_.dir());
    for (const std::string& kind : TRY(refs.kinds())) {
      for (const std::string& name : TRY(refs.list(kind))) {
        // As text: a ref that is damaged still keeps whatever it names.
        std::string text = TRY(os::read_file(store_.dir() / "refs" / kind / name, kRecordFileBytesMax));
        Ref ref{{kind, name}, std::move(text)};
        if (const auto digest = alias_of(name)) aliases_.emplace(*digest, std::move(ref));
        else mark_text(ref.text);
      }
    }
    return {};
  }

  Status mark_run(const Path& dir) {
    for (const char* name : {"spec.json", "result.json", "outputs.mf"}) {
      auto text = os::read_file(dir / name, kRecordFileBytesMax);
      if (text.ok()) mark_text(*text);
      else if (text.error().kind != ErrorKind::not_found) return std::move(text).error();
    }
    return {};
  }

  void mark_text(std::string_view text) {
    for (const Digest& digest : digests_in(text))
      if (marked_.insert(digest).second) to_follow_.push_back(digest);
  }

  Status follow() {
    while (!to_follow_.empty()) {
      const Digest digest = to_follow_.back();
      to_follow_.pop_back();
      const auto [first, last] = aliases_.equal_range(digest);
      for (auto alias = first; alias != last; ++alias) mark_text(alias->second.text);
      TRY(follow_blob(digest));
    }
    return {};
  }

  // Manifests and configs are JSON and small; other content names nothing.
  Status follow_blob(const Digest& digest) {
    const auto size = blobs_.size(digest);
    if (!size.ok() || *size > kScannedBytesMax) return {};
    const auto text = os::read_file(blobs_.path_of(digest));
    if (!text.ok()) return text.error();
    if (text->substr(0, 1) == "{") mark_text(*text);
    return {};
  }

  const Store& store_;
  BlobStore blobs_;
  std::set<Digest> marked_;
  std::vector<Digest> to_follow_;
  std::multimap<Digest, Ref> aliases_;
};

class Sweeper {
 public:
  Sweeper(const Store& store, const LivenessProbe& probe, const GcOptions& options)
      : store_(store), probe_(probe), options_(options) {}

  Status sweep(const Marker& marker) {
    TRY(sweep_refs(marker));
    TRY(sweep_blobs(marker));
    TRY(sweep_trash());
    return sweep_tmp();
  }

  std::vector<Garbage> take() { return std::move(garbage_); }

 private:
  bool is_old(const Path& path) const { return age_ns(path, probe_.now()) >= options_.grace_ns; }
  bool is_real() const { return options_.dry_run == DryRun::no; }

  Status sweep_refs(const Marker& marker) {
    for (const auto& [digest, ref] : marker.aliases()) {
      const Path path = store_.dir() / "refs" / ref.name.kind / ref.name.name;
      if (marker.is_marked(digest) || !is_old(path)) continue;
      garbage_.push_back({"ref", ref.name.kind + "/" + ref.name.name, size_of(path), "nothing names it"});
      if (is_real()) TRY(RefStore(store_.dir()).remove(ref.name));
      unnamed_.insert(digest);
    }
    return {};
  }

  Status sweep_blobs(const Marker& marker) {
    const BlobStore blobs(store_.dir());
    std::set<Digest> kept_by_young_aliases;
    for (const auto& [digest, ref] : marker.aliases())
      if (!unnamed_.contains(digest))
        for (const Digest& named : digests_in(ref.text)) kept_by_young_aliases.insert(named);
    for (const Digest& digest : TRY(blobs.list())) {
      const Path path = blobs.path_of(digest);
      if (marker.is_marked(digest) || kept_by_young_aliases.contains(digest) || !is_old(path)) continue;
      garbage_.push_back({"blob", digest.text(), size_of(path), "nothing names it"});
      if (is_real()) TRY(blobs.remove(digest));
    }
    return {};
  }

  Status sweep_trash() {
    if (!os::is_a_directory(store_.trash_dir())) return {};
    for (const std::string& name : TRY(os::list_directory(store_.trash_dir()))) {
      const Path path = store_.trash_dir() / name;
      if (!is_old(path)) continue;
      garbage_.push_back({"trash", "trash/" + name, tree_bytes(path), "removed before the grace period"});
      if (is_real()) TRY(os::remove_tree(path));
    }
    return {};
  }

  Status sweep_tmp() {
    for (const Path& path : TRY(find_abandoned_staging(store_, probe_))) {
      garbage_.push_back({"staging", "tmp/" + path.filename().string(),
                          os::is_a_directory(path) ? tree_bytes(path) : size_of(path), "its process is gone"});
      if (is_real()) TRY(os::remove_tree(path));
    }
    return {};
  }

  const Store& store_;
  const LivenessProbe& probe_;
  const GcOptions& options_;
  std::set<Digest> unnamed_;  // of the aliases swept
  std::vector<Garbage> garbage_;
};

}  // namespace

Result<std::vector<Garbage>> collect_garbage(const Store& store, const LivenessProbe& probe, const GcOptions& options) {
  if (options.dry_run == DryRun::no) TRY(store.check_writable());
  Marker marker(store);
  TRY(marker.mark());
  Sweeper sweeper(store, probe, options);
  TRY(sweeper.sweep(marker));
  return sweeper.take();
}

Status trash_run(const Store& store, const RunId& id, const LivenessProbe& probe) {
  TRY(store.check_writable());
  const RunSummary run = TRY(read_run(store, id, probe));
  const Error alive{ErrorKind::conflict, fmt::format("run '{}' is {}", id.text(), name_of(run.state)),
                    "cancel it first: amlrun cancel " + id.text()};
  if (is_alive(run.state)) return alive;
  const RunFolder folder = run_folder(store, id);
  // Held until the folder has moved, so that no recorder can take the run up meanwhile.
  const auto lock = TRY(take_run_lock(folder));
  if (!lock) return alive;
  TRY(os::make_directories(store.trash_dir(), kFolderMode));
  TRY(os::rename_path(folder.dir(), store.trash_dir() / id.text()));
  TRY(os::sync_directory(store.trash_dir()));
  // The age of the folder in the trash counts from now.
  utimensat(AT_FDCWD, (store.trash_dir() / id.text()).c_str(), nullptr, 0);
  return os::sync_directory(folder.dir().parent_path());
}

}  // namespace aml::store
