// Where the files of one run lie: a plain value, it opens nothing.
#pragma once

#include "base/ids.h"
#include "os/file.h"
#include "os/lock_file.h"
#include "store/format.h"

namespace aml::store {

class Store;

class RunFolder {
 public:
  RunFolder(RunId id, Path dir) : id_(std::move(id)), dir_(std::move(dir)) {}

  const RunId& id() const { return id_; }
  const Path& dir() const { return dir_; }

  Path spec() const { return dir_ / "spec.json"; }
  Path journal() const { return dir_ / "journal"; }
  Path lock() const { return dir_ / "lock"; }                  // held exclusively by the recorder, close-on-exec
  Path payload_lock() const { return dir_ / "payload.lock"; }  // inherited by the payload and its children
  Path heartbeat() const { return dir_ / "alive"; }            // touched every 15 s on network filesystems
  Path reserve() const { return dir_ / kReserveFile; }
  Path metrics_dir() const { return dir_ / "metrics"; }
  Path metrics(std::string_view writer) const { return metrics_dir() / (std::string(writer) + ".tsv"); }
  Path params() const { return dir_ / "params.tsv"; }
  Path tags() const { return dir_ / "tags.log"; }
  Path out_log() const { return dir_ / "out.log"; }
  Path err_log() const { return dir_ / "err.log"; }
  Path work() const { return dir_ / "work"; }
  Path outputs() const { return dir_ / "outputs"; }
  Path outputs_manifest() const { return dir_ / "outputs.mf"; }
  Path environment_lock() const { return dir_ / "env.lock"; }
  Path exit() const { return dir_ / "exit"; }
  Path result() const { return dir_ / "result.json"; }

 private:
  RunId id_;
  Path dir_;
};

RunFolder run_folder(const Store& store, const RunId& id);

// The recorder's lock of a run whose recorder is gone; nothing when somebody holds it. A reader that looks whether the
// run lives holds a shared lock for a moment, which does not count.
Result<std::optional<os::LockFile>> take_run_lock(const RunFolder& folder);

// Disk space set aside for the journal, exit and result of a run, given up when the disk is full. release_reserve is
// false when it was gone already.
Status make_reserve(const RunFolder& folder);
bool release_reserve(const RunFolder& folder);

}  // namespace aml::store
