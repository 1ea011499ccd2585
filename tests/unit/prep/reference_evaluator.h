// The expression language once more, row by row and as plainly as it can be said: what the column kernels are
// compared with. It shares the parser, the calendar and the letter case tables with the library, nothing else.
#pragma once

#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "prep/expression_tree.h"
#include "table/batch.h"
#include "text/letter_case.h"
#include "text/numbers.h"
#include "text/unicode.h"

namespace aml::prep {

// One cell. A missing or failed one has neither of the values.
struct Cell {
  std::optional<table::CellProblem> problem = {};
  std::variant<std::monostate, bool, int64_t, double, std::string> value = {};
  bool is_date = false;

  bool is_missing() const { return !problem && value.index() == 0; }
  bool boolean() const { return std::get<bool>(value); }
  int64_t whole() const { return std::get<int64_t>(value); }
  double number() const { return value.index() == 2 ? static_cast<double>(whole()) : std::get<double>(value); }
  const std::string& text() const { return std::get<std::string>(value); }
  bool is_whole() const { return value.index() == 2; }
};

class ReferenceEvaluator {
 public:
  ReferenceEvaluator(const table::Batch& batch, size_t row) : batch_(batch), row_(row) {}

  Cell evaluate(const Term& term) const {
    if (term.kind == Term::Kind::literal) return literal(term.literal);
    if (term.kind == Term::Kind::column) return column(*batch_.columns[*batch_.schema->find(term.name)]);
    std::vector<Cell> arguments;
    for (const Term& argument : term.arguments) arguments.push_back(evaluate(argument));
    Cell result = call(term.name, arguments);
    // An integer where the type of the expression is number: if(x, 1, 0.5), coalesce(1, 0.5), min(1, 0.5).
    if (result.is_whole() && !result.is_date && is_number(term)) result.value = result.number();
    return result;
  }

 private:
  static Cell fail(table::CellProblem problem) { return {problem, {}, false}; }

  static Cell literal(const Literal& literal) {
    if (const auto* boolean = std::get_if<bool>(&literal)) return {{}, *boolean};
    if (const auto* whole = std::get_if<int64_t>(&literal)) return {{}, *whole};
    if (const auto* number = std::get_if<double>(&literal)) return {{}, *number};
    if (const auto* text = std::get_if<std::string>(&literal)) return {{}, *text};
    return {};
  }

  Cell column(const table::Column& column) const {
    if (const table::CellError* error = column.error_at(row_)) return fail(error->problem);
    if (!column.is_valid(row_)) return {};
    switch (column.type()) {
      case table::ColumnType::text: return {{}, std::string(column.texts()[row_].view())};
      case table::ColumnType::boolean: return {{}, column.booleans()[row_] != 0};
      case table::ColumnType::float64: return {{}, column.doubles()[row_]};
      case table::ColumnType::date: return {{}, column.ints()[row_], true};
      default: return {{}, column.ints()[row_]};
    }
  }

  // Whether the type of the term is number (and not integer).
  bool is_number(const Term& term) const {
    if (term.kind == Term::Kind::literal) return std::holds_alternative<double>(term.literal);
    if (term.kind == Term::Kind::column)
      return (*batch_.schema)[*batch_.schema->find(term.name)].type == table::ColumnType::float64;
    if (term.name == "/" || term.name == "number") return true;
    if (term.name == "round") return term.arguments.size() == 2;
    static const std::vector<std::string> from_arguments = {"+",   "-",        "*",   "//",  "%", "negate",
                                                            "abs", "coalesce", "min", "max", "if"};
    if (std::find(from_arguments.begin(), from_arguments.end(), term.name) == from_arguments.end()) return false;
    for (size_t i = term.name == "if" ? 1 : 0; i < term.arguments.size(); ++i)
      if (is_number(term.arguments[i])) return true;
    return false;
  }

  static Cell call(const std::string& name, const std::vector<Cell>& a) {
    if (name == "and" || name == "or") return connect(a[0], a[1], name == "or");
    if (name == "if") {
      if (a[0].problem || a[0].is_missing()) return {a[0].problem, {}, false};
      return a[0].boolean() ? a[1] : a[2];
    }
    if (name == "coalesce") {
      for (const Cell& cell : a)
        if (!cell.is_missing()) return cell;
      return {};
    }
    if (name == "is_missing") return {{}, a[0].is_missing()};
    if (name == "is_error") return {{}, a[0].problem.has_value()};
    if (name == "in") return membership(a);
    for (const Cell& cell : a)
      if (cell.problem) return cell;
    for (const Cell& cell : a)
      if (cell.is_missing()) return {};
    return strict(name, a);
  }

