// The functions and operators of expressions: a table of typed signatures, each with its kernel. One file per family.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "prep/expression_kernel.h"

namespace aml::prep {

inline constexpr size_t kParametersMax = 5;

// The constant arguments of a call while it is bound. `error` points at one of them.
class Constants {
 public:
  virtual ~Constants() = default;
  virtual size_t size() const = 0;
  virtual std::string_view text(size_t index) const = 0;
  virtual int64_t whole(size_t index) const = 0;
  virtual Error error(size_t index, std::string message, std::string hint) const = 0;
};
using Prepare = Result<PreparedPtr> (*)(const Constants& constants);

struct Function {
  std::string_view name;
  table::ColumnType result = table::ColumnType::text;
  Kernel kernel = nullptr;
  size_t count = 0;  // of parameters
  std::array<table::ColumnType, kParametersMax> parameters = {};
  bool folds = false;  // takes any number of arguments from two: f(a, b, c) is f(f(a, b), c)

  // Of a function whose last `constants` arguments must be constants, from which it prepares itself when it is bound.
  size_t constants = 0;
  Prepare prepare = nullptr;
  PreparedKernel prepared_kernel = nullptr;
};

template <class... Types>
constexpr Function define(std::string_view name, table::ColumnType result, Kernel kernel, Types... parameters) {
  return {name, result, kernel, sizeof...(parameters), {parameters...}};
}

template <class... Types>
constexpr Function define_folding(std::string_view name, table::ColumnType result, Kernel kernel, Types... parameters) {
  return {name, result, kernel, sizeof...(parameters), {parameters...}, true};
}

template <class... Types>
constexpr Function define_prepared(std::string_view name, table::ColumnType result, PreparedKernel kernel,
                                   Prepare prepare, size_t constants, Types... parameters) {
  return {name, result, nullptr, sizeof...(parameters), {parameters...}, false, constants, prepare, kernel};
}

// One table of several.
template <size_t... sizes>
constexpr auto join_functions(const std::array<Function, sizes>&... parts) {
  std::array<Function, (sizes + ...)> joined;
  size_t at = 0;
  const auto append = [&](const auto& part) {
    for (const Function& function : part) joined[at++] = function;
  };
  (append(parts), ...);
  return joined;
}

std::span<const Function> number_functions();      // + - * / // % negate, abs, round, floor, ceil, sqrt, log, …
std::span<const Function> comparison_functions();  // == != < <= > >=, min, max
std::span<const Function> logic_functions();       // and, or, not, if, coalesce, is_missing, is_error
std::span<const Function> error_functions();       // error_reason, error_text, if_error, null_if
std::span<const Function> text_functions();        // + ++ lower, upper, trim, length, substring, …
std::span<const Function> pattern_functions();     // matches, extract, replace_pattern, count_pattern, split_pattern
std::span<const Function> cast_functions();        // number, integer, text, date, timestamp, boolean
std::span<const Function> date_functions();        // year, month, day, hour, minute, second, weekday, + and - of days
std::span<const Function> calendar_functions();    // parts of a time in a zone, truncate, add, difference, to_zone, …
std::span<const Function> time_text_functions();   // date, timestamp and format with a format of their own

// Every overload of a name, in the order of preference.
std::vector<const Function*> find_functions(std::string_view name);

// case(a, x, b, y, z) is if(a, x, if(b, y, z)): the binder writes it so.
inline constexpr std::string_view kCaseName = "case";

// The names that a person writes as name(…), sorted.
std::vector<std::string> function_names();

}  // namespace aml::prep
