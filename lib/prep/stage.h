// One run of a step over the rows of a table. A step (step.h) is bound once and never changes; what it has to remember
// between batches lives in its stage: rows held back to be sorted, groups, how many rows went by. The pipeline is a
// chain of stages; each hands batches to the next through its Flow.
#pragma once

#include <memory>
#include <optional>

#include "base/cancel.h"
#include "base/result.h"
#include "os/file.h"
#include "prep/failures.h"
#include "table/batch.h"
#include "text/json.h"

namespace aml::prep {

inline constexpr uint64_t kMemoryBytes = uint64_t{256} << 20;

// What a stage may use.
struct Resources {
  uint64_t memory_bytes = kMemoryBytes;  // for each stage that holds rows
  Path temporary_folder = "/tmp";        // for what does not fit; its files have no name and go with the process
  const Cancel* cancel = nullptr;
};

// An error of a stage that holds more than it may: "'distinct' holds 312 MiB for 1200000 different rows, …".
Status check_memory(uint64_t bytes, std::string_view step, std::string_view held, const Resources& resources);

// What a stage has around it during a call: the rest of the chain, and where new error cells are counted.
class Flow {
 public:
  explicit Flow(Failures& failures) : failures_(failures) {}
  virtual ~Flow() = default;

  // `batch` has the columns the step's bind() returned. Stages that put rows together emit table::kBatchRows at once.
  virtual Status emit(table::Batch batch) = 0;

  Failures& failures() { return failures_; }

 private:
  Failures& failures_;
};

class Stage {
 public:
  virtual ~Stage() = default;

  // The next rows, at least one, with the columns given to bind().
  virtual Status push(table::Batch batch, Flow& flow) = 0;

  // No more rows come: what was held back goes on.
  virtual Status finish(Flow&) { return {}; }

  // What the stage learned from the rows, once it has finished: see fit_step.h.
  virtual std::optional<text::Json> learned() const { return std::nullopt; }

  // True when further rows would change nothing, so that reading can stop.
  virtual bool is_sated() const { return false; }
};

using StagePtr = std::unique_ptr<Stage>;

}  // namespace aml::prep
