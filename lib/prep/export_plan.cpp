#include "prep/export_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "prep/expression_parser.h"
#include "prep/placed_text.h"
#include "text/numbers.h"

namespace aml::prep {
namespace {

using table::ColumnType;
using text::Yaml;
using Operations = Result<std::vector<ExportOperation>>;

struct StepToPlan {
  const Yaml& arguments;
  std::string_view document;
  const ColumnTypes& types;

  ColumnType type_of(const std::string& column) const {
    const auto known = types.find(column);
    return known == types.end() ? ColumnType::text : known->second;
  }
};

Error no_counterpart(std::string_view what) { return {ErrorKind::partial, fmt::format("{} has no counterpart", what)}; }

Term column_term(std::string name) { return {.kind = Term::Kind::column, .name = std::move(name)}; }
Term literal_term(Literal literal) { return {.kind = Term::Kind::literal, .literal = std::move(literal)}; }
Term call_term(std::string name, std::vector<Term> arguments) {
  return {.kind = Term::Kind::call, .name = std::move(name), .arguments = std::move(arguments)};
}

std::vector<std::string> names_of(const Yaml& node) {
  std::vector<std::string> names;
  for (const Yaml& item : node.items()) names.push_back(item.scalar());
  return names;
}

// A value of the package as a literal of the column's type.
Result<Term> value_term(const Yaml& value, ColumnType type) {
  if (value.is_null() || (!value.is_quoted() && value.scalar() == "null")) return literal_term(MissingLiteral{});
  switch (type) {
    case ColumnType::text: return literal_term(value.scalar());
    case ColumnType::int64:
      if (const auto number = text::parse_int(value.scalar())) return literal_term(*number);
      break;
    case ColumnType::float64:
      if (const auto number = text::parse_double(value.scalar())) return literal_term(*number);
      break;
    case ColumnType::boolean:
      if (value.scalar() == "true" || value.scalar() == "false") return literal_term(value.scalar() == "true");
      break;
    default: break;
  }
  return no_counterpart(fmt::format("the value '{}'", value.scalar()));
}

Operations plan_keep(const StepToPlan& step) {
  return std::vector<ExportOperation>{KeepColumns{names_of(step.arguments)}};
}
Operations plan_drop(const StepToPlan& step) {
  return std::vector<ExportOperation>{DropColumns{names_of(step.arguments)}};
}

Operations plan_rename(const StepToPlan& step) {
  RenameColumns rename;
  for (const Yaml::Entry& entry : step.arguments.entries()) rename.names.emplace_back(entry.key, entry.value.scalar());
  return std::vector<ExportOperation>{std::move(rename)};
}

Operations plan_cast(const StepToPlan& step) {
  std::vector<ExportOperation> operations;
  for (const Yaml::Entry& entry : step.arguments.entries()) {
    const auto type = table::parse_column_type(entry.value.scalar());
    if (!entry.value.is_scalar() || !type) return no_counterpart("a cast with declared forms");
    if (*type == step.type_of(entry.key)) continue;
    operations.push_back(AssignColumn{entry.key, call_term(std::string(name_of(*type)), {column_term(entry.key)})});
  }
  return operations;
}

Operations plan_fill(const StepToPlan& step) {
  std::vector<ExportOperation> operations;
  for (const Yaml::Entry& entry : step.arguments.entries()) {
    if (!entry.value.is_scalar()) return no_counterpart("this form of 'fill'");
    Term value = TRY(value_term(entry.value, step.type_of(entry.key)));
    operations.push_back(AssignColumn{entry.key, call_term("coalesce", {column_term(entry.key), std::move(value)})});
  }
  return operations;
}

// A table of values is a chain of ifs that starts at its last entry; missing cells stay.
Operations plan_replace(const StepToPlan& step) {
  std::vector<ExportOperation> operations;
  for (const Yaml::Entry& entry : step.arguments.entries()) {
    const ColumnType type = step.type_of(entry.key);
    Term value = column_term(entry.key);
    if (entry.value.kind() != Yaml::Kind::mapping) return no_counterpart("this form of 'replace'");
    for (size_t i = entry.value.entries().size(); i-- > 0;) {
      const Yaml::Entry& pair = entry.value.entries()[i];
      if (type != ColumnType::text)
        return no_counterpart(fmt::format("'replace' in the {} column '{}'", name_of(type), entry.key));
      Term replacement = TRY(value_term(pair.value, type));
      Term is_equal = call_term("==", {column_term(entry.key), literal_term(pair.key)});
      value = call_term("if", {std::move(is_equal), std::move(replacement), std::move(value)});
    }
    operations.push_back(AssignColumn{entry.key, std::move(value)});
  }
  return operations;
}

Operations plan_trim(const StepToPlan& step) {
  if (step.arguments.is_scalar()) return no_counterpart("'trim: all'");
  std::vector<ExportOperation> operations;
  for (const std::string& name : names_of(step.arguments))
    operations.push_back(AssignColumn{name, call_term("trim", {column_term(name)})});
  return operations;
}

Operations plan_filter(const StepToPlan& step) {
  return std::vector<ExportOperation>{FilterRows{TRY(parse_expression(place_scalar(step.arguments, step.document)))}};
}

Operations plan_derive(const StepToPlan& step) {
  std::vector<ExportOperation> operations;
  for (const Yaml::Entry& entry : step.arguments.entries()) {
    if (!entry.value.is_scalar()) return no_counterpart("this form of 'derive'");
    auto expression = TRY(parse_expression(place_scalar(entry.value, step.document)));
    operations.push_back(AssignColumn{entry.key, std::move(expression)});
  }
  return operations;
}

Operations plan_duplicate(const StepToPlan& step) {
  std::vector<ExportOperation> operations;
  for (const Yaml::Entry& entry : step.arguments.entries())
    operations.push_back(AssignColumn{entry.value.scalar(), column_term(entry.key)});
  return operations;
}

Operations plan_take(const StepToPlan& step) {
  return std::vector<ExportOperation>{TakeRows{static_cast<uint64_t>(step.arguments.as_int().value_or(0))}};
}

Operations plan_distinct(const StepToPlan& step) {
  if (!step.arguments.is_scalar()) return std::vector<ExportOperation>{DistinctRows{names_of(step.arguments)}};
  return std::vector<ExportOperation>{DistinctRows{}};
}

Operations plan_sort(const StepToPlan& step) {
  SortRows sort;
  for (const Yaml& item : step.arguments.items()) {
    if (item.is_scalar()) sort.keys.emplace_back(item.scalar(), false);
    for (const Yaml::Entry& entry : item.entries()) {
      if (entry.value.scalar() != "ascending" && entry.value.scalar() != "descending")
        return no_counterpart("this form of 'sort'");
      sort.keys.emplace_back(entry.key, entry.value.scalar() == "descending");
    }
  }
  return std::vector<ExportOperation>{std::move(sort)};
}

Operations plan_summarize(const StepToPlan& step) {
  constexpr std::array<std::string_view, 12> kFunctions = {"count", "sum",   "mean", "min",      "max",    "variance",
                                                           "sd",    "first", "last", "distinct", "median", "quantile"};
  SummarizeRows summarize;
  if (const Yaml* by = step.arguments.find("by")) summarize.by = names_of(*by);
  const Yaml* columns = step.arguments.find("columns");
  if (columns == nullptr || step.arguments.entries().size() > (summarize.by.empty() ? 1U : 2U))
    return no_counterpart("this form of 'summarize'");
  for (const Yaml::Entry& entry : columns->entries()) {
    const Term term = TRY(parse_expression(place_scalar(entry.value, step.document)));
    SummarizeRows::Aggregate aggregate{entry.key, term.name, {}, 0};
    if (std::find(kFunctions.begin(), kFunctions.end(), term.name) == kFunctions.end())
      return no_counterpart(fmt::format("the aggregate '{}'", term.name));
    if (!term.arguments.empty()) aggregate.column = term.arguments[0].name;
    if (!term.arguments.empty() && term.arguments[0].kind != Term::Kind::column)
      return no_counterpart("an aggregate of an expression");
    if (term.arguments.size() > 1) {
      const Literal& literal = term.arguments[1].literal;
      if (const auto* number = std::get_if<double>(&literal)) aggregate.quantile = *number;
      else if (const auto* whole = std::get_if<int64_t>(&literal)) aggregate.quantile = static_cast<double>(*whole);
    }
    summarize.aggregates.push_back(std::move(aggregate));
  }
  return std::vector<ExportOperation>{std::move(summarize)};
}

struct StepPlan {
  std::string_view step;
  Operations (*plan)(const StepToPlan&);
};

constexpr std::array kPlans = {
    StepPlan{"keep", plan_keep}, StepPlan{"drop", plan_drop},           StepPlan{"rename", plan_rename},
    StepPlan{"cast", plan_cast}, StepPlan{"fill", plan_fill},           StepPlan{"replace", plan_replace},
    StepPlan{"trim", plan_trim}, StepPlan{"filter", plan_filter},       StepPlan{"derive", plan_derive},
    StepPlan{"take", plan_take}, StepPlan{"duplicate", plan_duplicate}, StepPlan{"distinct", plan_distinct},
    StepPlan{"sort", plan_sort}, StepPlan{"summarize", plan_summarize},
};

}  // namespace

Operations plan_step(const Yaml::Entry& step, std::string_view document, const ColumnTypes& types) {
  for (const StepPlan& plan : kPlans)
    if (plan.step == step.key) return plan.plan({step.value, document, types});
  return no_counterpart(fmt::format("'{}'", step.key));
}

}  // namespace aml::prep
