#include "prep/expression_binder.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/suggest.h"

namespace aml::prep {
namespace {

using table::ColumnType;

// A bound part of the expression. The literal `missing` has no type until its place gives it one.
struct Operand {
  size_t instruction = 0;
  std::optional<ColumnType> type;
  bool is_constant = false;
};
using Operands = std::vector<Operand>;

// What happens by itself: nothing is lost by it.
std::string_view conversion_between(ColumnType from, ColumnType to) {
  if (from == ColumnType::int64 && to == ColumnType::float64) return "number";
  if (from == ColumnType::date && to == ColumnType::timestamp) return "timestamp";
  return {};
}

// How far the arguments are from what `function` takes: 2 for each conversion, 1 for each `missing` that would not be
// text, which it is unless its place says otherwise. Nothing if they do not fit.
std::optional<size_t> distance_to(const Function& function, const Operands& arguments) {
  if (function.count != arguments.size()) return std::nullopt;
  size_t distance = 0;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const ColumnType parameter = function.parameters[i];
    if (!arguments[i].type) {
      distance += parameter == ColumnType::text ? 0 : 1;
    } else if (*arguments[i].type != parameter) {
      if (conversion_between(*arguments[i].type, parameter).empty()) return std::nullopt;
      distance += 2;
    }
  }
  return distance;
}

std::string_view type_name(const Operand& operand) { return operand.type ? table::name_of(*operand.type) : "missing"; }

std::string type_list(const Operands& operands) {
  std::string list;
  for (const Operand& operand : operands) list += fmt::format("{}{}", list.empty() ? "" : ", ", type_name(operand));
  return list.empty() ? "nothing" : list;
}

std::string signature(const Function& function) {
  std::string list;
  for (size_t i = 0; i < function.count; ++i)
    list += fmt::format("{}{}", i == 0 ? "" : ", ", table::name_of(function.parameters[i]));
  return fmt::format("({}{})", list, function.folds ? ", …" : "");
}

// The arguments from `first` on, which are constants that are there.
class BoundConstants final : public Constants {
 public:
  BoundConstants(const PlacedText& source, const Program& program, const Term& term, const Operands& arguments,
                 size_t first)
      : source_(source), program_(program), term_(term), arguments_(arguments), first_(first) {}

  size_t size() const override { return arguments_.size() - first_; }
  std::string_view text(size_t index) const override { return value(index).texts[0].view(); }
  int64_t whole(size_t index) const override { return value(index).ints[0]; }
  Error error(size_t index, std::string message, std::string hint) const override {
    return source_.error(term_.arguments[first_ + index].offset, std::move(message), std::move(hint));
  }

 private:
  const Vector& value(size_t index) const {
    return program_.instructions[arguments_[first_ + index].instruction].constant;
  }

  const PlacedText& source_;
  const Program& program_;
  const Term& term_;
  const Operands& arguments_;
  size_t first_;
};

class Binder {
 public:
  Binder(const PlacedText& source, const table::Schema& schema) : source_(source), schema_(schema) {}

  Result<Program> bind_all(const Term& term) {
    Operand result = TRY(bind(term));
    if (!result.type) result = give_type(result, ColumnType::text);
    // The result is the last instruction, also where it was made before others or is shared.
    AML_CHECK(result.instruction + 1 == program_.instructions.size());
    program_.type = *result.type;
    std::sort(program_.columns.begin(), program_.columns.end());
    return std::move(program_);
  }

 private:
  Result<Operand> bind(const Term& term) {
    switch (term.kind) {
      case Term::Kind::literal: return bind_literal(term);
      case Term::Kind::column: return bind_column(term);
      case Term::Kind::call: break;
    }
    if (term.name == kCaseName && term.arguments.size() >= 2) return bind(as_conditions(term));
    Operands arguments;
    for (const Term& argument : term.arguments) arguments.push_back(TRY(bind(argument)));
    if (term.name == "in") return bind_membership(term, arguments);
    const auto overloads = find_functions(term.name);
    if (term.name == kCaseName)
      return source_.error(term.offset, "'case' takes conditions and values",
                           "for example: case(x < 1, 'low', x < 9, 'middle', 'high')");
    if (overloads.empty())
      return source_.error(term.offset, fmt::format("unknown function '{}'", term.name),
                           text::suggestion_hint(term.name, function_names()));
    if (overloads[0]->folds && arguments.size() > 2) return bind_folded(term, overloads, arguments);
    return bind_call(term, overloads, arguments);
  }

