#include <fmt/format.h>

#include "prep/export_expression.h"
#include "prep/export_writer.h"

namespace aml::prep {
namespace {

constexpr ExportTarget kTarget = ExportTarget::pyspark;

// Python strings: names of columns, and expressions of Spark SQL.
std::string py_text(std::string_view text) { return export_text(text, ExportTarget::pandas); }

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + py_text(name);
  return list;
}

struct AggregateCode {
  std::string_view function, code;  // {0}: the column, {1}: the share of a quantile
};
constexpr AggregateCode kAggregates[] = {
    {"count", "count({0})"},
    {"sum", "sum({0})"},
    {"mean", "avg({0})"},
    {"min", "min({0})"},
    {"max", "max({0})"},
    {"variance", "var_samp({0})"},
    {"sd", "stddev_samp({0})"},
    {"distinct", "count(DISTINCT {0})"},
    {"median", "percentile({0}, 0.5)"},
    {"quantile", "percentile({0}, {1})"},
};

class PysparkWriter final : public ExportWriter {
 public:
  PysparkWriter(std::string_view package, const table::ReadOptions& source) : package_(package), source_(source) {}

  Status add(const ExportOperation& operation, const ColumnTypes& types) override {
    return std::visit([&](const auto& known) { return write(known, types); }, operation);
  }
  void comment(std::string_view text) override { line(fmt::format("# {}", comment_text(text))); }

  std::string finish() override {
    const std::string separator = source_.separator.value_or(source_.format == table::Format::tsv ? "\t" : ",");
    std::string words;
    for (const std::string& word : source_.missing) words += (words.empty() ? "" : ", ") + py_text(word);
    std::string code = fmt::format("# Made from {} by amlprep export. Cells that do not convert become null.\n",
                                   comment_text(package_));
    code +=
        "import sys\n\nfrom pyspark.sql import SparkSession\nfrom pyspark.sql import functions as F\n\n\ndef "
        "read(spark, path):\n";
    code += fmt::format("    df = spark.read.csv(path, sep={}, header={}, multiLine=True, escape='\"')\n",
                        py_text(separator), source_.has_header ? "True" : "False");
    if (!source_.has_header) code += "    df = df.toDF(*[f\"column{i + 1}\" for i in range(len(df.columns))])\n";
    if (!words.empty()) code += fmt::format("    df = df.replace([{}], None)\n", words);
    code += "    return df\n\n\ndef prepare(df):\n" + body_ + "    return df\n\n\nif __name__ == \"__main__\":\n";
    return code +
           "    spark = SparkSession.builder.getOrCreate()\n    prepare(read(spark, "
           "sys.argv[1])).write.csv(sys.argv[2], header=True)\n";
  }

 private:
  void line(std::string_view text) { body_ += fmt::format("    {}\n", text); }

  Status write(const KeepColumns& keep, const ColumnTypes&) {
    std::string list;
    for (const std::string& name : keep.columns)
      list += (list.empty() ? "" : ", ") + py_text(export_name(name, kTarget));
    return line(fmt::format("df = df.select({})", list)), Status();
  }
  Status write(const DropColumns& drop, const ColumnTypes&) {
    return line(fmt::format("df = df.drop({})", list_of(drop.columns))), Status();
  }

  Status write(const RenameColumns& rename, const ColumnTypes&) {
    std::string names;
    for (const auto& [from, to] : rename.names)
      names += fmt::format("{}{}: {}", names.empty() ? "" : ", ", py_text(from), py_text(to));
    line(fmt::format("df = df.toDF(*[{{{}}}.get(name, name) for name in df.columns])", names));
    return {};
  }

  Status write(const AssignColumn& assign, const ColumnTypes& types) {
    const ExportedTerm value = TRY(export_term(assign.value, types, kTarget));
    line(fmt::format("df = df.withColumn({}, F.expr({}))", py_text(assign.column), py_text(value.code)));
    return {};
  }

  Status write(const FilterRows& filter, const ColumnTypes& types) {
    line(fmt::format("df = df.filter({})", py_text(TRY(export_term(filter.condition, types, kTarget)).code)));
    return {};
  }

  // Which rows are the first is not defined where a table has no order.
  Status write(const TakeRows& take, const ColumnTypes&) {
    return line(fmt::format("df = df.limit({})", take.count)), Status();
  }

  Status write(const DistinctRows& distinct, const ColumnTypes&) {
    const std::string columns = distinct.columns.empty() ? "" : fmt::format("[{}]", list_of(distinct.columns));
    return line(fmt::format("df = df.dropDuplicates({})", columns)), Status();
  }

  Status write(const SortRows& sort, const ColumnTypes&) {
    std::string keys;
    for (const auto& [name, is_descending] : sort.keys)
      keys += fmt::format("{}F.expr({}).{}_nulls_last()", keys.empty() ? "" : ", ", py_text(export_name(name, kTarget)),
                          is_descending ? "desc" : "asc");
    return line(fmt::format("df = df.orderBy({})", keys)), Status();
  }

  Status write(const SummarizeRows& summarize, const ColumnTypes&) {
    std::string aggregates;
    for (const auto& aggregate : summarize.aggregates) {
      std::string code = aggregate.column.empty() ? "count(*)" : "";
      for (const AggregateCode& known : kAggregates)
        if (known.function == aggregate.function && !aggregate.column.empty())
          code = fmt::format(fmt::runtime(known.code), export_name(aggregate.column, kTarget), aggregate.quantile);
      // A table of Spark has no order that says which value is the first.
      if (code.empty())
        return Error{ErrorKind::partial, fmt::format("the aggregate '{}' has no counterpart", aggregate.function)};
      aggregates +=
          fmt::format("{}F.expr({}).alias({})", aggregates.empty() ? "" : ", ", py_text(code), py_text(aggregate.into));
    }
    std::string by;
    for (const std::string& name : summarize.by) by += (by.empty() ? "" : ", ") + py_text(export_name(name, kTarget));
    return line(fmt::format("df = df.groupBy({}).agg({})", by, aggregates)), Status();
  }

  std::string package_;
  table::ReadOptions source_;
  std::string body_;
};

}  // namespace

std::unique_ptr<ExportWriter> make_pyspark_writer(std::string_view package, const table::ReadOptions& source) {
  return std::make_unique<PysparkWriter>(package, source);
}

}  // namespace aml::prep
