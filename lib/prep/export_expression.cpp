#include "prep/export_expression.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <array>

#include "text/json.h"
#include "text/numbers.h"

namespace aml::prep {
namespace {

using table::ColumnType;

// Types of arguments, as letters: t text, i integer, n integer or number, b boolean, d date, a any. An argument in
// upper case must be a column, because the code calls a method of it.
struct FunctionCode {
  std::string_view name;
  std::string_view arguments;
  char result;                          // a letter; '=' is the type of the first argument, '+' number if one of them is
  std::string_view pandas, sql, spark;  // {0}, {1}, …; empty: no counterpart
};

constexpr std::string_view kSqlNumber =
    "CASE WHEN regexp_full_match(trim({0}), '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?') "
    "THEN TRY_CAST(trim({0}) AS DOUBLE) END";
constexpr std::string_view kSparkNumber =
    "CASE WHEN trim({0}) RLIKE '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$' THEN try_cast(trim({0}) AS "
    "DOUBLE) END";
constexpr std::string_view kSqlInteger =
    "CASE WHEN regexp_full_match(trim({0}), '[+-]?[0-9]+([.]0*)?') THEN TRY_CAST(regexp_replace(trim({0}), '[.]0*$', "
    "'') AS BIGINT) END";
constexpr std::string_view kSparkInteger =
    "CASE WHEN trim({0}) RLIKE '^[+-]?[0-9]+([.]0*)?$' THEN try_cast(regexp_replace(trim({0}), '[.]0*$', '') AS "
    "BIGINT) END";
constexpr std::string_view kBoolean =
    "CASE WHEN lower(trim({0})) IN ('true', 'yes', '1') THEN TRUE WHEN lower(trim({0})) IN "
    "('false', 'no', '0') THEN FALSE END";
constexpr std::string_view kSqlDate =
    "CASE WHEN regexp_full_match(trim({0}), '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') THEN TRY_CAST(trim({0}) AS DATE) END";
constexpr std::string_view kSparkDate =
    "CASE WHEN trim({0}) RLIKE '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$' THEN try_cast(trim({0}) AS DATE) END";
constexpr std::string_view kIf = "CASE WHEN {0} THEN {1} WHEN NOT {0} THEN {2} END";

constexpr std::array kFunctions = {
    FunctionCode{"or", "Bb", 'b', "({0} | {1})", "({0} OR {1})", "({0} OR {1})"},
    FunctionCode{"and", "Bb", 'b', "({0} & {1})", "({0} AND {1})", "({0} AND {1})"},
    FunctionCode{"not", "B", 'b', "(~{0})", "(NOT {0})", "(NOT {0})"},
    FunctionCode{"==", "Nn", 'b', "({0} == {1})", "({0} = {1})", "({0} = {1})"},
    FunctionCode{"==", "Tt", 'b', "({0} == {1})", "({0} = {1})", "({0} = {1})"},
    FunctionCode{"==", "Bb", 'b', "({0} == {1})", "({0} = {1})", "({0} = {1})"},
    FunctionCode{"!=", "Nn", 'b', "({0} != {1})", "({0} <> {1})", "({0} <> {1})"},
    FunctionCode{"!=", "Tt", 'b', "({0} != {1})", "({0} <> {1})", "({0} <> {1})"},
    FunctionCode{"<", "Nn", 'b', "({0} < {1})", "({0} < {1})", "({0} < {1})"},
    FunctionCode{"<", "Tt", 'b', "({0} < {1})", "({0} < {1})", "({0} < {1})"},
    FunctionCode{"<=", "Nn", 'b', "({0} <= {1})", "({0} <= {1})", "({0} <= {1})"},
    FunctionCode{"<=", "Tt", 'b', "({0} <= {1})", "({0} <= {1})", "({0} <= {1})"},
    FunctionCode{">", "Nn", 'b', "({0} > {1})", "({0} > {1})", "({0} > {1})"},
    FunctionCode{">", "Tt", 'b', "({0} > {1})", "({0} > {1})", "({0} > {1})"},
    FunctionCode{">=", "Nn", 'b', "({0} >= {1})", "({0} >= {1})", "({0} >= {1})"},
    FunctionCode{">=", "Tt", 'b', "({0} >= {1})", "({0} >= {1})", "({0} >= {1})"},
    FunctionCode{"++", "Tt", 't', "({0} + {1})", "({0} || {1})", "({0} || {1})"},
    FunctionCode{"+", "Tt", 't', "({0} + {1})", "({0} || {1})", "({0} || {1})"},
    FunctionCode{"+", "nn", '+', "({0} + {1})", "({0} + {1})", "({0} + {1})"},
    FunctionCode{"-", "nn", '+', "({0} - {1})", "({0} - {1})", "({0} - {1})"},
    FunctionCode{"*", "nn", '+', "({0} * {1})", "({0} * {1})", "({0} * {1})"},
    FunctionCode{"/", "nn", 'n', "_quotient({0}, {1})", "(CAST({0} AS DOUBLE) / NULLIF({1}, 0))",
                 "(CAST({0} AS DOUBLE) / NULLIF({1}, 0))"},
    FunctionCode{"negate", "n", '=', "(-{0})", "(-{0})", "(-{0})"},
    FunctionCode{"if", "Baa", '2', "_if({0}, {1}, {2})", kIf, kIf},
    FunctionCode{"coalesce", "Aa", '=', "_coalesce({0}, {1})", "coalesce({0}, {1})", "coalesce({0}, {1})"},
    FunctionCode{"is_missing", "A", 'b', "{0}.isna()", "({0} IS NULL)", "({0} IS NULL)"},
    FunctionCode{"abs", "N", '=', "{0}.abs()", "abs({0})", "abs({0})"},
    FunctionCode{"lower", "T", 't', "{0}.str.lower()", "lower({0})", "lower({0})"},
    FunctionCode{"upper", "T", 't', "{0}.str.upper()", "upper({0})", "upper({0})"},
    FunctionCode{"trim", "T", 't', "{0}.str.strip(\" \\t\\r\\n\")", "trim({0}, e' \\t\\r\\n')",
                 "trim(BOTH ' \\t\\r\\n' FROM {0})"},
    FunctionCode{"length", "T", 'i', "{0}.str.len().astype(\"Int64\")", "CAST(length({0}) AS BIGINT)",
                 "CAST(char_length({0}) AS BIGINT)"},
    FunctionCode{"contains", "Tt", 'b', "{0}.str.contains({1}, regex=False)", "contains({0}, {1})",
                 "contains({0}, {1})"},
    FunctionCode{"starts_with", "Tt", 'b', "{0}.str.startswith({1})", "starts_with({0}, {1})", "startswith({0}, {1})"},
    FunctionCode{"ends_with", "Tt", 'b', "{0}.str.endswith({1})", "ends_with({0}, {1})", "endswith({0}, {1})"},
    FunctionCode{"replace", "Ttt", 't', "{0}.str.replace({1}, {2}, regex=False)", "replace({0}, {1}, {2})",
                 "replace({0}, {1}, {2})"},
    FunctionCode{"before", "Tt", 't', "{0}.str.split({1}, n=1, regex=False).str[0]", "split_part({0}, {1}, 1)",
                 "substring_index({0}, {1}, 1)"},
    FunctionCode{"number", "T", 'n', "_number({0})", kSqlNumber, kSparkNumber},
    FunctionCode{"number", "I", 'n', "{0}.astype(\"Float64\")", "CAST({0} AS DOUBLE)", "CAST({0} AS DOUBLE)"},
    FunctionCode{"integer", "T", 'i', "_integer({0})", kSqlInteger, kSparkInteger},
    FunctionCode{"boolean", "T", 'b', "_boolean({0})", kBoolean, kBoolean},
    FunctionCode{"date", "T", 'd', "_date({0})", kSqlDate, kSparkDate},
    FunctionCode{"year", "D", 'i', "{0}.dt.year.astype(\"Int64\")", "CAST(year({0}) AS BIGINT)",
                 "CAST(year({0}) AS BIGINT)"},
    FunctionCode{"month", "D", 'i', "{0}.dt.month.astype(\"Int64\")", "CAST(month({0}) AS BIGINT)",
                 "CAST(month({0}) AS BIGINT)"},
    FunctionCode{"day", "D", 'i', "{0}.dt.day.astype(\"Int64\")", "CAST(day({0}) AS BIGINT)",
                 "CAST(day({0}) AS BIGINT)"},
    FunctionCode{"weekday", "D", 'i', "({0}.dt.weekday + 1).astype(\"Int64\")", "CAST(isodow({0}) AS BIGINT)",
                 "CAST(weekday({0}) + 1 AS BIGINT)"},
};

std::string_view template_of(const FunctionCode& function, ExportTarget target) {
  switch (target) {
    case ExportTarget::pandas: return function.pandas;
    case ExportTarget::sql: return function.sql;
    default: return function.spark;
  }
}

Error no_counterpart(std::string_view what) { return {ErrorKind::partial, fmt::format("{} has no counterpart", what)}; }

bool fits(char letter, const ExportedTerm& argument) {
  const bool needs_column = 'A' <= letter && letter <= 'Z';
  if (needs_column && !argument.is_column) return false;
  switch (letter | 0x20) {
    case 't': return argument.type == ColumnType::text;
    case 'i': return argument.type == ColumnType::int64;
    case 'n': return table::is_numeric(argument.type);
    case 'b': return argument.type == ColumnType::boolean;
    case 'd': return argument.type == ColumnType::date;
    default: return true;
  }
}

bool fits_all(const FunctionCode& function, const std::vector<ExportedTerm>& arguments) {
  if (function.arguments.size() != arguments.size()) return false;
  for (size_t i = 0; i < arguments.size(); ++i)
    if (!fits(function.arguments[i], arguments[i])) return false;
  return true;
}

ColumnType result_of(const FunctionCode& function, const std::vector<ExportedTerm>& arguments) {
  switch (function.result) {
    case 't': return ColumnType::text;
    case 'i': return ColumnType::int64;
    case 'n': return ColumnType::float64;
    case 'b': return ColumnType::boolean;
    case 'd': return ColumnType::date;
    case '2': return arguments[1].type;
    case '+':
      for (const ExportedTerm& argument : arguments)
        if (argument.type == ColumnType::float64) return ColumnType::float64;
      return ColumnType::int64;
    default: return arguments[0].type;
  }
}

// Branches of one type; a missing literal fits each.
bool have_one_type(const Term& term, std::vector<ExportedTerm>& arguments, size_t first) {
  std::optional<ColumnType> type;
  const auto is_missing = [&](size_t i) {
    return term.arguments[i].kind == Term::Kind::literal &&
           std::holds_alternative<MissingLiteral>(term.arguments[i].literal);
  };
  for (size_t i = first; i < arguments.size(); ++i) {
    if (is_missing(i)) continue;
    if (type && *type != arguments[i].type) return false;
    type = arguments[i].type;
  }
  for (size_t i = first; i < arguments.size(); ++i) arguments[i].type = type.value_or(ColumnType::text);
  return true;
}

std::string fill_in(std::string_view code, const std::vector<ExportedTerm>& arguments) {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const ExportedTerm& argument : arguments) store.push_back(argument.code);
  return fmt::vformat(code, store);
}

ExportedTerm export_literal(const Literal& literal, ExportTarget target) {
  const bool is_python = target == ExportTarget::pandas;
  if (const auto* truth = std::get_if<bool>(&literal))
    return {is_python ? (*truth ? "True" : "False") : (*truth ? "TRUE" : "FALSE"), ColumnType::boolean, false};
  if (const auto* whole = std::get_if<int64_t>(&literal)) return {fmt::format("{}", *whole), ColumnType::int64, false};
  if (const auto* number = std::get_if<double>(&literal)) {
    std::string code = text::format_number(*number);
    // A plain 0.5 is a decimal in SQL; with an exponent it is a double.
    if (!is_python && code.find('e') == std::string::npos) code += "e0";
    else if (code.find_first_of(".e") == std::string::npos) code += ".0";
    return {code, ColumnType::float64, false};
  }
  if (const auto* text = std::get_if<std::string>(&literal))
    return {export_text(*text, target), ColumnType::text, false};
  return {is_python ? "pd.NA" : "NULL", ColumnType::text, false};
}

// x in (a, b): the list is one argument of the code.
Result<ExportedTerm> export_in(const std::vector<ExportedTerm>& arguments, ExportTarget target) {
  std::string list;
  for (size_t i = 1; i < arguments.size(); ++i) {
    const bool is_alike = arguments[i].type == arguments[0].type ||
                          (table::is_numeric(arguments[i].type) && table::is_numeric(arguments[0].type));
    if (arguments[i].is_column || !is_alike)
      return no_counterpart("'in' with other than constants of the column's type");
    list += (i > 1 ? ", " : "") + arguments[i].code;
  }
  if (!arguments[0].is_column) return no_counterpart("'in' of a constant");
  return ExportedTerm{
      fmt::format(target == ExportTarget::pandas ? fmt::runtime("_is_in({}, [{}])") : fmt::runtime("({} IN ({}))"),
                  arguments[0].code, list),
      ColumnType::boolean};
}

}  // namespace