  size_t append(Instruction instruction) {
    program_.instructions.push_back(std::move(instruction));
    return program_.instructions.size() - 1;
  }

  Operand append_constant(const Vector& one_row, std::optional<ColumnType> type) {
    return {append({Instruction::Kind::constant, 0, repeat_first(one_row, table::kBatchRows), nullptr, {}, {}}), type,
            true};
  }

  Result<Operand> bind_literal(const Term& term) {
    Cells cell(1);
    if (std::holds_alternative<MissingLiteral>(term.literal)) {
      cell.texts.resize(1);
      return append_constant(make_vector(ColumnType::text, std::move(cell)), std::nullopt);
    }
    cell.valid[0] = 1;
    ColumnType type = ColumnType::text;
    if (const auto* value = std::get_if<bool>(&term.literal)) {
      type = ColumnType::boolean;
      cell.booleans.push_back(*value ? 1 : 0);
    } else if (const auto* whole = std::get_if<int64_t>(&term.literal)) {
      type = ColumnType::int64;
      cell.ints.push_back(*whole);
    } else if (const auto* number = std::get_if<double>(&term.literal)) {
      type = ColumnType::float64;
      cell.doubles.push_back(*number);
    } else {
      auto block = std::make_shared<const std::string>(std::get<std::string>(term.literal));
      cell.texts.emplace_back(*block);
      cell.pins.push_back(std::move(block));
    }
    return append_constant(make_vector(type, std::move(cell)), type);
  }

  Result<Operand> bind_column(const Term& term) {
    const auto found = schema_.find(term.name);
    if (!found)
      return source_.error(term.offset, fmt::format("no column '{}' at this step", term.name),
                           text::suggestion_hint(term.name, schema_.names()));
    if (std::find(program_.columns.begin(), program_.columns.end(), *found) == program_.columns.end())
      program_.columns.push_back(*found);
    return Operand{append({Instruction::Kind::column, *found, {}, nullptr, {}, {}}), schema_[*found].type, false};
  }

  // A typeless missing value as one of a type.
  Operand give_type(const Operand& operand, ColumnType type) {
    if (operand.type) return operand;
    Cells cell(1);
    cell.booleans.resize(1);
    cell.ints.resize(1);
    cell.doubles.resize(1);
    cell.texts.resize(1);
    return append_constant(make_vector(type, std::move(cell)), type);
  }

  Operand convert(const Operand& operand, ColumnType type) {
    if (!operand.type) return give_type(operand, type);
    if (*operand.type == type) return operand;
    const auto casts = find_functions(conversion_between(*operand.type, type));
    const auto cast = std::find_if(casts.begin(), casts.end(),
                                   [&](const Function* function) { return function->parameters[0] == *operand.type; });
    AML_CHECK(cast != casts.end());  // every implicit conversion is one
    return call(**cast, {operand}, {});
  }

  Result<Operand> bind_call(const Term& term, const std::vector<const Function*>& overloads,
                            const Operands& arguments) {
    const Function* best = nullptr;
    size_t best_distance = 0;
    for (const Function* candidate : overloads) {
      const auto distance = distance_to(*candidate, arguments);
      if (!distance || (best != nullptr && *distance >= best_distance)) continue;
      best = candidate;
      best_distance = *distance;
    }
    if (best == nullptr) return mismatch(term, overloads, arguments);
    Operands converted;
    for (size_t i = 0; i < arguments.size(); ++i) converted.push_back(convert(arguments[i], best->parameters[i]));
    const PreparedPtr prepared = best->prepare == nullptr ? nullptr : TRY(prepare(term, *best, converted));
    converted.resize(best->count - best->constants);
    return call(*best, converted, prepared);
  }

  // min(a, b, c) is min(min(a, b), c); the types are brought together first, so that the grouping does not show.
  Result<Operand> bind_folded(const Term& term, const std::vector<const Function*>& overloads, Operands arguments) {
    const bool has_number = std::any_of(arguments.begin(), arguments.end(),
                                        [](const Operand& operand) { return operand.type == ColumnType::float64; });
    for (Operand& argument : arguments)
      if (has_number && argument.type == ColumnType::int64) argument = convert(argument, ColumnType::float64);
    Operand folded = arguments[0];
    for (size_t i = 1; i < arguments.size(); ++i) folded = TRY(bind_call(term, overloads, {folded, arguments[i]}));
    return folded;
  }

