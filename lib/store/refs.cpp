#include "store/refs.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "os/atomic_file.h"
#include "os/lock_file.h"
#include "store/format.h"

namespace aml::store {
namespace {

constexpr size_t kNameBytesMax = 200;

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Starting with a letter or digit keeps out ".", ".." and our own temporaries and locks.
bool is_name(std::string_view text) {
  if (text.empty() || text.size() > kNameBytesMax || !is_letter_or_digit(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) || std::string_view("._-@:+").find(c) != std::string_view::npos;
  });
}

bool is_name_path(std::string_view text) {
  while (true) {
    const size_t slash = text.find('/');
    if (!is_name(text.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    text.remove_prefix(slash + 1);
  }
}

Result<os::LockFile> lock_kind(const Path& refs_dir, const std::string& kind) {
  TRY(os::make_directories(refs_dir / kind, kFolderMode));
  return os::LockFile::lock(refs_dir / kind / ".lock", os::LockMode::exclusive);
}

Result<std::optional<text::Json>> read_value(const Path& path) {
  auto text = os::read_file(path, kRecordFileBytesMax);
  if (!text.ok() && text.error().kind == ErrorKind::not_found) return std::optional<text::Json>();
  if (!text.ok()) return std::move(text).error();
  return std::optional<text::Json>(TRY(text::parse_json(*text, {path.native(), 1})));
}

Status write_value(const Path& path, const text::Json& value, os::Overwrite overwrite) {
  TRY(os::make_directories(path.parent_path(), kFolderMode));
  return os::write_file_atomically(path, value.dump() + "\n", overwrite, kFileMode);
}

Status remove_value(const Path& path) {
  if (unlink(path.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR)
    return error_from_errno(errno, fmt::format("cannot remove '{}'", path.string()));
  return {};
}

Status collect_names(const Path& folder, const std::string& prefix, std::vector<std::string>& names) {
  for (const std::string& name : TRY(os::list_directory(folder))) {
    if (!is_name(name)) continue;
    if (os::is_a_directory(folder / name)) TRY(collect_names(folder / name, prefix + name + "/", names));
    else names.push_back(prefix + name);
  }
  return {};
}

}  // namespace

Result<Path> RefStore::path_of(const RefName& ref) const {
  if (is_name(ref.kind) && is_name_path(ref.name)) return dir_ / ref.kind / ref.name;
  return Error{ErrorKind::usage, fmt::format("'{}' is not a valid name", ref.name),
               "begin with a letter or digit; use letters, digits and . _ - @ : + only"};
}

Status RefStore::create(const RefName& ref, const text::Json& value) const {
  auto status = write_value(TRY(path_of(ref)), value, os::Overwrite::no);
  if (!status.ok() && status.error().kind == ErrorKind::conflict)
    return Error{ErrorKind::conflict, fmt::format("'{}' exists already in {}", ref.name, ref.kind)};
  return status;
}

Result<std::optional<text::Json>> RefStore::find(const RefName& ref) const { return read_value(TRY(path_of(ref))); }

Result<text::Json> RefStore::read(const RefName& ref) const {
  auto value = TRY(find(ref));
  if (!value) return Error{ErrorKind::not_found, fmt::format("no '{}' in {}", ref.name, ref.kind)};
  return std::move(*value);
}

Status RefStore::replace(const RefName& ref, const text::Json& value) const {
  return update(ref, [&](const std::optional<text::Json>&) -> Result<std::optional<text::Json>> {
    return std::optional<text::Json>(value);
  });
}

Status RefStore::remove(const RefName& ref) const {
  const Path path = TRY(path_of(ref));
  if (!os::path_exists(path)) return {};
  const os::LockFile lock = TRY(lock_kind(dir_, ref.kind));
  return remove_value(path);
}

Status RefStore::update(const RefName& ref, const Change& change) const {
  const Path path = TRY(path_of(ref));
  const os::LockFile lock = TRY(lock_kind(dir_, ref.kind));
  const auto value = TRY(change(TRY(read_value(path))));
  return value ? write_value(path, *value, os::Overwrite::yes) : remove_value(path);
}

Result<std::vector<std::string>> RefStore::list(const std::string& kind) const {
  std::vector<std::string> names;
  if (is_name(kind) && os::is_a_directory(dir_ / kind)) TRY(collect_names(dir_ / kind, "", names));
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::vector<std::string>> RefStore::kinds() const {
  std::vector<std::string> kinds;
  if (!os::is_a_directory(dir_)) return kinds;
  for (std::string& name : TRY(os::list_directory(dir_)))
    if (is_name(name) && os::is_a_directory(dir_ / name)) kinds.push_back(std::move(name));
  return kinds;
}

}  // namespace aml::store
