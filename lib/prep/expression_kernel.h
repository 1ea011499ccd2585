// Turns a function of one cell into a kernel over columns. The function is a template argument, so it is inlined into
// the loop: per batch there is one indirect call, per row none.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/check.h"
#include "prep/vector.h"

namespace aml::prep {

using Arguments = std::span<const Vector* const>;

// `type` is the result's. Every argument has `rows` rows.
using Kernel = Vector (*)(Arguments arguments, size_t rows, table::ColumnType type);

// What a function makes once of arguments that are constants: a compiled pattern, a format, a time zone.
struct Prepared {
  virtual ~Prepared() = default;
};
using PreparedPtr = std::shared_ptr<const Prepared>;  // shared by the copies of an expression; never changes

// `arguments` are those that are no constants.
using PreparedKernel = Vector (*)(const Prepared& prepared, Arguments arguments, size_t rows, table::ColumnType type);

// What a function that can fail says about a cell.
class Outcome {
 public:
  static Outcome valid() { return Outcome(kValid); }
  static Outcome missing() { return Outcome(kMissing); }
  Outcome(table::CellProblem problem) : code_(static_cast<int>(problem)) {}

  bool is_valid() const { return code_ == kValid; }
  std::optional<table::CellProblem> problem() const {
    if (code_ < 0) return std::nullopt;
    return static_cast<table::CellProblem>(code_);
  }

 private:
  static constexpr int kValid = -1;
  static constexpr int kMissing = -2;
  explicit Outcome(int code) : code_(code) {}
  int code_;
};

// Where a function puts the text it makes: borrow() for a part of its first argument, fresh() for anything new.
class TextResult {
 public:
  void borrow(std::string_view part) { view_ = table::TextView(part); }
  std::string& fresh() {
    is_fresh_ = true;
    buffer_.clear();
    return buffer_;
  }

 private:
  friend struct FallibleLoop;
  table::TextView take() {
    if (is_fresh_) view_ = blocks_.copy(buffer_);
    is_fresh_ = false;
    return view_;
  }

  table::TextView view_;
  bool is_fresh_ = false;
  std::string buffer_;
  TextBlocks blocks_;
};

// How values of a C++ type lie in a Vector.
template <class T>
struct CellAccess;

template <>
struct CellAccess<bool> {
  static std::span<const uint8_t> values(const Vector& vector) { return vector.booleans; }
  static std::vector<uint8_t>& storage(Cells& cells) { return cells.booleans; }
  static bool get(uint8_t stored) { return stored != 0; }
};
template <>
struct CellAccess<int64_t> {
  static std::span<const int64_t> values(const Vector& vector) { return vector.ints; }
  static std::vector<int64_t>& storage(Cells& cells) { return cells.ints; }
  static int64_t get(int64_t stored) { return stored; }
};
template <>
struct CellAccess<double> {
  static std::span<const double> values(const Vector& vector) { return vector.doubles; }
  static std::vector<double>& storage(Cells& cells) { return cells.doubles; }
  static double get(double stored) { return stored; }
};
template <>
struct CellAccess<std::string_view> {
  static std::span<const table::TextView> values(const Vector& vector) { return vector.texts; }
  static std::string_view get(const table::TextView& stored) { return stored.view(); }
};

// The union by row, the earlier argument's error winning.
void merge_failed(std::vector<FailedCell>& into, const std::vector<FailedCell>& other);

// A result that is valid where all arguments are, with their errors and pins.
Cells start_strict(Arguments arguments, size_t rows);

// From R f(A…), which cannot fail. It is called for every row, also with what stands in cells that are not valid.
template <auto function>
struct TotalKernel {
  template <class R, class... A, size_t... i>
  static Vector apply(R (*)(A...), std::index_sequence<i...>, Arguments arguments, size_t rows,
                      table::ColumnType type) {
    Cells cells = start_strict(arguments, rows);
    auto& out = CellAccess<R>::storage(cells);
    out.resize(rows);
    using Stored = typename std::decay_t<decltype(out)>::value_type;
    const auto call = [](const auto&... stored) {
      return static_cast<Stored>(function(CellAccess<A>::get(stored)...));
    };
    kernel::map_cells(std::span<Stored>(out), call, CellAccess<A>::values(*arguments[i]).first(rows)...);
    return make_vector(type, std::move(cells));
  }

