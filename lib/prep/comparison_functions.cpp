#include <functional>

#include "prep/functions.h"

namespace aml::prep {
namespace {

using enum table::ColumnType;
using Text = std::string_view;

// Text is compared byte by byte, which for UTF-8 is the order of code points.
template <class Order, class T>
bool compare(T a, T b) {
  return Order()(a, b);
}

// The one of the two that stands first in the order; the left one of equals.
template <class Order, class T>
T first_of(T a, T b) {
  return Order()(b, a) ? b : a;
}

template <class Order>
Outcome first_of_texts(TextResult& out, Text a, Text b) {
  out.borrow(first_of<Order, Text>(a, b));
  return Outcome::valid();
}

constexpr size_t kComparisonTypes = 6;
template <class Order>
constexpr std::array<Function, kComparisonTypes> comparisons(std::string_view name) {
  return {define(name, boolean, total<compare<Order, int64_t>>, int64, int64),
          define(name, boolean, total<compare<Order, double>>, float64, float64),
          define(name, boolean, total<compare<Order, Text>>, text, text),
          define(name, boolean, total<compare<Order, bool>>, boolean, boolean),
          define(name, boolean, total<compare<Order, int64_t>>, date, date),
          define(name, boolean, total<compare<Order, int64_t>>, timestamp, timestamp)};
}

constexpr size_t kExtremeTypes = 5;
template <class Order>
constexpr std::array<Function, kExtremeTypes> extremes(std::string_view name) {
  return {define_folding(name, int64, total<first_of<Order, int64_t>>, int64, int64),
          define_folding(name, float64, total<first_of<Order, double>>, float64, float64),
          define_folding(name, text, fallible<first_of_texts<Order>>, text, text),
          define_folding(name, date, total<first_of<Order, int64_t>>, date, date),
          define_folding(name, timestamp, total<first_of<Order, int64_t>>, timestamp, timestamp)};
}

constexpr auto kFunctions = join_functions(comparisons<std::equal_to<>>("=="), comparisons<std::not_equal_to<>>("!="),
                                           comparisons<std::less<>>("<"), comparisons<std::less_equal<>>("<="),
                                           comparisons<std::greater<>>(">"), comparisons<std::greater_equal<>>(">="),
                                           extremes<std::less<>>("min"), extremes<std::greater<>>("max"));

}  // namespace

std::span<const Function> comparison_functions() { return kFunctions; }

}  // namespace aml::prep
