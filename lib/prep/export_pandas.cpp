#include <fmt/format.h>

#include "prep/export_expression.h"
#include "prep/export_writer.h"

namespace aml::prep {
namespace {

constexpr ExportTarget kTarget = ExportTarget::pandas;

constexpr std::string_view kHelpers = R"python(

def _series(value, index):
    return value if isinstance(value, pd.Series) else pd.Series([value] * len(index), index=index)


def _if(condition, yes, no):
    yes, no = _series(yes, condition.index), _series(no, condition.index)
    if yes.dtype != no.dtype:
        dtype = next(s.dtype for s in (yes, no) if s.dtype != object)
        yes, no = yes.astype(dtype), no.astype(dtype)
    return yes.where(condition.fillna(False), no).where(condition.notna())


def _coalesce(value, other):
    return value.where(value.notna(), other)


def _is_in(value, values):
    return value.isin(values).astype("boolean").where(value.notna())


def _quotient(a, b):
    divisor = b if isinstance(b, pd.Series) else pd.Series(b, index=a.index)
    return a / divisor.astype("Float64").where(divisor != 0)


def _number(text):
    text = text.str.strip()
    is_number = text.str.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
    return pd.to_numeric(text.where(is_number.fillna(False)), errors="coerce").astype("Float64")


def _integer(text):
    text = text.str.strip()
    is_integer = text.str.fullmatch(r"[+-]?\d+(\.0*)?")
    return pd.to_numeric(text.where(is_integer.fillna(False)).str.replace(r"\.0*$", "", regex=True), errors="coerce").astype("Int64")


def _boolean(text):
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    return text.str.strip().str.lower().map(words).astype("boolean")


def _date(text):
    text = text.str.strip()
    is_date = text.str.fullmatch(r"\d{4}-\d{2}-\d{2}")
    return pd.to_datetime(text.where(is_date.fillna(False)).astype(object), format="%Y-%m-%d", errors="coerce")


)python";

std::string text_of(std::string_view text) { return export_text(text, kTarget); }

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + text_of(name);
  return fmt::format("[{}]", list);
}

struct AggregateCode {
  std::string_view function, code;  // {0}: the column of the group, {1}: the share of a quantile
};
constexpr AggregateCode kAggregates[] = {
    {"count", "{0}.count()"},   {"sum", "{0}.sum(min_count=1)"},
    {"mean", "{0}.mean()"},     {"min", "{0}.min()"},
    {"max", "{0}.max()"},       {"variance", "{0}.var()"},
    {"sd", "{0}.std()"},        {"first", "{0}.first()"},
    {"last", "{0}.last()"},     {"distinct", "{0}.nunique()"},
    {"median", "{0}.median()"}, {"quantile", "{0}.quantile({1})"},
};

class PandasWriter final : public ExportWriter {
 public:
  PandasWriter(std::string_view package, const table::ReadOptions& source) : package_(package), source_(source) {}

  Status add(const ExportOperation& operation, const ColumnTypes& types) override {
    return std::visit([&](const auto& known) { return write(known, types); }, operation);
  }
  void comment(std::string_view text) override { line(fmt::format("# {}", comment_text(text))); }

  std::string finish() override {
    std::string words = "\"\"";
    for (const std::string& word : source_.missing) words += fmt::format(", {}", text_of(word));
    std::string code = fmt::format(
        "# Made from {} by amlprep export. Cells that do not convert become missing.\nimport sys\n\nimport pandas as "
        "pd\n",
        comment_text(package_));
    code += kHelpers;
    code += "def read(path):\n";
    code +=
        fmt::format("    df = pd.read_csv(path, sep={}, dtype=\"string\", keep_default_na=False, na_values=[{}]{})\n",
                    text_of(separator()), words, source_.has_header ? "" : ", header=None");
    if (!source_.has_header) code += "    df.columns = [f\"column{i + 1}\" for i in range(len(df.columns))]\n";
    code += "    return df\n\n\ndef prepare(df):\n    df = df.copy()\n";
    code += body_;
    return code +
           "    return df\n\n\nif __name__ == \"__main__\":\n    prepare(read(sys.argv[1])).to_csv(sys.argv[2] if "
           "len(sys.argv) > 2 else sys.stdout, index=False)\n";
  }

