#include "prep/row_sorter.h"

#include <algorithm>
#include <cstring>
#include <queue>

namespace aml::prep {
namespace {

// Each run needs a buffer while it is merged; together they stay within the budget.
constexpr size_t kReadBytesMax = size_t{1} << 20;
constexpr size_t kReadBytesMin = size_t{64} << 10;
constexpr size_t kRunsAtOnceMin = 4;
constexpr size_t kRunsAtOnceMax = 256;

// Keys tell where they end, so none is the beginning of another.
int compare_keys(std::string_view a, std::string_view b) {
  return std::memcmp(a.data(), b.data(), std::min(a.size(), b.size()));
}

// Reads the records of one run, a buffer at a time. A record is valid until the next call.
class RunReader {
 public:
  RunReader(const SpillFile& file, uint64_t begin, uint64_t end, size_t buffer_bytes)
      : file_(&file), next_(begin), end_(end), buffer_bytes_(buffer_bytes) {}

  // False at the end.
  Result<bool> advance() {
    if (at_ == buffer_.size() && next_ == end_) return false;
    TRY(require(SortRecord::kHeadBytes));
    TRY(require(SortRecord::size_at(buffer_.data() + at_)));
    record_ = SortRecord::at(buffer_.data() + at_);
    prefix_ = key_word(record_.key, 0);
    at_ += record_.bytes.size();
    return true;
  }

  const SortRecord& record() const { return record_; }

  bool is_behind(const RunReader& other) const {
    if (prefix_ != other.prefix_) return prefix_ > other.prefix_;
    return compare_keys(record_.key, other.record_.key) > 0;
  }
  bool is_equal(const RunReader& other) const { return record_.key == other.record_.key; }

 private:
  Status require(size_t bytes) {
    const size_t rest = buffer_.size() - at_;
    if (rest >= bytes) return {};
    const size_t wanted = std::max(bytes, buffer_bytes_);
    const auto fresh = static_cast<size_t>(std::min<uint64_t>(wanted - rest, end_ - next_));
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_));
    at_ = 0;
    buffer_.resize(rest + fresh);
    TRY(file_->read(next_, std::span(buffer_).subspan(rest)));
    next_ += fresh;
    return {};
  }

  const SpillFile* file_;
  uint64_t next_;  // in the file
  uint64_t end_;
  size_t buffer_bytes_;
  std::vector<char> buffer_;
  size_t at_ = 0;
  SortRecord record_ = {};
  uint64_t prefix_ = 0;
};

size_t runs_at_once(const Resources& resources) {
  return std::clamp<size_t>(resources.memory_bytes / (2 * kReadBytesMax), kRunsAtOnceMin, kRunsAtOnceMax);
}

}  // namespace

// Collects rows that come in order and emits them as batches.
class RowSorter::Output {
 public:
  Output(const RowCodec& codec, const Resources& resources, const std::function<Status(table::Batch)>& emit)
      : codec_(codec), resources_(resources), emit_(emit) {}

  // The row is copied.
  Status add(std::string_view row) {
    char* copy = arena_.allocate(row.size());
    std::memcpy(copy, row.data(), row.size());
    rows_.push_back(copy);
    return rows_.size() == table::kBatchRows || arena_.bytes() > kBytesMax ? drain() : Status();
  }

  Status drain() {
    if (resources_.cancel != nullptr) TRY(resources_.cancel->check());
    if (rows_.empty()) return {};
    table::Batch batch = codec_.decode(rows_, arena_.pin());
    rows_.clear();
    arena_.clear();
    return emit_(std::move(batch));
  }

 private:
  static constexpr size_t kBytesMax = size_t{8} << 20;  // batches of very long rows have fewer
  const RowCodec& codec_;
  const Resources& resources_;
  const std::function<Status(table::Batch)>& emit_;
  RowArena arena_;
  std::vector<const char*> rows_;
};

// Sorting needs room for the entries once more.
size_t RowSorter::held_bytes() const { return arena_.bytes() + entries_.capacity() * sizeof(SortEntry) * 2; }