  static Cell connect(const Cell& a, const Cell& b, bool decisive) {
    for (const Cell* cell : {&a, &b})
      if (cell->value.index() != 0 && cell->boolean() == decisive) return {{}, decisive};
    for (const Cell* cell : {&a, &b})
      if (cell->problem) return *cell;
    if (a.is_missing() || b.is_missing()) return {};
    return {{}, !decisive};
  }

  static Cell membership(const std::vector<Cell>& a) {
    Cell any{{}, false};
    for (size_t i = 1; i < a.size(); ++i) any = connect(any, call("==", {a[0], a[i]}), true);
    return any;
  }

  static Cell strict(const std::string& name, const std::vector<Cell>& a) {
    if (name == "not") return {{}, !a[0].boolean()};
    if (name == "year") return {{}, int64_t{civil_from_days(a[0].whole()).year}};
    if (name == "month") return {{}, int64_t{civil_from_days(a[0].whole()).month}};
    if (a[0].value.index() == 4 || name == "text") return strict_text(name, a);
    if (name == "min" || name == "max") return extreme(name, a);
    if (a.size() == 2 && std::string("==!=<=>=").find(name) != std::string::npos) return {{}, ordered(name, a)};
    return a[0].is_whole() && (a.size() == 1 || (a[1].is_whole() && name != "/" && name != "round"))
               ? whole_arithmetic(name, a)
               : number_arithmetic(name, a);
  }

  template <class T>
  static bool ordered_as(const std::string& name, const T& x, const T& y) {
    if (name == "==") return x == y;
    if (name == "!=") return x != y;
    if (name == "<") return x < y;
    if (name == "<=") return x <= y;
    return name == ">" ? x > y : x >= y;
  }

  static bool ordered(const std::string& name, const std::vector<Cell>& a) {
    if (a[0].value.index() == 4) return ordered_as(name, a[0].text(), a[1].text());
    if (a[0].value.index() == 1) return ordered_as(name, a[0].boolean(), a[1].boolean());
    if (a[0].is_whole() && a[1].is_whole()) return ordered_as(name, a[0].whole(), a[1].whole());
    return ordered_as(name, a[0].number(), a[1].number());
  }

  static Cell extreme(const std::string& name, const std::vector<Cell>& a) {
    Cell best = a[0];
    for (const Cell& cell : a)
      if (ordered(name == "min" ? "<" : ">", {cell, best})) best = cell;
    return best;
  }

  // Wide arithmetic, and then a look whether the result fits.
  static Cell whole_arithmetic(const std::string& name, const std::vector<Cell>& a) {
    const int64_t x = a[0].whole(), y = a.size() > 1 ? a[1].whole() : 0;
    __extension__ using Wide = __int128;
    Wide result = 0;
    if ((name == "//" || name == "%") && y == 0) return fail(table::CellProblem::division_by_zero);
    if (name == "+") result = Wide{x} + y;
    else if (name == "-") result = Wide{x} - y;
    else if (name == "*") result = Wide{x} * y;
    else if (name == "negate") result = -Wide{x};
    else if (name == "abs") result = x < 0 ? -Wide{x} : Wide{x};
    else if (name == "//" || name == "%") {
      Wide quotient = Wide{x} / y;
      while (y > 0 ? quotient * y > x : quotient * y < x) --quotient;
      result = name == "//" ? quotient : Wide{x} - quotient * y;
    } else if (name == "number") {
      return {{}, static_cast<double>(x)};
    } else {
      result = x;  // round, floor, ceil and integer of an integer
    }
    if (result < INT64_MIN || result > INT64_MAX) return fail(table::CellProblem::out_of_range);
    const bool is_date = a[0].is_date && !(a.size() > 1 && a[1].is_date);
    if (is_date && (result < -719528 || result > 2932896)) return fail(table::CellProblem::out_of_range);
    return {{}, static_cast<int64_t>(result), is_date};
  }

