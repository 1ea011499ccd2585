// - sample: {percent: 10, seed: 1}      rows chosen by chance, in their order; {rows: 1000} chooses so many, and
//                                       {rows: 1000, by: [species]} gives every group its share
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/random.h"
#include "prep/held_rows.h"
#include "prep/step.h"
#include "prep/step_arguments.h"
#include "prep/stratified_sample.h"

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
  std::vector<PlacedName> by;
};

class SampleStep final : public Step {
 public:
  explicit SampleStep(SampleArguments arguments) : arguments_(std::move(arguments)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    by_.clear();
    for (const PlacedName& name : arguments_.by) by_.push_back({TRY(require_column(*input, name))});
    return schema_ = input;
  }

  StagePtr start(const Resources& resources) const override {
    if (arguments_.percent && !by_.empty())
      return start_stratified_percent(by_, *arguments_.percent, arguments_.seed, resources);
    if (!by_.empty()) return start_stratified_rows(schema_, by_, arguments_.rows, arguments_.seed, resources);
    if (arguments_.percent) return std::make_unique<PercentStage>(*arguments_.percent, arguments_.seed);
    return std::make_unique<RowsStage>(schema_, arguments_.rows, arguments_.seed, resources);
  }

 private:
  SampleArguments arguments_;
  table::SchemaPtr schema_;
  std::vector<KeyPart> by_;
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