Status RowSorter::add(const table::Batch& batch) {
  std::vector<uint32_t> key_sizes(batch.rows, 0);
  std::vector<uint32_t> row_sizes(batch.rows, 0);
  keys_.add_sizes(batch, key_sizes);
  codec_.add_sizes(batch, row_sizes);
  std::vector<char*> cursors(batch.rows);
  const size_t first = entries_.size();
  for (size_t row = 0; row < batch.rows; ++row) {
    char* record = arena_.allocate(SortRecord::kHeadBytes + key_sizes[row] + row_sizes[row]);
    std::memcpy(record, &key_sizes[row], sizeof(uint32_t));
    std::memcpy(record + sizeof(uint32_t), &row_sizes[row], sizeof(uint32_t));
    cursors[row] = record + SortRecord::kHeadBytes;
    entries_.push_back({0, record});
  }
  keys_.write(batch, cursors);
  codec_.write(batch, cursors);
  for (size_t row = 0; row < batch.rows; ++row) {
    SortEntry& entry = entries_[first + row];
    entry.word = key_word({entry.record + SortRecord::kHeadBytes, key_sizes[row]}, 0);
  }
  return held_bytes() > resources_.memory_bytes ? spill() : Status();
}

Status RowSorter::spill() {
  if (resources_.cancel != nullptr) TRY(resources_.cancel->check());
  if (!file_) file_.emplace(TRY(SpillFile::create(resources_.temporary_folder)));
  sort_by_key(entries_, scratch_);
  Run run{file_->size(), 0};
  constexpr size_t kPrefetchAhead = 8;
  for (size_t i = 0; i < entries_.size(); ++i) {
    if (i + kPrefetchAhead < entries_.size()) __builtin_prefetch(entries_[i + kPrefetchAhead].record);
    TRY(file_->append(SortRecord::at(entries_[i].record).bytes));
  }
  TRY(file_->flush());
  run.end = file_->size();
  runs_.push_back(run);
  entries_.clear();
  arena_.clear();
  return {};
}

Status RowSorter::finish(const std::function<Status(table::Batch)>& emit) {
  if (!file_) return emit_held(emit);
  if (!entries_.empty()) TRY(spill());
  entries_ = {};
  scratch_ = {};
  TRY(merge_in_passes());
  Output output(codec_, resources_, emit);
  TRY(merge(runs_, [&](const SortRecord& record) { return output.add(record.row); }));
  return output.drain();
}

Status RowSorter::emit_held(const std::function<Status(table::Batch)>& emit) {
  sort_by_key(entries_, scratch_);
  std::vector<const char*> rows;
  for (size_t begin = 0; begin < entries_.size(); begin += table::kBatchRows) {
    if (resources_.cancel != nullptr) TRY(resources_.cancel->check());
    rows.clear();
    for (size_t i = begin; i < std::min(entries_.size(), begin + table::kBatchRows); ++i)
      rows.push_back(SortRecord::at(entries_[i].record).row.data());
    TRY(emit(codec_.decode(rows, arena_.pin())));
  }
  entries_ = {};
  arena_.clear();
  return {};
}

// Makes few runs of many, neighbours together, so that equal rows keep their order.
Status RowSorter::merge_in_passes() {
  const size_t at_once = runs_at_once(resources_);
  while (runs_.size() > at_once) {
    SpillFile next = TRY(SpillFile::create(resources_.temporary_folder));
    std::vector<Run> merged;
    for (size_t i = 0; i < runs_.size(); i += at_once) {
      const uint64_t begin = next.size();
      const auto group = std::span<const Run>(runs_).subspan(i, std::min(at_once, runs_.size() - i));
      TRY(merge(group, [&](const SortRecord& record) { return next.append(record.bytes); }));
      merged.push_back({begin, next.size()});
    }
    TRY(next.flush());
    file_.emplace(std::move(next));
    runs_ = std::move(merged);
  }
  return {};
}

Status RowSorter::merge(std::span<const Run> runs, const std::function<Status(const SortRecord&)>& take) const {
  const size_t buffer =
      std::clamp(static_cast<size_t>(resources_.memory_bytes) / (2 * runs.size()), kReadBytesMin, kReadBytesMax);
  std::vector<RunReader> readers;
  for (const Run& run : runs) readers.emplace_back(*file_, run.begin, run.end, buffer);
  // The earlier run goes first among equals.
  const auto is_behind = [&](size_t a, size_t b) {
    if (readers[a].is_equal(readers[b])) return a > b;
    return readers[a].is_behind(readers[b]);
  };
  std::priority_queue<size_t, std::vector<size_t>, decltype(is_behind)> queue(is_behind);
  for (size_t i = 0; i < readers.size(); ++i)
    if (TRY(readers[i].advance())) queue.push(i);
  while (!queue.empty()) {
    const size_t first = queue.top();
    queue.pop();
    TRY(take(readers[first].record()));
    if (TRY(readers[first].advance())) queue.push(first);
  }
  return {};
}

}  // namespace aml::prep
