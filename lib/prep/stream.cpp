#include "prep/stream.h"

#include <atomic>
#include <new>
#include <thread>

#include "os/channel.h"

namespace aml::prep {
namespace {

using OnBatch = std::function<void(const StreamCounts&)>;

// Batches on the way between the threads: enough for one to be late, few enough to stay in the caches.
constexpr size_t kBatchesAhead = 4;

// An exception that left one thread would let the other wait for ever.
template <class Work>
Status catch_bad_alloc(Work work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return Error{ErrorKind::system, "out of memory", "give the steps less with --memory"};
  }
}

Result<StreamCounts> run_alone(table::Reader& reader, Pipeline& pipeline, table::Writer& writer,
                               const OnBatch& on_batch) {
  StreamCounts counts;
  const Emit emit = [&](table::Batch batch) -> Status {
    counts.rows_written += batch.rows;
    return writer.write(batch);
  };
  while (pipeline.wants_more()) {
    auto batch = TRY(reader.next());
    if (!batch) break;
    counts.rows_read += batch->rows;
    TRY(pipeline.push(*std::move(batch), emit));
    if (on_batch) on_batch(counts);
  }
  TRY(pipeline.finish(emit));
  TRY(writer.finish());
  return counts;
}

// The calling thread reads, then writes; a second one takes the steps. The writer belongs to the second thread until
// everything is read.
class TwoThreads {
 public:
  TwoThreads(table::Reader& reader, Pipeline& pipeline, table::Writer& writer, const OnBatch& on_batch)
      : reader_(reader), pipeline_(pipeline), writer_(writer), on_batch_(on_batch) {}

  Result<StreamCounts> run() {
    std::jthread stepping([this] { take_steps(); });
    const Status read = catch_bad_alloc([this] { return read_all(); });
    is_read_whole_ = read.ok();
    unstepped_.end();
    const Status written = catch_bad_alloc([this] { return write_rest(); });
    unwritten_.close();
    stepping.join();
    if (!written.ok()) return written.error();
    // A step saw only rows before those that could not be read.
    if (!stepped_.ok()) return stepped_.error();
    if (!read.ok()) return read.error();
    TRY(writer_.finish());
    counts_.rows_written = rows_written_;
    return counts_;
  }

 private:
  Status read_all() {
    while (!is_sated_) {
      auto batch = TRY(reader_.next());
      if (!batch) break;
      const size_t rows = batch->rows;
      if (!unstepped_.send(*std::move(batch))) break;
      counts_.rows_read += rows;
      counts_.rows_written = rows_written_;
      if (on_batch_) on_batch_(counts_);
    }
    return {};
  }

  Status write_rest() {
    while (const auto batch = unwritten_.receive()) {
      Status written = writer_.write(*batch);
      if (written.ok()) continue;
      unwritten_.close();
      return written;
    }
    return {};
  }

  void take_steps() {
    stepped_ = catch_bad_alloc([this] { return push_all(); });
    unstepped_.close();
    unwritten_.end();
  }

  Status push_all() {
    const Emit write_now = [this](table::Batch batch) -> Status {
      rows_written_ += batch.rows;
      return writer_.write(batch);
    };
    while (auto batch = unstepped_.receive()) {
      TRY(pipeline_.push(*std::move(batch), write_now));
      is_sated_ = !pipeline_.wants_more();
      if (is_sated_) break;
    }
    return finish();
  }

  Status finish() {
    // What was read so far is no table when reading has failed.
    unstepped_.close();
    unstepped_.wait_for_end();
    if (!is_read_whole_) return {};
    return pipeline_.finish([this](table::Batch batch) -> Status {
      rows_written_ += batch.rows;
      // The thread that writes says itself what is wrong.
      if (!unwritten_.send(std::move(batch))) return Error{ErrorKind::system, "writing has failed"};
      return {};
    });
  }

  table::Reader& reader_;
  Pipeline& pipeline_;
  table::Writer& writer_;
  const OnBatch& on_batch_;
  os::Channel<table::Batch> unstepped_{kBatchesAhead};
  os::Channel<table::Batch> unwritten_{kBatchesAhead};
  StreamCounts counts_;
  std::atomic<uint64_t> rows_written_{0};
  std::atomic<bool> is_sated_{false};
  std::atomic<bool> is_read_whole_{false};
  Status stepped_;
};

}  // namespace

Result<StreamCounts> run_pipeline(table::Reader& reader, Pipeline& pipeline, table::Writer& writer, unsigned threads,
                                  const OnBatch& on_batch) {
  if (threads < 2) return run_alone(reader, pipeline, writer, on_batch);
  return TwoThreads(reader, pipeline, writer, on_batch).run();
}

}  // namespace aml::prep