  template <class R, class... A>
  static Vector unpack(R (*typed)(A...), Arguments arguments, size_t rows, table::ColumnType type) {
    return apply(typed, std::index_sequence_for<A...>(), arguments, rows, type);
  }
  static Vector run(Arguments arguments, size_t rows, table::ColumnType type) {
    return unpack(function, arguments, rows, type);
  }
};

// The loop over rows of a function that can fail: `call` is called only where every argument is valid. A failed cell
// keeps the text of the first argument, if that is text.
struct FallibleLoop {
  template <class R>
  struct Result {
    explicit Result(Cells& cells, size_t rows) : out(CellAccess<R>::storage(cells)) { out.resize(rows); }
    R value{};
    std::vector<typename std::decay_t<decltype(CellAccess<R>::storage(std::declval<Cells&>()))>::value_type>& out;
    void store(size_t row) { out[row] = value; }
    void finish(Cells&) {}
  };

  struct TextOut {
    explicit TextOut(Cells& cells, size_t rows) : out(cells.texts) { out.resize(rows); }
    TextResult value;
    std::vector<table::TextView>& out;
    void store(size_t row) { out[row] = value.take(); }
    void finish(Cells& cells) { cells.pin_all(value.blocks_.take_pins()); }
  };

  template <class R, class... A, class Call, size_t... i>
  static Vector apply(const Call& call, std::index_sequence<i...>, Arguments arguments, size_t rows,
                      table::ColumnType type) {
    Cells cells = start_strict(arguments, rows);
    std::conditional_t<std::is_same_v<R, TextResult>, TextOut,
                       Result<std::conditional_t<std::is_same_v<R, TextResult>, bool, R>>>
        result(cells, rows);
    std::vector<FailedCell> failed;
    const std::span<const table::TextView> texts = arguments[0]->texts;
    for (size_t row = 0; row < rows; ++row) {
      if (!kernel::test_bit(cells.valid, row)) continue;
      const Outcome outcome = call(result.value, CellAccess<A>::get(CellAccess<A>::values(*arguments[i])[row])...);
      if (outcome.is_valid()) {
        result.store(row);
        continue;
      }
      kernel::clear_bit(cells.valid, row);
      if (const auto problem = outcome.problem())
        failed.push_back({static_cast<uint32_t>(row), *problem, texts.empty() ? table::TextView() : texts[row]});
    }
    result.finish(cells);
    merge_failed(cells.failed, failed);
    return make_vector(type, std::move(cells));
  }

  template <class R, class... A, class Call>
  static Vector run(const Call& call, Arguments arguments, size_t rows, table::ColumnType type) {
    return apply<R, A...>(call, std::index_sequence_for<A...>(), arguments, rows, type);
  }
};

// From Outcome f(R& result, A…).
template <auto function>
struct FallibleKernel {
  template <class R, class... A>
  static Vector unpack(Outcome (*)(R&, A...), Arguments arguments, size_t rows, table::ColumnType type) {
    return FallibleLoop::run<R, A...>([](R& out, A... values) { return function(out, values...); }, arguments, rows,
                                      type);
  }
  static Vector run(Arguments arguments, size_t rows, table::ColumnType type) {
    return unpack(function, arguments, rows, type);
  }
};

// From Outcome f(const State& state, R& result, A…), where State is a Prepared.
template <auto function>
struct PreparedFallibleKernel {
  template <class State, class R, class... A>
  static Vector unpack(Outcome (*)(const State&, R&, A...), const Prepared& prepared, Arguments arguments, size_t rows,
                       table::ColumnType type) {
    const auto& state = static_cast<const State&>(prepared);
    return FallibleLoop::run<R, A...>([&](R& out, A... values) { return function(state, out, values...); }, arguments,
                                      rows, type);
  }
  static Vector run(const Prepared& prepared, Arguments arguments, size_t rows, table::ColumnType type) {
    return unpack(function, prepared, arguments, rows, type);
  }
};

template <auto function>
inline constexpr Kernel total = &TotalKernel<function>::run;
template <auto function>
inline constexpr Kernel fallible = &FallibleKernel<function>::run;
template <auto function>
inline constexpr PreparedKernel prepared_fallible = &PreparedFallibleKernel<function>::run;

}  // namespace aml::prep
