// A stage that works on rows by their keys, such as distinct and summarize, in bounded memory. It takes rows as they
// come until it may hold no more keys; from then on rows of other keys are set aside (spill_partitions.h) and worked on
// at the end, partition by partition, each of which has few enough keys or is set apart again. What comes out is the
// same, in the same order, whatever the memory: results carry the number of the row they stem from and are sorted by
// it.
#pragma once

#include <functional>
#include <optional>

#include "prep/row_key.h"
#include "prep/row_sorter.h"
#include "prep/spill_partitions.h"
#include "prep/stage.h"

namespace aml::prep {

// The work on some of the keys.
class KeyedWork {
 public:
  virtual ~KeyedWork() = default;

  // Takes the rows whose keys it knows, and while it has room those of new keys, at least of one. `left` gets the
  // others.
  virtual Status take(const table::Batch& rows, const BatchKeys& keys, Flow& flow, std::vector<uint32_t>& left) = 0;

  // No more rows come: what was held goes to `flow`.
  virtual Status finish(Flow& flow) = 0;
};

// What a keyed step is made of.
struct KeyedPlan {
  table::SchemaPtr input;
  std::vector<KeyPart> keys;
  table::SchemaPtr output;  // of the work on rows without numbers
  // In the output of the work on numbered rows, whose number is their last column: where the number of the row is
  // that a result stems from.
  size_t sequence_column = 0;
};

enum class Numbered : uint8_t { no, yes };

class KeyedStage final : public Stage {
 public:
  using MakeWork = std::function<std::unique_ptr<KeyedWork>(Numbered, uint64_t memory_bytes)>;

  KeyedStage(KeyedPlan plan, const Resources& resources, MakeWork make_work);

  Status push(table::Batch batch, Flow& flow) override;
  Status finish(Flow& flow) override;

 private:
  class SortingFlow;
  Status set_aside(const table::Batch& rows, std::span<const uint32_t> left, std::optional<SpillPartitions>& aside,
                   unsigned level);
  Status work_on(SpillPartitions& aside, Flow& flow);
  table::SchemaPtr numbered_output() const;

  KeyedPlan plan_;
  Resources resources_;
  MakeWork make_work_;
  KeyEncoder encoder_;
  BatchKeys keys_;
  table::SchemaPtr numbered_input_;
  std::unique_ptr<KeyedWork> work_;
  int64_t rows_seen_ = 0;
  std::optional<SpillPartitions> aside_;
};

}  // namespace aml::prep
