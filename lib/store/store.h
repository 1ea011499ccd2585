// A store: the `.aml` folder of a project. Opening one reads its format line and nothing else, so it costs
// microseconds; everything inside is reached through BlobStore, RefStore, RunFolder and Index.
#pragma once

#include <optional>

#include "base/ids.h"
#include "os/file.h"
#include "store/format.h"

namespace aml::store {

class Store {
 public:
  static Result<Store> open(const Path& dir);    // `dir` is the .aml folder itself; not_found without one
  static Result<Store> create(const Path& dir);  // opens it when somebody else was faster

  const Path& dir() const { return dir_; }  // absolute
  const std::string& uuid() const { return format_.uuid; }

  // Where the index may go when the store lies on a network filesystem ($XDG_CACHE_HOME); without it such a store's
  // index lives in memory.
  void set_cache_home(Path cache_home) { cache_home_ = std::move(cache_home); }
  const std::optional<Path>& cache_home() const { return cache_home_; }

  // An error when the store was written by a later major version. Every function that changes a store asks first.
  Status check_writable() const;

  Path runs_dir() const { return dir_ / "runs"; }
  Path tmp_dir() const { return dir_ / "tmp"; }
  Path trash_dir() const { return dir_ / "trash"; }
  Path run_dir(const RunId& id) const;  // runs/DAY/ID, by the time in the id; it may not exist

 private:
  Store(Path dir, Format format) : dir_(std::move(dir)), format_(std::move(format)) {}
  Path dir_;
  Format format_;
  std::optional<Path> cache_home_;
};

// The nearest `.aml` with a format file in `from` or above it.
std::optional<Path> find_store(const Path& from);

// The store `given`, else the one found upwards from `from`; not_found with a hint otherwise.
Result<Store> open_store(const std::optional<Path>& given, const Path& from);

// As open_store, but a missing store is made: at `given`, else as `.aml` in `project_root`.
Result<Store> open_or_create(const std::optional<Path>& given, const Path& project_root);

}  // namespace aml::store