  static Cell number_arithmetic(const std::string& name, const std::vector<Cell>& a) {
    const double x = a[0].number(), y = a.size() > 1 ? a[1].number() : 0;
    if ((name == "/" || name == "//" || name == "%") && y == 0) return fail(table::CellProblem::division_by_zero);
    if (name == "round" && a.size() == 2) return {{}, std::round(x * std::pow(10.0, y)) / std::pow(10.0, y)};
    if (name == "round" || name == "floor" || name == "ceil") {
      const double whole = name == "round" ? std::round(x) : name == "floor" ? std::floor(x) : std::ceil(x);
      if (whole < -0x1p63 || whole >= 0x1p63) return fail(table::CellProblem::out_of_range);
      return {{}, static_cast<int64_t>(whole)};
    }
    double result = x;
    if (name == "+") result = x + y;
    if (name == "-") result = x - y;
    if (name == "*") result = x * y;
    if (name == "/") result = x / y;
    if (name == "//") result = std::floor(x / y);
    if (name == "%") {
      result = std::fmod(x, y);
      if (result != 0 && std::signbit(result) != std::signbit(y)) result += y;
    }
    if (name == "negate") result = -x;
    if (name == "abs") result = std::fabs(x);
    if (!std::isfinite(result)) return fail(table::CellProblem::out_of_range);
    return {{}, result};
  }

  static std::vector<std::string> characters(std::string_view text) {
    std::vector<std::string> list;
    while (!text.empty()) {
      const size_t length = std::max<size_t>(1, text::utf8_sequence_length(text));
      list.emplace_back(text.substr(0, length));
      text.remove_prefix(length);
    }
    return list;
  }

  static Cell text_of(const Cell& cell) {
    if (cell.value.index() == 4) return cell;
    std::string out;
    if (cell.value.index() == 1) out = cell.boolean() ? "true" : "false";
    else if (cell.is_whole())
      table::append_value_text(out, cell.is_date ? table::ColumnType::date : table::ColumnType::int64, cell.whole());
    else out = text::format_number(cell.number());
    return {{}, out};
  }

  static Cell strict_text(const std::string& name, const std::vector<Cell>& a) {
    if (name == "text") return text_of(a[0]);
    if (name == "min" || name == "max") return extreme(name, a);
    const std::string& x = a[0].text();
    std::string out;
    if (name == "lower") return text::append_lower(out, x), Cell{{}, out};
    if (name == "upper") return text::append_upper(out, x), Cell{{}, out};
    if (name == "length") return {{}, static_cast<int64_t>(characters(x).size())};
    if (name == "trim") {
      out = x;
      while (!out.empty() && std::isspace(static_cast<unsigned char>(out.back())) != 0) out.pop_back();
      while (!out.empty() && std::isspace(static_cast<unsigned char>(out.front())) != 0) out.erase(0, 1);
      return {{}, out};
    }
    if (name == "substring") {
      const auto list = characters(x);
      if (a[1].whole() < 1 || (a.size() > 2 && a[2].whole() < 0)) return fail(table::CellProblem::bad_argument);
      const size_t start = static_cast<size_t>(a[1].whole()) - 1;
      const size_t count = a.size() > 2 ? static_cast<size_t>(a[2].whole()) : list.size();
      for (size_t i = start; i < list.size() && i - start < count; ++i) out += list[i];
      return {{}, out};
    }
    const std::string& y = a[1].text();
    if (name == "+" || name == "++") return {{}, x + y};
    if (name == "contains") return {{}, x.find(y) != std::string::npos};
    if (name == "starts_with") return {{}, x.size() >= y.size() && x.substr(0, y.size()) == y};
    if (name == "ends_with") return {{}, x.size() >= y.size() && x.substr(x.size() - y.size()) == y};
    if (name == "before" || name == "after" || name == "split_part" || name == "replace") return pieces(name, a);
    return {{}, ordered(name, a)};
  }

  static Cell pieces(const std::string& name, const std::vector<Cell>& a) {
    std::string rest = a[0].text();
    const std::string& separator = a[1].text();
    if (separator.empty()) return fail(table::CellProblem::bad_argument);
    std::vector<std::string> parts;
    for (size_t found = rest.find(separator); found != std::string::npos; found = rest.find(separator)) {
      parts.push_back(rest.substr(0, found));
      rest = rest.substr(found + separator.size());
    }
    parts.push_back(rest);
    if (name == "before") return {{}, parts[0]};
    if (name == "split_part") {
      if (a[2].whole() < 1) return fail(table::CellProblem::bad_argument);
      if (static_cast<size_t>(a[2].whole()) > parts.size()) return {};
      return {{}, parts[static_cast<size_t>(a[2].whole()) - 1]};
    }
    if (name == "after" && parts.size() == 1) return {};
    if (name == "after") return {{}, a[0].text().substr(parts[0].size() + separator.size())};
    std::string joined = parts[0];
    for (size_t i = 1; i < parts.size(); ++i) joined += a[2].text() + parts[i];
    return {{}, joined};
  }

  const table::Batch& batch_;
  size_t row_;
};

}  // namespace aml::prep