  // x in (a, b) is x == a or x == b, with x computed once.
  Result<Operand> bind_membership(const Term& term, const Operands& arguments) {
    const auto equal = find_functions("==");
    const auto either = find_functions("or");
    std::optional<Operand> any;
    for (size_t i = 1; i < arguments.size(); ++i) {
      const Operand is_equal = TRY(bind_call(term, equal, {arguments[0], arguments[i]}));
      any = any ? TRY(bind_call(term, either, {*any, is_equal})) : is_equal;
    }
    return *any;
  }

  // case(a, x, b, y, z) as if(a, x, if(b, y, z)); without a last value it is missing.
  static Term as_conditions(const Term& term) {
    Term rest{Term::Kind::literal, term.offset, {}, MissingLiteral{}, {}};
    if (term.arguments.size() % 2 == 1) rest = term.arguments.back();
    for (size_t i = term.arguments.size() / 2; i-- > 0;) {
      Term choice{Term::Kind::call, term.offset, "if", {}, {term.arguments[2 * i], term.arguments[2 * i + 1]}};
      choice.arguments.push_back(std::move(rest));
      rest = std::move(choice);
    }
    return rest;
  }

  Result<PreparedPtr> prepare(const Term& term, const Function& function, const Operands& arguments) const {
    const size_t first = function.count - function.constants;
    for (size_t i = first; i < function.count; ++i) {
      const Operand& argument = arguments[i];
      const bool is_given = argument.is_constant && program_.instructions[argument.instruction].constant.is_valid(0);
      if (!is_given)
        return source_.error(term.arguments[i].offset,
                             fmt::format("argument {} of '{}' must be a constant", i + 1, term.name),
                             "write the value itself, a text in quotes");
    }
    return function.prepare(BoundConstants(source_, program_, term, arguments, first));
  }

  // Constant arguments give a constant: it is computed now, on one row.
  Operand call(const Function& function, const Operands& arguments, const PreparedPtr& prepared) {
    const bool is_constant =
        std::all_of(arguments.begin(), arguments.end(), [](const Operand& o) { return o.is_constant; });
    if (!is_constant) {
      Instruction instruction{Instruction::Kind::call, 0, {}, &function, {}, prepared};
      for (size_t i = 0; i < arguments.size(); ++i) instruction.arguments[i] = arguments[i].instruction;
      return {append(std::move(instruction)), function.result, false};
    }
    std::vector<Vector> rows;
    for (const Operand& argument : arguments)
      rows.push_back(take_first(program_.instructions[argument.instruction].constant, 1));
    std::vector<const Vector*> pointers;
    for (const Vector& row : rows) pointers.push_back(&row);
    return append_constant(call_function(function, prepared, pointers, 1), function.result);
  }

  Error mismatch(const Term& term, const std::vector<const Function*>& overloads, const Operands& arguments) const {
    const std::string name = term.name == "negate" ? "-" : term.name;
    const bool has_text = std::any_of(arguments.begin(), arguments.end(),
                                      [](const Operand& operand) { return operand.type == ColumnType::text; });
    const bool has_other = std::any_of(arguments.begin(), arguments.end(), [](const Operand& operand) {
      return operand.type && *operand.type != ColumnType::text;
    });
    const bool has_count = std::any_of(overloads.begin(), overloads.end(),
                                       [&](const Function* f) { return f->count == arguments.size(); });
    std::string forms;
    for (const Function* overload : overloads)
      forms += fmt::format("{}{}", forms.empty() ? "" : " or ", signature(*overload));
    std::string hint = fmt::format("'{}' takes {}", name, forms);
    if (has_count && has_text && has_other)
      hint = "give text a type first: number(x), integer(x), date(x), or a 'cast' step before this one";
    return source_.error(term.offset, fmt::format("'{}' cannot take ({})", name, type_list(arguments)),
                         std::move(hint));
  }

  const PlacedText& source_;
  const table::Schema& schema_;
  Program program_;
};

}  // namespace

Result<Program> bind_expression(const Term& term, const PlacedText& source, const table::Schema& schema) {
  return Binder(source, schema).bind_all(term);
}

}  // namespace aml::prep
