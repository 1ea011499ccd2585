#include "prep/join_stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "prep/pick.h"
#include "prep/row_sorter.h"
#include "table/cast.h"

namespace aml::prep {
namespace {

// The key columns of the other table in the types of the left ones.
void cast_keys(table::Batch& rows, const JoinPlan& plan, Failures& failures) {
  for (const size_t key : plan.keys) {
    const table::ColumnPtr before = rows.columns[key];
    const table::Field& field = (*plan.right)[key];
    if (field.type == before->type()) continue;
    rows.columns[key] = table::cast(*before, field.type);
    failures.count_column(field.name, rows, *rows.columns[key], {before});
  }
}

}  // namespace

JoinColumns numbered(const JoinColumns& columns) {
  JoinColumns result = columns;
  result.left = schema_with_sequence(*columns.left);
  result.added.push_back(columns.held->size());
  result.held = schema_with_sequence(*columns.held);
  std::vector<table::Field> fields = columns.schema->fields();
  const table::Field number{"", table::ColumnType::int64};
  fields.insert(fields.begin() + static_cast<std::ptrdiff_t>(columns.left->size()), number);
  if (columns.kind != JoinKind::anti) fields.push_back(number);
  result.schema = std::make_shared<const table::Schema>(std::move(fields));
  return result;
}

// Joined rows, on their way to be sorted by the numbers of the left and the right row: pairs in their order, then,
// since missing numbers come last, right rows alone.
class JoinStage::SortingFlow final : public Flow {
 public:
  SortingFlow(const JoinColumns& numbered, const Resources& resources, Flow& flow)
      : Flow(flow.failures()), flow_(flow), sorter_(numbered.schema, number_keys(numbered), resources) {}

  Status emit(table::Batch batch) override { return sorter_.add(batch); }

  // All of them without their numbers.
  Status finish(const JoinColumns& plain) {
    return sorter_.finish([&](table::Batch batch) -> Status {
      if (plain.kind != JoinKind::anti) batch.columns.pop_back();
      batch.columns.erase(batch.columns.begin() + static_cast<std::ptrdiff_t>(plain.left->size()));
      batch.schema = plain.schema;
      return flow_.emit(std::move(batch));
    });
  }

 private:
  static std::vector<KeyPart> number_keys(const JoinColumns& numbered) {
    std::vector<size_t> columns = {numbered.left->size() - 1};
    if (numbered.kind != JoinKind::anti) columns.push_back(numbered.schema->size() - 1);
    return key_parts(columns);
  }

  Flow& flow_;
  RowSorter sorter_;
};

JoinStage::JoinStage(const JoinPlan& plan, const Resources& resources)
    : plan_(plan),
      resources_(resources),
      numbered_(numbered(plan.columns)),
      joiner_(std::in_place, plan.columns, resources.cancel) {}

JoinStage::Aside JoinStage::make_aside(unsigned level) const {
  return {SpillPartitions(numbered_.left, resources_, level), SpillPartitions(numbered_.held, resources_, level)};
}

Status JoinStage::push(table::Batch batch, Flow& flow) {
  TRY(load(flow));
  if (joiner_) return joiner_->push_left(batch, flow);
  const auto rows = static_cast<int64_t>(batch.rows);
  TRY(set_aside(with_sequence(std::move(batch), numbered_.left, left_rows_, {}), numbered_.left_keys, aside_->left));
  left_rows_ += rows;
  return {};
}

Status JoinStage::load(Flow& flow) {
  if (is_loaded_) return {};
  is_loaded_ = true;
  const auto reader = TRY(plan_.other.open(resources_.cancel));
  while (auto batch = TRY(reader->next())) {
    cast_keys(*batch, plan_, flow.failures());
    TRY(add_right(pick_columns(*batch, plan_.columns.held, plan_.held)));
  }
  return {};
}

Status JoinStage::add_right(const table::Batch& rows) {
  if (aside_) {
    const auto count = static_cast<int64_t>(rows.rows);
    TRY(set_aside(with_sequence(rows, numbered_.held, right_rows_, {}), numbered_.right_keys, aside_->right));
    right_rows_ += count;
    return {};
  }
  joiner_->add_right(rows);
  if (joiner_->bytes() <= resources_.memory_bytes) return {};
  // It does not fit: what is held is set aside first.
  const Joiner held = *std::move(joiner_);
  joiner_.reset();
  aside_.emplace(make_aside(0));
  for (uint32_t begin = 0; begin < held.right_rows(); begin += table::kBatchRows)
    TRY(add_right(held.read_right(begin, std::min<uint32_t>(held.right_rows(), begin + table::kBatchRows))));
  return {};
}

// Rows without a key are joined with none, wherever they are.
Status JoinStage::set_aside(const table::Batch& rows, const std::vector<size_t>& keys, SpillPartitions& partitions) {
  BatchKeys encoded;
  encoded.encode(KeyEncoder(key_parts(keys)), rows);
  std::vector<uint32_t> places;
  places.reserve(rows.rows);
  for (size_t row = 0; row < rows.rows; ++row) places.push_back(partitions.partition_of(encoded[row]));
  return partitions.add(rows, places);
}

Status JoinStage::finish(Flow& flow) {
  TRY(load(flow));
  if (joiner_) return joiner_->finish(flow);
  // Sorting and the right rows of a partition share the memory.
  resources_.memory_bytes /= 2;
  SortingFlow sorting(numbered_, resources_, flow);
  TRY(join_partitions(*aside_, sorting));
  aside_.reset();
  return sorting.finish(plan_.columns);
}

Status JoinStage::join_partitions(Aside& aside, Flow& flow) {
  for (uint32_t partition = 0; partition < SpillPartitions::kCount; ++partition)
    if (!aside.left.is_empty(partition) || !aside.right.is_empty(partition))
      TRY(join_partition(aside, partition, flow));
  return {};
}

Status JoinStage::join_partition(Aside& aside, uint32_t partition, Flow& flow) {
  std::optional<Joiner> joiner(std::in_place, numbered_, resources_.cancel);
  const bool is_last_level = aside.right.level() + 1 == SpillPartitions::kLevelsMax;
  TRY(aside.right.read(partition, [&](table::Batch rows) -> Status {
    if (!joiner) return {};
    joiner->add_right(rows);
    if (joiner->bytes() <= resources_.memory_bytes) return {};
    if (is_last_level)
      return check_memory(joiner->bytes(), "join", fmt::format("{} rows of one key", joiner->right_rows()), resources_);
    joiner.reset();
    return {};
  }));
  if (!joiner) return set_apart_again(aside, partition, flow);
  TRY(aside.left.read(partition, [&](table::Batch rows) { return joiner->push_left(rows, flow); }));
  return joiner->finish(flow);
}

Status JoinStage::set_apart_again(Aside& aside, uint32_t partition, Flow& flow) {
  Aside deeper = make_aside(aside.right.level() + 1);
  TRY(aside.right.read(partition,
                       [&](table::Batch rows) { return set_aside(rows, numbered_.right_keys, deeper.right); }));
  TRY(aside.left.read(partition, [&](table::Batch rows) { return set_aside(rows, numbered_.left_keys, deeper.left); }));
  return join_partitions(deeper, flow);
}

}  // namespace aml::prep
