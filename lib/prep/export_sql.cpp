#include <fmt/format.h>

#include "prep/export_expression.h"
#include "prep/export_writer.h"

namespace aml::prep {
namespace {

constexpr ExportTarget kTarget = ExportTarget::sql;
constexpr std::string_view kRow = "\"_row\"";  // the order of the rows, which a table of SQL does not have

std::string name_of(std::string_view name) { return export_name(name, kTarget); }

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name_of(name);
  return list;
}

struct AggregateCode {
  std::string_view function, code;  // {0}: the column, {1}: the share of a quantile, {2}: the order of the rows
};
constexpr AggregateCode kAggregates[] = {
    {"count", "count({0})"},       {"sum", "sum({0})"},
    {"mean", "avg({0})"},          {"min", "min({0})"},
    {"max", "max({0})"},           {"variance", "var_samp({0})"},
    {"sd", "stddev_samp({0})"},    {"first", "arg_min({0}, {2})"},
    {"last", "arg_max({0}, {2})"}, {"distinct", "count(DISTINCT {0})"},
    {"median", "median({0})"},     {"quantile", "quantile_cont({0}, {1})"},
};

// One common table expression per operation. SQL has no names for "all columns with one changed"; this is DuckDB's.
class SqlWriter final : public ExportWriter {
 public:
  SqlWriter(std::string_view package, const table::ReadOptions& source) : package_(package), source_(source) {}

  Status add(const ExportOperation& operation, const ColumnTypes& types) override {
    return std::visit([&](const auto& known) { return write(known, types); }, operation);
  }
  void comment(std::string_view text) override { comments_ += fmt::format("-- {}\n", comment_text(text)); }

  std::string finish() override {
    std::string words = "''";
    for (const std::string& word : source_.missing) words += fmt::format(", {}", export_text(word, kTarget));
    const std::string separator = source_.separator.value_or(source_.format == table::Format::tsv ? "\t" : ",");
    std::string code = fmt::format(
        "-- Made from {} by amlprep export, in the SQL of DuckDB. Cells that do not convert become NULL.\n"
        "-- It reads a table `input` whose columns are all text, for example:\n"
        "--   CREATE VIEW input AS SELECT * FROM read_csv('data.csv', all_varchar = true, header = {}, delim = {}, "
        "nullstr = [{}]);\n",
        comment_text(package_), source_.has_header, comment_text(export_text(separator, kTarget)), comment_text(words));
    code += fmt::format("WITH step0 AS (SELECT *, row_number() OVER () AS {} FROM input)", kRow);
    return code + steps_ +
           fmt::format("\n{2}SELECT * EXCLUDE ({0}) FROM step{1} ORDER BY {0};\n", kRow, count_, comments_);
  }

 private:
  void step(std::string_view select, std::string_view rest = {}) {
    steps_ += fmt::format(",\n{}step{} AS (SELECT {} FROM step{}{}{})", comments_, count_ + 1, select, count_,
                          rest.empty() ? "" : " ", rest);
    comments_.clear();
    ++count_;
  }

  Status write(const KeepColumns& keep, const ColumnTypes&) {
    return step(fmt::format("{}, {}", list_of(keep.columns), kRow)), Status();
  }
  Status write(const DropColumns& drop, const ColumnTypes&) {
    return step(fmt::format("* EXCLUDE ({})", list_of(drop.columns))), Status();
  }

  Status write(const RenameColumns& rename, const ColumnTypes&) {
    std::string names;
    for (const auto& [from, to] : rename.names)
      names += fmt::format("{}{} AS {}", names.empty() ? "" : ", ", name_of(from), name_of(to));
    step(fmt::format("* RENAME ({})", names));
    return {};
  }

  Status write(const AssignColumn& assign, const ColumnTypes& types) {
    const ExportedTerm value = TRY(export_term(assign.value, types, kTarget));
    // A column that is there keeps its place. It is known to be there if the value reads it, or a step has made it.
    const bool is_known = reads(assign.value, assign.column) || types.contains(assign.column);
    if (is_known) step(fmt::format("* REPLACE ({} AS {})", value.code, name_of(assign.column)));
    else step(fmt::format("* EXCLUDE ({0}), {1} AS {2}, {0}", kRow, value.code, name_of(assign.column)));
    return {};
  }

  static bool reads(const Term& term, std::string_view column) {
    if (term.kind == Term::Kind::column && term.name == column) return true;
    for (const Term& argument : term.arguments)
      if (reads(argument, column)) return true;
    return false;
  }

  Status write(const FilterRows& filter, const ColumnTypes& types) {
    step("*", fmt::format("WHERE {}", TRY(export_term(filter.condition, types, kTarget)).code));
    return {};
  }

  Status write(const TakeRows& take, const ColumnTypes&) {
    step("*", fmt::format("QUALIFY row_number() OVER (ORDER BY {}) <= {}", kRow, take.count));
    return {};
  }

  Status write(const DistinctRows& distinct, const ColumnTypes&) {
    if (distinct.columns.empty())
      return step(fmt::format("* EXCLUDE ({0}), min({0}) AS {0}", kRow), "GROUP BY ALL"), Status();
    step("*",
         fmt::format("QUALIFY row_number() OVER (PARTITION BY {} ORDER BY {}) = 1", list_of(distinct.columns), kRow));
    return {};
  }

  Status write(const SortRows& sort, const ColumnTypes&) {
    std::string keys;
    for (const auto& [name, is_descending] : sort.keys)
      keys += fmt::format("{} {} NULLS LAST, ", name_of(name), is_descending ? "DESC" : "ASC");
    step(fmt::format("* REPLACE (row_number() OVER (ORDER BY {0}{1}) AS {1})", keys, kRow));
    return {};
  }

  Status write(const SummarizeRows& summarize, const ColumnTypes&) {
    std::string columns = list_of(summarize.by);
    for (const auto& aggregate : summarize.aggregates) {
      std::string code = "count(*)";
      for (const AggregateCode& known : kAggregates)
        if (known.function == aggregate.function && !aggregate.column.empty())
          code = fmt::format(fmt::runtime(known.code), name_of(aggregate.column), aggregate.quantile, kRow);
      columns += fmt::format("{}{} AS {}", columns.empty() ? "" : ", ", code, name_of(aggregate.into));
    }
    step(fmt::format("{0}, min({1}) AS {1}", columns, kRow),
         summarize.by.empty() ? "" : fmt::format("GROUP BY {}", list_of(summarize.by)));
    return {};
  }

  std::string package_;
  table::ReadOptions source_;
  std::string steps_;
  std::string comments_;  // that stand before the next step
  size_t count_ = 0;
};

}  // namespace

std::unique_ptr<ExportWriter> make_sql_writer(std::string_view package, const table::ReadOptions& source) {
  return std::make_unique<SqlWriter>(package, source);
}

}  // namespace aml::prep
