#include "prep/window_function.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <limits>

namespace aml::prep {
namespace {

using table::CellProblem;
using table::Column;
using table::ColumnBuilder;
using table::ColumnPtr;
using table::ColumnType;

__extension__ using Wide = __int128;

template <class T>
void make_room(std::vector<T>& states, size_t group_count) {
  if (states.size() < group_count) states.resize(group_count);
}

// row_number, rank and dense_rank differ in what a tie does.
enum class Ranking : uint8_t { row_number, rank, dense_rank };

class Rank final : public WindowFunction {
 public:
  explicit Rank(Ranking ranking) : ranking_(ranking) {}

  ColumnPtr add(const Column&, std::span<const uint32_t> groups, size_t group_count,
                std::span<const uint8_t> is_tie) override {
    make_room(states_, group_count);
    ColumnBuilder builder(ColumnType::int64);
    builder.reserve(groups.size());
    for (size_t row = 0; row < groups.size(); ++row) {
      State& state = states_[groups[row]];
      ++state.rows;
      const bool moves = ranking_ == Ranking::row_number || is_tie[row] == 0;
      if (moves) state.rank = ranking_ == Ranking::dense_rank ? state.rank + 1 : state.rows;
      builder.append_int(state.rank);
    }
    return builder.finish();
  }
  uint64_t bytes() const override { return states_.capacity() * sizeof(State); }

 private:
  struct State {
    int64_t rows = 0;
    int64_t rank = 0;
  };
  Ranking ranking_;
  std::vector<State> states_;
};

// A cell that outlives its batch.
struct KeptCell {
  std::optional<CellProblem> problem = {};
  bool is_valid = false;
  int64_t whole = 0;
  double real = 0;
  std::string text = {};
};

KeptCell keep_cell(const Column& column, size_t row) {
  KeptCell cell;
  if (const table::CellError* error = column.error_at(row)) cell.problem = error->problem;
  cell.is_valid = column.is_valid(row);
  if (!cell.is_valid) return cell;
  if (column.type() == ColumnType::text) cell.text = column.texts()[row].view();
  else if (column.type() == ColumnType::float64) cell.real = column.doubles()[row];
  else if (column.type() == ColumnType::boolean) cell.whole = column.booleans()[row];
  else cell.whole = column.ints()[row];
  return cell;
}

void append_kept(ColumnBuilder& builder, ColumnType type, const KeptCell& cell) {
  if (cell.problem) builder.append_error(*cell.problem);
  else if (!cell.is_valid) builder.append_missing();
  else if (type == ColumnType::text) builder.append_owned_text(cell.text);
  else if (type == ColumnType::float64) builder.append_double(cell.real);
  else if (type == ColumnType::boolean) builder.append_boolean(cell.whole != 0);
  else builder.append_int(cell.whole);
}

class Lag final : public WindowFunction {
 public:
  Lag(ColumnType type, uint64_t distance) : type_(type), distance_(distance) {}

  ColumnPtr add(const Column& column, std::span<const uint32_t> groups, size_t group_count,
                std::span<const uint8_t>) override {
    make_room(states_, group_count);
    ColumnBuilder builder(type_);
    builder.reserve(groups.size());
    for (size_t row = 0; row < groups.size(); ++row) {
      std::deque<KeptCell>& cells = states_[groups[row]];
      cells.push_back(keep_cell(column, row));
      bytes_ += sizeof(KeptCell) + cells.back().text.size();
      if (cells.size() <= distance_) {
        builder.append_missing();
        continue;
      }
      append_kept(builder, type_, cells.front());
      bytes_ -= sizeof(KeptCell) + cells.front().text.size();
      cells.pop_front();
    }
    return builder.finish();
  }
  uint64_t bytes() const override { return bytes_ + states_.capacity() * sizeof(std::deque<KeptCell>); }

 private:
  ColumnType type_;
  uint64_t distance_;
  std::vector<std::deque<KeptCell>> states_;
  uint64_t bytes_ = 0;
};

// Sum, mean, count, minimum and maximum of values of type T seen so far.
template <class T>
struct Running {
  using Sum = std::conditional_t<std::is_same_v<T, double>, double, Wide>;
  Sum sum = 0;
  double lost = 0;  // the digits that a sum of doubles loses (Neumaier 1974)
  int64_t count = 0;
  T least = 0, most = 0;

  void add(T value) {
    if constexpr (std::is_same_v<T, double>) {
      const double next = sum + value;
      lost += std::abs(sum) >= std::abs(value) ? (sum - next) + value : (value - next) + sum;
      sum = next;
    } else {
      sum += value;
    }
    least = count == 0 ? value : std::min(least, value);
    most = count == 0 ? value : std::max(most, value);
    ++count;
  }
};

enum class Wanted : uint8_t { sum, mean, count, min, max };

void append_number(ColumnBuilder& builder, double value) {
  if (std::isfinite(value)) builder.append_double(value);
  else builder.append_error(CellProblem::out_of_range);
}

void append_whole(ColumnBuilder& builder, Wide value) {
  const bool fits = value >= std::numeric_limits<int64_t>::min() && value <= std::numeric_limits<int64_t>::max();
  if (fits) builder.append_int(static_cast<int64_t>(value));
  else builder.append_error(CellProblem::out_of_range);
}

template <class T>
void append_wanted(ColumnBuilder& builder, Wanted wanted, const Running<T>& running) {
  if (wanted == Wanted::count) return builder.append_int(running.count);
  if (running.count == 0) return builder.append_missing();
  const auto count = static_cast<double>(running.count);
  if constexpr (std::is_same_v<T, double>) {
    const double sum = running.sum + running.lost;
    if (wanted == Wanted::sum) append_number(builder, sum);
    else if (wanted == Wanted::mean) append_number(builder, sum / count);
    else builder.append_double(wanted == Wanted::min ? running.least : running.most);
  } else {
    if (wanted == Wanted::sum) append_whole(builder, running.sum);
    else if (wanted == Wanted::mean)
      append_number(builder, static_cast<double>(static_cast<long double>(running.sum) / running.count));
    else builder.append_int(wanted == Wanted::min ? running.least : running.most);
  }
}

template <class T>
std::span<const T> values_of(const Column& column) {
  if constexpr (std::is_same_v<T, double>) return column.doubles();
  else return column.ints();
}

ColumnType result_type(Wanted wanted, ColumnType type) {
  if (wanted == Wanted::count) return ColumnType::int64;
  return wanted == Wanted::mean ? ColumnType::float64 : type;
}

// From the first row of the group to this one.
template <class T>
class RunningFunction final : public WindowFunction {
 public:
  RunningFunction(Wanted wanted, ColumnType type) : wanted_(wanted), type_(type) {}

