#include "prep/aggregate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "prep/key_table.h"
#include "prep/row_key.h"
#include "table/batch.h"

namespace aml::prep {
namespace {

using table::Column;
using table::ColumnBuilder;
using table::ColumnPtr;
using table::ColumnType;

__extension__ using Wide = __int128;

ColumnType same(ColumnType type) { return type; }
ColumnType integer(ColumnType) { return ColumnType::int64; }
ColumnType number(ColumnType) { return ColumnType::float64; }

double number_at(const Column& column, size_t row) {
  return column.type() == ColumnType::float64 ? column.doubles()[row] : static_cast<double>(column.ints()[row]);
}

template <class T>
void make_room(std::vector<T>& states, size_t group_count) {
  if (states.size() < group_count) states.resize(group_count);
}

template <class T>
const T& state_of(const std::vector<T>& states, size_t group) {
  static const T kNone{};
  return group < states.size() ? states[group] : kNone;
}

class Count final : public Aggregate {
 public:
  void add(const Column& column, std::span<const uint32_t> groups, size_t group_count) override {
    make_room(counts_, group_count);
    for (size_t row = 0; row < groups.size(); ++row) counts_[groups[row]] += column.is_valid(row) ? 1 : 0;
  }
  ColumnPtr results(size_t begin, size_t end) override {
    ColumnBuilder builder(ColumnType::int64);
    for (size_t group = begin; group < end; ++group) builder.append_int(state_of(counts_, group));
    return builder.finish();
  }
  uint64_t bytes() const override { return counts_.capacity() * sizeof(counts_[0]); }

 private:
  std::vector<int64_t> counts_;
};

// Whole numbers in 128 bits: no sum of fewer than 2^64 of them overflows on the way.
class WholeSum final : public Aggregate {
 public:
  enum class Wanted : uint8_t { sum, mean };
  explicit WholeSum(Wanted wanted) : wanted_(wanted) {}

  void add(const Column& column, std::span<const uint32_t> groups, size_t group_count) override {
    make_room(states_, group_count);
    for (size_t row = 0; row < groups.size(); ++row) {
      if (!column.is_valid(row)) continue;
      State& state = states_[groups[row]];
      state.sum += column.ints()[row];
      ++state.count;
    }
  }

  ColumnPtr results(size_t begin, size_t end) override {
    ColumnBuilder builder(wanted_ == Wanted::sum ? ColumnType::int64 : ColumnType::float64);
    for (size_t group = begin; group < end; ++group) {
      const State& state = state_of(states_, group);
      const bool fits =
          state.sum >= std::numeric_limits<int64_t>::min() && state.sum <= std::numeric_limits<int64_t>::max();
      if (state.count == 0) builder.append_missing();
      else if (wanted_ == Wanted::mean)
        builder.append_double(static_cast<double>(static_cast<long double>(state.sum) / state.count));
      else if (fits) builder.append_int(static_cast<int64_t>(state.sum));
      else builder.append_error(table::CellProblem::out_of_range);
    }
    return builder.finish();
  }
  uint64_t bytes() const override { return states_.capacity() * sizeof(State); }

 private:
  struct State {
    Wide sum = 0;
    uint64_t count = 0;
  };
  Wanted wanted_;
  std::vector<State> states_;
};

// Sums with the lost digits kept aside (Neumaier 1974), so that large and small numbers can be added in any order.
class RealSum final : public Aggregate {
 public:
  using Wanted = WholeSum::Wanted;
  explicit RealSum(Wanted wanted) : wanted_(wanted) {}

  void add(const Column& column, std::span<const uint32_t> groups, size_t group_count) override {
    make_room(states_, group_count);
    for (size_t row = 0; row < groups.size(); ++row) {
      if (!column.is_valid(row)) continue;
      State& state = states_[groups[row]];
      const double value = column.doubles()[row];
      const double sum = state.sum + value;
      state.lost += std::abs(state.sum) >= std::abs(value) ? (state.sum - sum) + value : (value - sum) + state.sum;
      state.sum = sum;
      ++state.count;
    }
  }

  ColumnPtr results(size_t begin, size_t end) override {
    ColumnBuilder builder(ColumnType::float64);
    for (size_t group = begin; group < end; ++group) {
      const State& state = state_of(states_, group);
      const double sum = state.sum + state.lost;
      const double result = wanted_ == Wanted::sum ? sum : sum / static_cast<double>(state.count);
      if (state.count == 0) builder.append_missing();
      else if (!std::isfinite(result)) builder.append_error(table::CellProblem::out_of_range);
      else builder.append_double(result);
    }
    return builder.finish();
  }
  uint64_t bytes() const override { return states_.capacity() * sizeof(State); }

 private:
  struct State {
    double sum = 0;
    double lost = 0;
    uint64_t count = 0;
  };
  Wanted wanted_;
  std::vector<State> states_;
};

// Of a sample, so divided by n - 1; by Welford's update, because the difference of squares loses all digits when the
// mean is much larger than the spread.
class Spread final : public Aggregate {
 public:
  enum class Wanted : uint8_t { variance, sd };
  explicit Spread(Wanted wanted) : wanted_(wanted) {}

