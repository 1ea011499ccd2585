// The functions and operators of expressions: a table of typed signatures, each with its kernel. One file per family.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "prep/expression_kernel.h"

namespace aml::prep {

inline constexpr size_t kParametersMax = 3;

struct Function {
  std::string_view name;
  table::ColumnType result = table::ColumnType::text;
  Kernel kernel = nullptr;
  size_t count = 0;  // of parameters
  std::array<table::ColumnType, kParametersMax> parameters = {};
  bool folds = false;  // takes any number of arguments from two: f(a, b, c) is f(f(a, b), c)
};

template <class... Types>
constexpr Function define(std::string_view name, table::ColumnType result, Kernel kernel, Types... parameters) {
  return {name, result, kernel, sizeof...(parameters), {parameters...}};
}

template <class... Types>
constexpr Function define_folding(std::string_view name, table::ColumnType result, Kernel kernel, Types... parameters) {
  return {name, result, kernel, sizeof...(parameters), {parameters...}, true};
}

std::span<const Function> number_functions();      // + - * / // % negate, abs, round, floor, ceil, sqrt
std::span<const Function> comparison_functions();  // == != < <= > >=, min, max
std::span<const Function> logic_functions();       // and, or, not, if, coalesce, is_missing, is_error
std::span<const Function> text_functions();        // + ++ lower, upper, trim, length, substring, …
std::span<const Function> cast_functions();        // number, integer, text, date, timestamp, boolean
std::span<const Function> date_functions();        // year, month, day, hour, minute, second, weekday, + and - of days

// Every overload of a name, in the order of preference.
std::vector<const Function*> find_functions(std::string_view name);

// The names that a person writes as name(…), sorted.
std::vector<std::string> function_names();

}  // namespace aml::prep
