// The index: a SQLite cache that answers "which runs" quickly. It holds nothing that the runs' own files do not say,
// is brought up to date before every question, may be deleted at any time, and is thrown away and built again at the
// slightest doubt. No run ever waits for it. What a run *is* is then read from its files (run_record.h).
//
//   runs(n, id, day, state, settled, tags_stamp, created, started, ended, name, kind, host, user, target, argv, git,
//        snapshot, parent, exit_code)             times in unix milliseconds; state as in name_of(RunState)
//   keys(k, key)                                  names of params, metrics and tags, interned
//   params(n, k, v, number)  tags(n, k, v, number)   v: text; number: the same if it is one
//   metrics(n, k, last, first, min, max, mean, count, nan_count, step)
//   inputs(n, i, name, path, digest)
//   days(day, mtime_ns)                           when a day's folder was read; 0: too fresh to be sure
#pragma once

#include <memory>
#include <vector>

#include "store/liveness.h"
#include "store/sql.h"
#include "store/store.h"

namespace aml::store {

// `where` and `order_by` are SQL over the tables above, with "runs" as the row in question and one '?' per value.
struct Selection {
  std::string where = "1";
  std::vector<SqlValue> values = {};
  std::string order_by = "runs.id DESC";
  std::vector<SqlValue> order_values = {};
  int64_t limit = -1;  // < 0: all
};

class Index {
 public:
  // Opens and refreshes it. `probe` must outlive the index.
  static Result<Index> open(const Store& store, const LivenessProbe& probe, unsigned threads);
  ~Index();
  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;

  Result<std::vector<RunId>> select(const Selection& selection);
  Result<std::vector<std::string>> metric_keys();  // of any run, sorted
  bool is_in_memory() const;

 private:
  class Tables;
  explicit Index(std::unique_ptr<Tables> tables);
  std::unique_ptr<Tables> tables_;
};

// Where the index of this store belongs; nothing: in memory.
std::optional<Path> index_path(const Store& store);

// By the magic numbers of statfs(2): NFS, SMB, Lustre, GPFS, BeeGFS, FUSE. SQLite's locks and shared memory do not
// work there.
bool is_network_filesystem(const Path& path);
bool is_network_magic(uint64_t magic);

}  // namespace aml::store
