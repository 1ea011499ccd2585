#include "store/new_run.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "os/machine.h"
#include "store/staging.h"

namespace aml::store {
namespace {

Status create_empty(const Path& path) {
  TRY(os::open_file(path, O_WRONLY | O_CREAT | O_EXCL, kFileMode));
  return {};
}

// Without the care of an atomic file: the folder it goes into has no name yet that anybody looks for.
Status create_synced(const Path& path, std::string_view text) {
  const os::UniqueFd fd = TRY(os::open_file(path, O_WRONLY | O_CREAT | O_EXCL, kFileMode));
  TRY(os::write_all(fd.get(), text, path.string()));
  return os::sync_file(fd.get(), path.string());
}

Status fill_folder(const RunFolder& folder, const RunSpec& spec) {
  TRY(os::make_directories(folder.metrics_dir(), kFolderMode));
  TRY(os::make_directories(folder.outputs(), kFolderMode));
  TRY(create_empty(folder.out_log()));
  TRY(create_empty(folder.err_log()));
  TRY(make_reserve(folder));
  TRY(create_synced(folder.spec(), to_json(spec).dump() + "\n"));
  JournalWriter journal = TRY(JournalWriter::open(folder.journal(), spec.boot_id));
  return journal.append(RunState::created, spec.created, {}, Durable::yes);
}

Status publish(const Store& store, const RunFolder& staged, const RunFolder& folder) {
  const Path day = folder.dir().parent_path();
  const bool is_new_day = !os::path_exists(day);
  TRY(os::make_directories(day, kFolderMode));
  TRY(os::sync_directory(staged.dir()));
  TRY(os::rename_path(staged.dir(), folder.dir()));
  TRY(os::sync_directory(day));
  return is_new_day ? os::sync_directory(store.runs_dir()) : Status();
}

}  // namespace

Result<RunId> make_run_id(const Clock& clock) { return RunId::make(clock.now(), TRY(os::random_words())); }

Result<NewRun> create_run(const Store& store, const RunSpec& spec) {
  TRY(store.check_writable());
  const RunFolder folder = run_folder(store, spec.id);
  if (os::path_exists(folder.dir()))
    return Error{ErrorKind::conflict, fmt::format("run '{}' exists already", spec.id.text())};
  const RunFolder staged(spec.id, store.tmp_dir() / staging_name(spec.id.text()));
  TRY(os::make_directories(staged.dir(), kFolderMode));
  // A lock belongs to the open file, so it stays ours through the rename.
  auto lock = TRY(os::LockFile::try_lock(staged.lock(), os::LockMode::exclusive));
  if (!lock) return Error{ErrorKind::conflict, fmt::format("run '{}' is being made already", spec.id.text())};
  auto made = fill_folder(staged, spec);
  if (made.ok()) made = publish(store, staged, folder);
  if (!made.ok()) {
    // The first error is the one to tell; what cannot be removed now is swept later.
    static_cast<void>(os::remove_tree(staged.dir()));
    return std::move(made).error();
  }
  auto journal = TRY(JournalWriter::open(folder.journal(), spec.boot_id));
  return NewRun{folder, std::move(*lock), std::move(journal)};
}

}  // namespace aml::store