  ColumnPtr add(const Column& column, std::span<const uint32_t> groups, size_t group_count,
                std::span<const uint8_t>) override {
    make_room(states_, group_count);
    ColumnBuilder builder(result_type(wanted_, type_));
    builder.reserve(groups.size());
    const auto values = values_of<T>(column);
    for (size_t row = 0; row < groups.size(); ++row) {
      Running<T>& state = states_[groups[row]];
      if (column.is_valid(row)) state.add(values[row]);
      append_wanted(builder, wanted_, state);
    }
    return builder.finish();
  }
  uint64_t bytes() const override { return states_.capacity() * sizeof(Running<T>); }

 private:
  Wanted wanted_;
  ColumnType type_;
  std::vector<Running<T>> states_;
};

// The last so many rows, this one included. Each is summed anew: taking numbers out of a sum again would leave their
// rounding behind.
template <class T>
class MovingFunction final : public WindowFunction {
 public:
  MovingFunction(Wanted wanted, ColumnType type, uint64_t rows) : wanted_(wanted), type_(type), rows_(rows) {}

  ColumnPtr add(const Column& column, std::span<const uint32_t> groups, size_t group_count,
                std::span<const uint8_t>) override {
    make_room(states_, group_count);
    ColumnBuilder builder(result_type(wanted_, type_));
    builder.reserve(groups.size());
    const auto values = values_of<T>(column);
    for (size_t row = 0; row < groups.size(); ++row) {
      std::deque<std::optional<T>>& state = states_[groups[row]];
      state.push_back(column.is_valid(row) ? std::optional<T>(values[row]) : std::nullopt);
      if (state.size() > rows_) state.pop_front();
      else ++held_;
      Running<T> running;
      for (const std::optional<T>& value : state)
        if (value) running.add(*value);
      append_wanted(builder, wanted_, running);
    }
    return builder.finish();
  }
  uint64_t bytes() const override {
    return held_ * sizeof(std::optional<T>) + states_.capacity() * sizeof(std::deque<std::optional<T>>);
  }

 private:
  Wanted wanted_;
  ColumnType type_;
  uint64_t rows_;
  std::vector<std::deque<std::optional<T>>> states_;
  uint64_t held_ = 0;
};

using Made = std::unique_ptr<WindowFunction>;

template <Ranking ranking>
Made make_rank(ColumnType, uint64_t) {
  return std::make_unique<Rank>(ranking);
}

Made make_lag(ColumnType type, uint64_t rows) { return std::make_unique<Lag>(type, rows); }

template <Wanted wanted>
Made make_aggregate(ColumnType type, uint64_t rows) {
  if (type == ColumnType::float64 && rows == 0) return std::make_unique<RunningFunction<double>>(wanted, type);
  if (type == ColumnType::float64) return std::make_unique<MovingFunction<double>>(wanted, type, rows);
  if (rows == 0) return std::make_unique<RunningFunction<int64_t>>(wanted, type);
  return std::make_unique<MovingFunction<int64_t>>(wanted, type, rows);
}

ColumnType same(ColumnType type) { return type; }
ColumnType integer(ColumnType) { return ColumnType::int64; }
ColumnType number(ColumnType) { return ColumnType::float64; }

using Takes = WindowKind::Takes;
constexpr std::array kWindows = {
    WindowKind{"row_number", Takes::nothing, false, false, 0, integer, make_rank<Ranking::row_number>},
    WindowKind{"rank", Takes::nothing, true, false, 0, integer, make_rank<Ranking::rank>},
    WindowKind{"dense_rank", Takes::nothing, true, false, 0, integer, make_rank<Ranking::dense_rank>},
    WindowKind{"lag", Takes::any_column, false, false, 1, same, make_lag},
    WindowKind{"lead", Takes::any_column, false, true, 1, same, make_lag},
    WindowKind{"sum", Takes::number, false, false, 0, same, make_aggregate<Wanted::sum>},
    WindowKind{"mean", Takes::number, false, false, 0, number, make_aggregate<Wanted::mean>},
    WindowKind{"count", Takes::number_or_time, false, false, 0, integer, make_aggregate<Wanted::count>},
    WindowKind{"min", Takes::number_or_time, false, false, 0, same, make_aggregate<Wanted::min>},
    WindowKind{"max", Takes::number_or_time, false, false, 0, same, make_aggregate<Wanted::max>},
};

}  // namespace

const WindowKind* find_window(std::string_view name) {
  for (const WindowKind& kind : kWindows)
    if (kind.name == name) return &kind;
  return nullptr;
}

std::vector<std::string> window_names() {
  std::vector<std::string> names;
  for (const WindowKind& kind : kWindows) names.emplace_back(kind.name);
  return names;
}

}  // namespace aml::prep
