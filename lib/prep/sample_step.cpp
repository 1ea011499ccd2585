// - sample: {percent: 10, seed: 1}      rows chosen by chance, in their order; {rows: 1000} chooses so many
// - sample: {percent: 10, by: [class]}      the same share, or as many rows, of every group
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/random.h"
#include "prep/group_rows.h"
#include "prep/held_rows.h"
#include "prep/row_spool.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

// The random number of a row is a function of the seed and the number of the row at this step.
class PercentStage final : public Stage {
 public:
  PercentStage(double percent, uint64_t seed) : share_(percent / 100), random_(seed, 0) {}

  Status push(table::Batch batch, Flow& flow) override {
    std::vector<uint32_t> rows;
    for (uint32_t row = 0; row < batch.rows; ++row)
      if (random_.unit_at(seen_ + row) < share_) rows.push_back(row);
    seen_ += batch.rows;
    return flow.emit(table::gather(batch, rows));
  }

 private:
  double share_;
  Random random_;
  uint64_t seen_ = 0;
};

// Keeps the rows with the smallest random numbers: each set of that size is equally likely.
class RowsStage final : public Stage {
 public:
  RowsStage(table::SchemaPtr schema, size_t wanted, uint64_t seed, const Resources& resources)
      : schema_(std::move(schema)), wanted_(wanted), random_(seed, 0), resources_(resources), held_(schema_) {}

  Status push(table::Batch batch, Flow&) override {
    std::vector<uint32_t> rows;
    for (uint32_t row = 0; row < batch.rows; ++row) {
      const uint64_t number = random_.at(seen_ + row);
      if (number > largest_) continue;
      rows.push_back(row);
      numbers_.push_back(number);
    }
    seen_ += batch.rows;
    held_.add(table::gather(batch, rows));
    if (numbers_.size() > 2 * wanted_ + table::kBatchRows) drop_surplus();
    return check_memory(held_.bytes() + numbers_.capacity() * sizeof(uint64_t), "sample",
                        fmt::format("{} rows", numbers_.size()), resources_);
  }

  Status finish(Flow& flow) override {
    drop_surplus();
    for (size_t begin = 0; begin < held_.size(); begin += table::kBatchRows)
      TRY(flow.emit(held_.read(begin, std::min(held_.size(), begin + table::kBatchRows))));
    return {};
  }

 private:
  void drop_surplus() {
    if (numbers_.size() <= wanted_) return;
    std::vector<uint32_t> rows(numbers_.size());
    std::iota(rows.begin(), rows.end(), 0U);
    const auto end = rows.begin() + static_cast<std::ptrdiff_t>(wanted_);
    std::nth_element(rows.begin(), end, rows.end(), [&](uint32_t a, uint32_t b) {
      return numbers_[a] != numbers_[b] ? numbers_[a] < numbers_[b] : a < b;
    });
    rows.erase(end, rows.end());
    std::sort(rows.begin(), rows.end());
    HeldRows kept(schema_);
    std::vector<uint64_t> numbers;
    largest_ = 0;
    for (size_t begin = 0; begin < rows.size(); begin += table::kBatchRows)
      kept.add(held_.read(std::span(rows).subspan(begin, std::min(table::kBatchRows, rows.size() - begin))));
    for (const uint32_t row : rows) {
      numbers.push_back(numbers_[row]);
      largest_ = std::max(largest_, numbers_[row]);
    }
    held_ = std::move(kept);
    numbers_ = std::move(numbers);
  }

  table::SchemaPtr schema_;
  size_t wanted_;
  Random random_;
  Resources resources_;
  HeldRows held_;
  std::vector<uint64_t> numbers_;  // of the rows held
  uint64_t largest_ = UINT64_MAX;  // that can still be among the smallest
  uint64_t seen_ = 0;
};

struct SampleArguments {
  std::optional<double> percent;
  uint64_t rows = 0;
  uint64_t seed = 0;
  std::vector<PlacedName> by = {};
};

// The rows of each group with the smallest random numbers, as many as it is to have.
class GroupsStage final : public Stage {
 public:
  GroupsStage(const table::SchemaPtr& schema, const std::vector<size_t>& by, const SampleArguments& arguments,
              const Resources& resources)
      : arguments_(arguments),
        random_(arguments.seed, 0),
        resources_(resources),
        groups_(*schema, by),
        rows_(schema, resources) {}

