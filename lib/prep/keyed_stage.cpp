#include "prep/keyed_stage.h"

namespace aml::prep {
namespace {

// Without the column of the numbers.
table::Batch without_column(table::Batch batch, size_t column, const table::SchemaPtr& schema) {
  batch.columns.erase(batch.columns.begin() + static_cast<std::ptrdiff_t>(column));
  batch.schema = schema;
  return batch;
}

}  // namespace

// Results of the partitions, on their way to be sorted.
class KeyedStage::SortingFlow final : public Flow {
 public:
  SortingFlow(Flow& flow, RowSorter& sorter) : Flow(flow.failures()), sorter_(sorter) {}
  Status emit(table::Batch batch) override { return sorter_.add(batch); }

 private:
  RowSorter& sorter_;
};

KeyedStage::KeyedStage(KeyedPlan plan, const Resources& resources, MakeWork make_work)
    : plan_(std::move(plan)),
      resources_(resources),
      make_work_(std::move(make_work)),
      encoder_(plan_.keys),
      numbered_input_(schema_with_sequence(*plan_.input)),
      work_(make_work_(Numbered::no, resources.memory_bytes)) {}

Status KeyedStage::push(table::Batch batch, Flow& flow) {
  keys_.encode(encoder_, batch);
  std::vector<uint32_t> left;
  TRY(work_->take(batch, keys_, flow, left));
  if (!left.empty()) {
    const table::Batch rows = with_sequence(table::gather(batch, left), numbered_input_, rows_seen_, left);
    TRY(set_aside(rows, left, aside_, 0));
  }
  rows_seen_ += static_cast<int64_t>(batch.rows);
  return {};
}

// `rows` are those at `left` of the rows whose keys were encoded last.
Status KeyedStage::set_aside(const table::Batch& rows, std::span<const uint32_t> left,
                             std::optional<SpillPartitions>& aside, unsigned level) {
  if (!aside) aside.emplace(numbered_input_, resources_, level);
  std::vector<uint32_t> partitions;
  partitions.reserve(left.size());
  for (const uint32_t row : left) partitions.push_back(aside->partition_of(keys_[row]));
  return aside->add(rows, partitions);
}

Status KeyedStage::finish(Flow& flow) {
  TRY(work_->finish(flow));
  work_.reset();
  if (!aside_) return {};
  // Sorting and the work that goes on meanwhile share the memory.
  resources_.memory_bytes /= 2;
  RowSorter sorter(numbered_output(), {{plan_.sequence_column}}, resources_);
  SortingFlow sorting(flow, sorter);
  TRY(work_on(*aside_, sorting));
  aside_.reset();
  return sorter.finish([&](table::Batch batch) {
    return flow.emit(without_column(std::move(batch), plan_.sequence_column, plan_.output));
  });
}

Status KeyedStage::work_on(SpillPartitions& aside, Flow& flow) {
  for (uint32_t partition = 0; partition < SpillPartitions::kCount; ++partition) {
    if (aside.is_empty(partition)) continue;
    const bool is_last_level = aside.level() + 1 == SpillPartitions::kLevelsMax;
    auto work = make_work_(Numbered::yes, is_last_level ? UINT64_MAX : resources_.memory_bytes);
    std::optional<SpillPartitions> deeper;
    TRY(aside.read(partition, [&](table::Batch batch) -> Status {
      keys_.encode(encoder_, batch);
      std::vector<uint32_t> left;
      TRY(work->take(batch, keys_, flow, left));
      return left.empty() ? Status() : set_aside(table::gather(batch, left), left, deeper, aside.level() + 1);
    }));
    TRY(work->finish(flow));
    work.reset();
    if (deeper) TRY(work_on(*deeper, flow));
  }
  return {};
}

table::SchemaPtr KeyedStage::numbered_output() const {
  std::vector<table::Field> fields = plan_.output->fields();
  fields.insert(fields.begin() + static_cast<std::ptrdiff_t>(plan_.sequence_column), {"", table::ColumnType::int64});
  return std::make_shared<const table::Schema>(std::move(fields));
}

}  // namespace aml::prep
