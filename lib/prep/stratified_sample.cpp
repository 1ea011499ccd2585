#include "prep/stratified_sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"
#include "prep/held_rows.h"
#include "prep/key_table.h"
#include "table/value_counter.h"

namespace aml::prep {
namespace {

class PercentStage final : public Stage {
 public:
  PercentStage(std::vector<KeyPart> by, double percent, uint64_t seed, const Resources& resources)
      : encoder_(std::move(by)), share_(percent / 100), random_(seed, 1), resources_(resources) {}

  Status push(table::Batch batch, Flow& flow) override {
    keys_.encode(encoder_, batch);
    std::vector<uint32_t> rows;
    for (uint32_t row = 0; row < batch.rows; ++row) {
      const KeyTable::Found group = groups_.insert(keys_[row]);
      if (group.is_new) places_.push_back(random_.unit_at(table::hash_text(keys_[row])));
      // A row is taken when its place passes a whole number.
      double& place = places_[group.index];
      const double next = place + share_;
      if (std::floor(next) > std::floor(place)) rows.push_back(row);
      place = next - std::floor(next);
    }
    TRY(check_memory(groups_.bytes(), "sample", fmt::format("{} groups", groups_.size()), resources_));
    return flow.emit(table::gather(batch, rows));
  }

 private:
  KeyEncoder encoder_;
  double share_;
  Random random_;
  Resources resources_;
  BatchKeys keys_;
  KeyTable groups_;
  std::vector<double> places_;  // of each group: what has come together since its last row was taken
};

// The rows with the smallest draws of each group: each set of that size is equally likely.
class RowsStage final : public Stage {
 public:
  RowsStage(table::SchemaPtr schema, std::vector<KeyPart> by, uint64_t wanted, uint64_t seed,
            const Resources& resources)
      : schema_(std::move(schema)),
        encoder_(std::move(by)),
        wanted_(wanted),
        random_(seed, 0),
        resources_(resources),
        held_(schema_) {}

  Status push(table::Batch batch, Flow&) override {
    keys_.encode(encoder_, batch);
    std::vector<uint32_t> rows;
    for (uint32_t row = 0; row < batch.rows; ++row) {
      const KeyTable::Found found = names_.insert(keys_[row]);
      if (found.is_new) groups_.emplace_back();
      if (admit(groups_[found.index], random_.at(seen_ + row), static_cast<uint32_t>(held_.size() + rows.size())))
        rows.push_back(row);
    }
    seen_ += batch.rows;
    held_.add(table::gather(batch, rows));
    if (held_.size() > 2 * live_ + table::kBatchRows) drop_surplus();
    return check_memory(held_.bytes() + names_.bytes() + held_.size() * sizeof(Draw), "sample",
                        fmt::format("{} rows of {} groups", held_.size(), groups_.size()), resources_);
  }

  Status finish(Flow& flow) override {
    const std::vector<uint64_t> quotas = share_out();
    std::vector<uint32_t> slots;
    for (size_t i = 0; i < groups_.size(); ++i) {
      std::vector<Draw>& draws = groups_[i].draws;
      std::sort(draws.begin(), draws.end());
      for (size_t k = 0; k < quotas[i]; ++k) slots.push_back(draws[k].slot);
    }
    std::sort(slots.begin(), slots.end());
    for (size_t begin = 0; begin < slots.size(); begin += table::kBatchRows)
      TRY(flow.emit(held_.read(std::span(slots).subspan(begin, std::min(table::kBatchRows, slots.size() - begin)))));
    return {};
  }

 private:
  struct Draw {
    uint64_t number = 0;
    uint32_t slot = 0;  // of the row in held_
    bool operator<(const Draw& other) const {
      return number != other.number ? number < other.number : slot < other.slot;
    }
  };
  struct Group {
    uint64_t rows = 0;
    std::vector<Draw> draws;  // a heap: the largest first
  };

  bool admit(Group& group, uint64_t number, uint32_t slot) {
    ++group.rows;
    if (wanted_ == 0) return false;
    if (group.draws.size() == wanted_) {
      if (number >= group.draws.front().number) return false;
      std::pop_heap(group.draws.begin(), group.draws.end());
      group.draws.pop_back();
      --live_;
    }
    group.draws.push_back({number, slot});
    std::push_heap(group.draws.begin(), group.draws.end());
    ++live_;
    return true;
  }

  // Rows that lost their place go; the others keep their order.
  void drop_surplus() {
    std::vector<Draw*> draws;
    for (Group& group : groups_)
      for (Draw& draw : group.draws) draws.push_back(&draw);
    std::sort(draws.begin(), draws.end(), [](const Draw* a, const Draw* b) { return a->slot < b->slot; });
    std::vector<uint32_t> slots;
    for (Draw* draw : draws) {
      slots.push_back(draw->slot);
      draw->slot = static_cast<uint32_t>(slots.size() - 1);
    }
    HeldRows kept(schema_);
    for (size_t begin = 0; begin < slots.size(); begin += table::kBatchRows)
      kept.add(held_.read(std::span(slots).subspan(begin, std::min(table::kBatchRows, slots.size() - begin))));
    held_ = std::move(kept);
  }

  // How many rows of each group, by the method of Hamilton; equal remainders go to the group that came first.
  std::vector<uint64_t> share_out() const {
    const uint64_t total = std::min(wanted_, seen_);
    std::vector<uint64_t> quotas;
    std::vector<std::pair<double, size_t>> remainders;
    uint64_t given = 0;
    for (size_t i = 0; i < groups_.size(); ++i) {
      const double exact =
          static_cast<double>(total) * (static_cast<double>(groups_[i].rows) / static_cast<double>(seen_));
      quotas.push_back(std::min<uint64_t>(static_cast<uint64_t>(exact), groups_[i].draws.size()));
      given += quotas.back();
      remainders.emplace_back(exact - std::floor(exact), i);
    }
    std::stable_sort(remainders.begin(), remainders.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (size_t i = 0; i < remainders.size() && given < total; ++i) {
      const size_t group = remainders[i].second;
      if (quotas[group] == groups_[group].draws.size()) continue;
      ++quotas[group];
      ++given;
    }
    return quotas;
  }

  table::SchemaPtr schema_;
  KeyEncoder encoder_;
  uint64_t wanted_;
  Random random_;
  Resources resources_;
  HeldRows held_;
  BatchKeys keys_;
  KeyTable names_;
  std::vector<Group> groups_;
  uint64_t live_ = 0;  // draws of all groups
  uint64_t seen_ = 0;
};

}  // namespace

StagePtr start_stratified_percent(std::vector<KeyPart> by, double percent, uint64_t seed, const Resources& resources) {
  return std::make_unique<PercentStage>(std::move(by), percent, seed, resources);
}

StagePtr start_stratified_rows(const table::SchemaPtr& schema, std::vector<KeyPart> by, uint64_t rows, uint64_t seed,
                               const Resources& resources) {
  return std::make_unique<RowsStage>(schema, std::move(by), rows, seed, resources);
}

}  // namespace aml::prep