 private:
  void line(std::string_view text) { body_ += fmt::format("    {}\n", text); }
  std::string separator() const {
    return source_.separator.value_or(source_.format == table::Format::tsv ? "\t" : ",");
  }

  Status write(const KeepColumns& keep, const ColumnTypes&) {
    return line(fmt::format("df = df[{}]", list_of(keep.columns))), Status();
  }
  Status write(const DropColumns& drop, const ColumnTypes&) {
    return line(fmt::format("df = df.drop(columns={})", list_of(drop.columns))), Status();
  }

  Status write(const RenameColumns& rename, const ColumnTypes&) {
    std::string names;
    for (const auto& [from, to] : rename.names)
      names += fmt::format("{}{}: {}", names.empty() ? "" : ", ", text_of(from), text_of(to));
    line(fmt::format("df = df.rename(columns={{{}}})", names));
    return {};
  }

  Status write(const AssignColumn& assign, const ColumnTypes& types) {
    const ExportedTerm value = TRY(export_term(assign.value, types, kTarget));
    line(fmt::format("df = df.assign(**{{{}: {}}})", text_of(assign.column), value.code));
    return {};
  }

  Status write(const FilterRows& filter, const ColumnTypes& types) {
    const ExportedTerm condition = TRY(export_term(filter.condition, types, kTarget));
    // A constant keeps all rows or none.
    if (condition.is_column) line(fmt::format("df = df[{}.fillna(False)]", condition.code));
    else if (condition.code != "True") line("df = df[:0]");
    return {};
  }

  Status write(const TakeRows& take, const ColumnTypes&) {
    return line(fmt::format("df = df.head({})", take.count)), Status();
  }

  Status write(const DistinctRows& distinct, const ColumnTypes&) {
    line(fmt::format("df = df.drop_duplicates({})",
                     distinct.columns.empty() ? "" : fmt::format("subset={}", list_of(distinct.columns))));
    return {};
  }

  Status write(const SortRows& sort, const ColumnTypes&) {
    std::vector<std::string> names;
    std::string orders;
    for (const auto& [name, is_descending] : sort.keys) {
      names.push_back(name);
      orders += fmt::format("{}{}", orders.empty() ? "" : ", ", is_descending ? "False" : "True");
    }
    line(fmt::format("df = df.sort_values({}, ascending=[{}], kind=\"stable\", na_position=\"last\")", list_of(names),
                     orders));
    return {};
  }

  Status write(const SummarizeRows& summarize, const ColumnTypes&) {
    std::string columns;
    for (const auto& aggregate : summarize.aggregates) {
      std::string code = "groups.size()";
      for (const AggregateCode& known : kAggregates)
        if (known.function == aggregate.function && !aggregate.column.empty())
          code = fmt::format(fmt::runtime(known.code), fmt::format("groups[{}]", text_of(aggregate.column)),
                             aggregate.quantile);
      columns += fmt::format("{}{}: {}", columns.empty() ? "" : ", ", text_of(aggregate.into), code);
    }
    const bool is_whole = summarize.by.empty();
    line(fmt::format("groups = df.groupby({}, sort=False, dropna=False)",
                     is_whole ? "lambda row: 0" : list_of(summarize.by)));
    line(fmt::format("df = pd.DataFrame({{{}}}).reset_index({})", columns, is_whole ? "drop=True" : ""));
    return {};
  }

  std::string package_;
  table::ReadOptions source_;
  std::string body_;
};

}  // namespace

std::unique_ptr<ExportWriter> make_pandas_writer(std::string_view package, const table::ReadOptions& source) {
  return std::make_unique<PandasWriter>(package, source);
}

}  // namespace aml::prep
