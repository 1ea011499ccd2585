// The folder a payload runs in: a fresh checkout of its snapshot below the run's folder. `outputs` in it leads to
// $AML_OUTPUTS, so that programs which write to ./outputs need no change.
#pragma once

#include <map>

#include "base/digest.h"
#include "project/walk.h"
#include "store/run_folder.h"
#include "store/store.h"

namespace aml::run {

class WorkFolder {
 public:
  static Result<WorkFolder> check_out(const store::Store& store, const store::RunFolder& folder,
                                      const Digest& snapshot);

  const Path& path() const { return path_; }

  // Whether the payload made or changed files here that would be lost with the folder; caches of interpreters and
  // whatever else project/ignore.h knows as built-in do not count.
  bool has_changed() const;
  Status remove() const;

 private:
  WorkFolder(Path path, std::map<std::string, project::FileStamp> files)
      : path_(std::move(path)), files_(std::move(files)) {}
  Path path_;
  std::map<std::string, project::FileStamp> files_;  // as checked out
};

}  // namespace aml::run
