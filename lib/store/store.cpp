#include "store/store.h"

#include <fmt/format.h>

#include "os/atomic_file.h"
#include "os/machine.h"

namespace aml::store {
namespace {

constexpr size_t kFormatBytesMax = 4096;

Path absolute_path(const Path& path) {
  std::error_code error;
  const Path whole = std::filesystem::absolute(path, error);
  return (error ? path : whole).lexically_normal();
}

Status write_once(const Path& path, std::string_view text) {
  auto written = os::write_file_atomically(path, text, os::Overwrite::no, kFileMode);
  if (!written.ok() && written.error().kind == ErrorKind::conflict) return {};
  return written;
}

}  // namespace

Result<Store> Store::open(const Path& dir) {
  const Path whole = absolute_path(dir);
  auto line = os::read_file(whole / kFormatFile, kFormatBytesMax);
  if (!line.ok() && line.error().kind == ErrorKind::not_found)
    return Error{ErrorKind::not_found, fmt::format("'{}' is not a store", dir.string()),
                 "name the .aml folder of a project; the first amlrun makes one"};
  if (!line.ok()) return std::move(line).error();
  return Store(whole, TRY(parse_format(*line, (whole / kFormatFile).string())));
}

Result<Store> Store::create(const Path& dir) {
  const Path whole = absolute_path(dir);
  if (os::path_exists(whole / kFormatFile)) return open(whole);
  for (const char* folder : {"blobs/sha256", "refs", "runs", "tmp", "trash"})
    TRY(os::make_directories(whole / folder, kFolderMode));
  TRY(write_once(whole / ".gitignore", "*\n"));
  TRY(write_once(whole / "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}\n"));
  // The format file comes last: with it, everything else is there.
  const auto words = TRY(os::random_words());
  TRY(write_once(whole / kFormatFile,
                 encode_format({kFormatMajor, fmt::format("{:016x}{:016x}", words[0], words[1])})));
  return open(whole);
}

Status Store::check_writable() const {
  if (format_.major <= kFormatMajor) return {};
  return Error{ErrorKind::conflict,
               fmt::format("store '{}' has format {}, this version writes format {}", dir_.string(), format_.major,
                           kFormatMajor),
               "update amltools; reading still works"};
}

Path Store::run_dir(const RunId& id) const { return runs_dir() / format_date(id.created()) / id.text(); }

std::optional<Path> find_store(const Path& from) {
  for (Path folder = absolute_path(from);; folder = folder.parent_path()) {
    if (os::path_exists(folder / kStoreFolder / kFormatFile)) return folder / kStoreFolder;
    if (!folder.has_relative_path()) return std::nullopt;
  }
}

Result<Store> open_store(const std::optional<Path>& given, const Path& from) {
  if (given) return Store::open(*given);
  if (const auto found = find_store(from)) return Store::open(*found);
  return Error{ErrorKind::not_found, fmt::format("no store in '{}' or above it", absolute_path(from).string()),
               "run something with amlrun first, or name a store with --store"};
}

Result<Store> open_or_create(const std::optional<Path>& given, const Path& project_root) {
  return Store::create(given.value_or(project_root / kStoreFolder));
}

}  // namespace aml::store
