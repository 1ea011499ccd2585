// A join in bounded memory. The right table is held if it fits; otherwise both tables are set aside by their keys
// (spill_partitions.h) and joined partition by partition, a grace hash join, and the results are sorted by the numbers
// of the rows they stem from, so that they come in the same order whatever the memory.
#pragma once

#include <optional>

#include "prep/joiner.h"
#include "prep/spill_partitions.h"

namespace aml::prep {

class JoinStage final : public Stage {
 public:
  // `plan` is that of the step, which outlives its stages.
  JoinStage(const JoinPlan& plan, const Resources& resources);

  Status push(table::Batch batch, Flow& flow) override;
  Status finish(Flow& flow) override;

 private:
  // Both tables by their keys.
  struct Aside {
    SpillPartitions left;
    SpillPartitions right;
  };
  class SortingFlow;

  Status load(Flow& flow);
  Status add_right(const table::Batch& rows);
  Status set_aside(const table::Batch& rows, const std::vector<size_t>& keys, SpillPartitions& partitions);
  Aside make_aside(unsigned level) const;
  Status join_partitions(Aside& aside, Flow& flow);
  Status join_partition(Aside& aside, uint32_t partition, Flow& flow);
  Status set_apart_again(Aside& aside, uint32_t partition, Flow& flow);

  const JoinPlan& plan_;
  Resources resources_;
  JoinColumns numbered_;
  std::optional<Joiner> joiner_;  // while the right table fits
  bool is_loaded_ = false;
  std::optional<Aside> aside_;
  int64_t left_rows_ = 0;
  int64_t right_rows_ = 0;
};

}  // namespace aml::prep
