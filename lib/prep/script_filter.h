// An external program that rows go through as CSV. One thread writes to it and one reads from it, so that neither side
// waits for the other for ever; between them and the caller stand queues of a few batches. SIGPIPE must be ignored.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "base/cancel.h"
#include "os/process.h"
#include "table/reader.h"
#include "table/writer.h"

namespace aml::prep {

struct ScriptOptions {
  std::vector<std::string> argv;
  Path directory;
  std::string name;   // of the program, for messages
  std::string place;  // of the step
  table::WriteOptions input = {};
  table::ReadOptions output = {};
};

class ScriptFilter {
 public:
  using Take = std::function<Status(table::Batch)>;

  // `input` are the columns it gets. The object does not move: the threads refer to it.
  static Result<std::unique_ptr<ScriptFilter>> start(const ScriptOptions& options, table::SchemaPtr input,
                                                     const Cancel* cancel);
  ~ScriptFilter();  // stops the program if it still runs
  ScriptFilter(const ScriptFilter&) = delete;
  ScriptFilter& operator=(const ScriptFilter&) = delete;

  // `take` gets what has come out meanwhile.
  Status push(table::Batch batch, const Take& take);
  // The rest that comes out, and how the program ended: child_failed with the last line it said.
  Status finish(const Take& take);

  bool is_input_closed() const { return is_input_closed_; }  // the program wants no more

 private:
  ScriptFilter(os::FilterProcess process, const ScriptOptions& options, const Cancel* cancel)
      : process_(std::move(process)), options_(options), cancel_(cancel) {}

  void write_input(os::UniqueFd fd, const table::SchemaPtr& schema);
  void read_output(os::UniqueFd fd);
  Status read_batches(os::UniqueFd fd);
  std::optional<table::Batch> next_input();
  Status drain(std::unique_lock<std::mutex>& lock, const Take& take);
  Status wait(std::unique_lock<std::mutex>& lock);

  static constexpr size_t kQueueMax = 4;

  os::FilterProcess process_;
  ScriptOptions options_;
  const Cancel* cancel_;
  std::mutex mutex_;  // of all below
  std::condition_variable changed_;
  std::deque<table::Batch> input_, output_;
  bool has_all_input_ = false, has_all_output_ = false, is_stopped_ = false;
  std::atomic<bool> is_input_closed_ = false;  // also read without the lock
  Status write_status_, read_status_;
  std::thread writer_, reader_;
};

}  // namespace aml::prep