  Status push(table::Batch batch, Flow&) override {
    for (const uint32_t group : groups_.add(batch)) {
      const auto row = static_cast<uint32_t>(drawn_.size());
      drawn_.push_back({random_.at(row), group, row});
    }
    if (drawn_.size() > UINT32_MAX)
      return Error{ErrorKind::bad_data, "'sample' by groups takes at most 4294967295 rows",
                   "sample without 'by' first"};
    TRY(check_memory(groups_.bytes() + drawn_.capacity() * sizeof(Drawn), "sample",
                     fmt::format("the numbers of {} rows", drawn_.size()), resources_));
    return rows_.add(batch);
  }

  Status finish(Flow& flow) override {
    const std::vector<bool> is_chosen = choose();
    size_t first = 0;
    return rows_.drain([&](const table::Batch& batch) -> Status {
      std::vector<uint32_t> rows;
      for (uint32_t row = 0; row < batch.rows; ++row)
        if (is_chosen[first + row]) rows.push_back(row);
      first += batch.rows;
      return rows.empty() ? Status() : flow.emit(table::gather(batch, rows));
    });
  }

 private:
  struct Drawn {
    uint64_t number = 0;
    uint32_t group = 0;
    uint32_t row = 0;
  };

  // A share is rounded to whole rows, halves up.
  size_t wanted_of(size_t rows) const {
    if (!arguments_.percent) return std::min<size_t>(rows, arguments_.rows);
    return static_cast<size_t>(static_cast<double>(rows) * *arguments_.percent / 100 + 0.5);
  }

  std::vector<bool> choose() {
    std::vector<bool> is_chosen(drawn_.size(), false);
    std::sort(drawn_.begin(), drawn_.end(), [](const Drawn& a, const Drawn& b) {
      return std::tie(a.group, a.number, a.row) < std::tie(b.group, b.number, b.row);
    });
    for (size_t begin = 0, end = 0; begin < drawn_.size(); begin = end) {
      while (end < drawn_.size() && drawn_[end].group == drawn_[begin].group) ++end;
      const size_t wanted = wanted_of(end - begin);
      for (size_t i = begin; i < begin + wanted; ++i) is_chosen[drawn_[i].row] = true;
    }
    return is_chosen;
  }

  SampleArguments arguments_;
  Random random_;
  Resources resources_;
  GroupRows groups_;
  RowSpool rows_;
  std::vector<Drawn> drawn_;
};

class SampleStep final : public Step {
 public:
  explicit SampleStep(SampleArguments arguments) : arguments_(std::move(arguments)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    by_.clear();
    for (const PlacedName& name : arguments_.by) by_.push_back(TRY(require_column(*input, name)));
    return schema_ = input;
  }

  StagePtr start(const Resources& resources) const override {
    if (!by_.empty()) return std::make_unique<GroupsStage>(schema_, by_, arguments_, resources);
    if (arguments_.percent) return std::make_unique<PercentStage>(*arguments_.percent, arguments_.seed);
    return std::make_unique<RowsStage>(schema_, arguments_.rows, arguments_.seed, resources);
  }

 private:
  SampleArguments arguments_;
  std::vector<size_t> by_;
  table::SchemaPtr schema_;
};

}  // namespace

Result<StepPtr> make_sample_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"percent", "rows", "seed", "by"}, "sample"));
  const text::Yaml* percent = node.find("percent");
  const text::Yaml* rows = node.find("rows");
  if ((percent == nullptr) == (rows == nullptr))
    return node.error("'sample' takes either percent or rows", "for example: sample: {percent: 10, seed: 1}");
  SampleArguments arguments;
  if (percent != nullptr) {
    arguments.percent = percent->as_double();
    if (!arguments.percent || !(*arguments.percent >= 0 && *arguments.percent <= 100))
      return percent->error("'percent' of 'sample' must be a number from 0 to 100");
  } else {
    arguments.rows = TRY(read_count(*rows, "'rows' of 'sample'"));
  }
  if (const text::Yaml* seed = node.find("seed")) arguments.seed = TRY(read_count(*seed, "'seed' of 'sample'"));
  if (const text::Yaml* by = node.find("by")) arguments.by = TRY(read_names(*by, "by"));
  return StepPtr(std::make_unique<SampleStep>(std::move(arguments)));
}

}  // namespace aml::prep