  void add(const Column& column, std::span<const uint32_t> groups, size_t group_count) override {
    make_room(states_, group_count);
    for (size_t row = 0; row < groups.size(); ++row) {
      if (!column.is_valid(row)) continue;
      State& state = states_[groups[row]];
      const double value = number_at(column, row);
      const double before = value - state.mean;
      state.mean += before / static_cast<double>(++state.count);
      state.squares += before * (value - state.mean);
    }
  }

  ColumnPtr results(size_t begin, size_t end) override {
    ColumnBuilder builder(ColumnType::float64);
    for (size_t group = begin; group < end; ++group) {
      const State& state = state_of(states_, group);
      const double variance = state.squares / (static_cast<double>(state.count) - 1);
      if (state.count < 2) builder.append_missing();
      else if (!std::isfinite(variance)) builder.append_error(table::CellProblem::out_of_range);
      else builder.append_double(wanted_ == Wanted::variance ? variance : std::sqrt(variance));
    }
    return builder.finish();
  }
  uint64_t bytes() const override { return states_.capacity() * sizeof(State); }

 private:
  struct State {
    double mean = 0;
    double squares = 0;
    uint64_t count = 0;
  };
  Wanted wanted_;
  std::vector<State> states_;
};

// One cell of each group, with its original text.
class Pick final : public Aggregate {
 public:
  enum class Wanted : uint8_t { first, last, min, max };
  Pick(Wanted wanted, ColumnType type) : wanted_(wanted), type_(type) {}

  void add(const Column& column, std::span<const uint32_t> groups, size_t group_count) override {
    make_room(cells_, group_count);
    for (size_t row = 0; row < groups.size(); ++row)
      if (column.is_valid(row) && is_wanted(cells_[groups[row]], column, row)) take(cells_[groups[row]], column, row);
  }

  ColumnPtr results(size_t begin, size_t end) override {
    const bool has_text = std::any_of(cells_.begin(), cells_.end(), [](const Cell& cell) { return cell.has_text; });
    ColumnBuilder builder(type_, has_text ? table::KeepText::yes : table::KeepText::no);
    for (size_t group = begin; group < end; ++group) {
      const Cell& cell = state_of(cells_, group);
      const auto kept = std::make_shared<const std::string>(has_text && cell.is_valid ? text_of(cell) : "");
      const table::TextView text{std::string_view(*kept)};
      if (!text.is_inline()) builder.pin(kept);
      if (!cell.is_valid) builder.append_missing();
      else if (type_ == ColumnType::text) builder.append_text(text);
      else if (type_ == ColumnType::float64) builder.append_double(cell.real, text);
      else if (type_ == ColumnType::boolean) builder.append_boolean(cell.whole != 0, text);
      else builder.append_int(cell.whole, text);
    }
    return builder.finish();
  }
  uint64_t bytes() const override { return cells_.capacity() * sizeof(Cell) + text_bytes_; }

 private:
  struct Cell {
    bool is_valid = false;
    bool has_text = false;
    int64_t whole = 0;
    double real = 0;
    std::string text;
  };

  bool is_wanted(const Cell& cell, const Column& column, size_t row) const {
    if (!cell.is_valid || wanted_ == Wanted::last) return true;
    if (wanted_ == Wanted::first) return false;
    const int order = compare(column, row, cell);
    return wanted_ == Wanted::min ? order < 0 : order > 0;
  }

  int compare(const Column& column, size_t row, const Cell& cell) const {
    const auto sign = [](auto a, auto b) { return a < b ? -1 : a > b ? 1 : 0; };
    if (type_ == ColumnType::text) return column.texts()[row].view().compare(cell.text);
    if (type_ == ColumnType::float64) return sign(column.doubles()[row], cell.real);
    return sign(whole_at(column, row), cell.whole);
  }

  int64_t whole_at(const Column& column, size_t row) const {
    return type_ == ColumnType::boolean ? column.booleans()[row] : column.ints()[row];
  }

  void take(Cell& cell, const Column& column, size_t row) {
    cell.is_valid = true;
    if (type_ == ColumnType::float64) cell.real = column.doubles()[row];
    else if (type_ != ColumnType::text) cell.whole = whole_at(column, row);
    cell.has_text = !column.texts().empty();
    const size_t before = cell.text.capacity();
    cell.text.assign(cell.has_text ? column.texts()[row].view() : std::string_view());
    text_bytes_ += cell.text.capacity() - before;
  }

  // A computed value beside others that have their text.
  std::string text_of(const Cell& cell) const {
    if (cell.has_text) return cell.text;
    ColumnBuilder one(type_);
    if (type_ == ColumnType::float64) one.append_double(cell.real);
    else if (type_ == ColumnType::boolean) one.append_boolean(cell.whole != 0);
    else one.append_int(cell.whole);
    std::string text;
    one.finish()->append_text(text, 0);
    return text;
  }