Result<ExportedTerm> export_term(const Term& term, const ColumnTypes& types, ExportTarget target) {
  if (term.kind == Term::Kind::literal) return export_literal(term.literal, target);
  if (term.kind == Term::Kind::column) {
    const auto known = types.find(term.name);
    return ExportedTerm{export_name(term.name, target), known == types.end() ? ColumnType::text : known->second};
  }
  std::vector<ExportedTerm> arguments;
  bool has_column = false;
  for (const Term& argument : term.arguments) {
    arguments.push_back(TRY(export_term(argument, types, target)));
    has_column = has_column || arguments.back().is_column;
  }
  if (term.name == "in") return export_in(arguments, target);
  const size_t first_branch = term.name == "if" ? 1 : 0;
  if ((term.name == "if" || term.name == "coalesce") && !have_one_type(term, arguments, first_branch))
    return no_counterpart(fmt::format("'{}' of different types", term.name));
  for (const FunctionCode& function : kFunctions) {
    if (function.name != term.name || !fits_all(function, arguments)) continue;
    const std::string_view code = template_of(function, target);
    if (code.empty()) break;
    return ExportedTerm{fill_in(code, arguments), result_of(function, arguments), has_column};
  }
  std::string kinds;
  for (const ExportedTerm& argument : arguments)
    kinds +=
        fmt::format("{}{}{}", kinds.empty() ? "" : ", ", argument.is_column ? "" : "constant ", name_of(argument.type));
  return no_counterpart(fmt::format("'{}' of ({})", term.name, kinds));
}

std::string export_text(std::string_view text, ExportTarget target) {
  std::string code;
  if (target == ExportTarget::pandas) {
    text::append_json_string(code, text);  // is a literal of Python as well
    return code;
  }
  code = "'";
  for (const char c : text) {
    if (c == '\'') code += target == ExportTarget::sql ? "''" : "\\'";
    else if (c == '\\' && target == ExportTarget::pyspark) code += "\\\\";
    else code += c;
  }
  return code + "'";
}

std::string export_name(std::string_view name, ExportTarget target) {
  if (target == ExportTarget::pandas) return fmt::format("df[{}]", export_text(name, target));
  const char quote = target == ExportTarget::sql ? '"' : '`';
  std::string code(1, quote);
  for (const char c : name) code.append(c == quote ? 2 : 1, c);
  return code + quote;
}

}  // namespace aml::prep