  Wanted wanted_;
  ColumnType type_;
  std::vector<Cell> cells_;
  uint64_t text_bytes_ = 0;
};

// Different values, told apart by group and exact value.
class Distinct final : public Aggregate {
 public:
  void add(const Column& column, std::span<const uint32_t> groups, size_t group_count) override {
    make_room(counts_, group_count);
    // The encoder takes a batch; one that only borrows the column will do.
    const std::shared_ptr<const Column> borrowed(std::shared_ptr<const Column>(), &column);
    const table::Batch batch{nullptr, {borrowed}, groups.size()};
    keys_.encode(KeyEncoder(std::vector<KeyPart>(1)), batch);
    std::string key;
    for (size_t row = 0; row < groups.size(); ++row) {
      if (!column.is_valid(row)) continue;
      key.assign(reinterpret_cast<const char*>(&groups[row]), sizeof(groups[row]));
      key.append(keys_[row]);
      counts_[groups[row]] += seen_.insert(key).is_new ? 1 : 0;
    }
  }
  ColumnPtr results(size_t begin, size_t end) override {
    ColumnBuilder builder(ColumnType::int64);
    for (size_t group = begin; group < end; ++group) builder.append_int(state_of(counts_, group));
    return builder.finish();
  }
  uint64_t bytes() const override { return seen_.bytes() + counts_.capacity() * sizeof(counts_[0]); }

 private:
  std::vector<int64_t> counts_;
  BatchKeys keys_;
  KeyTable seen_;
};

// Exact, so all values are held. Between two values it is interpolated (R's type 7, numpy's default).
class Quantile final : public Aggregate {
 public:
  explicit Quantile(double share) : share_(share) {}

  void add(const Column& column, std::span<const uint32_t> groups, size_t group_count) override {
    make_room(values_, group_count);
    for (size_t row = 0; row < groups.size(); ++row) {
      if (!column.is_valid(row)) continue;
      std::vector<double>& values = values_[groups[row]];
      const size_t before = values.capacity();
      values.push_back(number_at(column, row));
      value_bytes_ += (values.capacity() - before) * sizeof(double);
    }
  }

  ColumnPtr results(size_t begin, size_t end) override {
    ColumnBuilder builder(ColumnType::float64);
    for (size_t group = begin; group < end; ++group) {
      if (group >= values_.size() || values_[group].empty()) builder.append_missing();
      else builder.append_double(quantile(values_[group]));
    }
    return builder.finish();
  }
  uint64_t bytes() const override { return values_.capacity() * sizeof(values_[0]) + value_bytes_; }

 private:
  double quantile(std::vector<double>& values) const {
    const double rank = share_ * static_cast<double>(values.size() - 1);
    const auto below = values.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(values.begin(), below, values.end());
    const double rest = rank - std::floor(rank);
    if (rest == 0) return *below;
    const double above = *std::min_element(below + 1, values.end());
    return *below + rest * (above - *below);
  }

  double share_;
  std::vector<std::vector<double>> values_;
  uint64_t value_bytes_ = 0;
};

using Made = std::unique_ptr<Aggregate>;

template <WholeSum::Wanted wanted>
Made make_sum(ColumnType type, double) {
  if (type == ColumnType::float64) return std::make_unique<RealSum>(wanted);
  return std::make_unique<WholeSum>(wanted);
}
template <Spread::Wanted wanted>
Made make_spread(ColumnType, double) {
  return std::make_unique<Spread>(wanted);
}
template <Pick::Wanted wanted>
Made make_pick(ColumnType type, double) {
  return std::make_unique<Pick>(wanted, type);
}

constexpr std::array kAggregates = {
    AggregateKind{"count", false, false, integer, [](ColumnType, double) -> Made { return std::make_unique<Count>(); }},
    AggregateKind{"sum", true, false, same, make_sum<WholeSum::Wanted::sum>},
    AggregateKind{"mean", true, false, number, make_sum<WholeSum::Wanted::mean>},
    AggregateKind{"min", false, false, same, make_pick<Pick::Wanted::min>},
    AggregateKind{"max", false, false, same, make_pick<Pick::Wanted::max>},
    AggregateKind{"variance", true, false, number, make_spread<Spread::Wanted::variance>},
    AggregateKind{"sd", true, false, number, make_spread<Spread::Wanted::sd>},
    AggregateKind{"first", false, false, same, make_pick<Pick::Wanted::first>},
    AggregateKind{"last", false, false, same, make_pick<Pick::Wanted::last>},
    AggregateKind{"distinct", false, false, integer,
                  [](ColumnType, double) -> Made { return std::make_unique<Distinct>(); }},
    AggregateKind{"median", true, false, number,
                  [](ColumnType, double) -> Made { return std::make_unique<Quantile>(0.5); }},
    AggregateKind{"quantile", true, true, number,
                  [](ColumnType, double share) -> Made { return std::make_unique<Quantile>(share); }},
};

}  // namespace

const AggregateKind* find_aggregate(std::string_view name) {
  for (const AggregateKind& kind : kAggregates)
    if (kind.name == name) return &kind;
  return nullptr;
}

std::vector<std::string> aggregate_names() {
  std::vector<std::string> names;
  for (const AggregateKind& kind : kAggregates) names.emplace_back(kind.name);
  return names;
}

}  // namespace aml::prep
