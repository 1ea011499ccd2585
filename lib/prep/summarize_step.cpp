// - summarize: {by: [species], columns: {n: count, mass: mean(body_mass_g)}}      one row for each group
#include <fmt/format.h>

#include "prep/aggregate.h"
#include "prep/expression_parser.h"
#include "prep/held_rows.h"
#include "prep/key_table.h"
#include "prep/keyed_stage.h"
#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"
#include "text/suggest.h"

namespace aml::prep {
namespace {

// "mean(body_mass_g)" as it was written, and what it means once the columns are known.
struct Summary {
  PlacedName name;
  PlacedText written;
  const AggregateKind* kind = nullptr;
  std::optional<Term> argument = {};  // none: count of all rows
  double share = 0;
  std::optional<size_t> column = {};
};

struct SummarizePlan {
  table::SchemaPtr input = {};
  std::vector<size_t> by;
  table::SchemaPtr keys;  // the columns of `by`
  table::SchemaPtr schema;
  std::vector<Summary> summaries;
  std::vector<table::ColumnType> input_types = {};
};

class SummarizeWork final : public KeyedWork {
 public:
  SummarizeWork(const SummarizePlan& plan, const Resources& resources, Numbered numbered)
      : plan_(plan), resources_(resources), held_(plan.by), group_rows_(plan.keys) {
    if (numbered == Numbered::yes) {
      held_.push_back(plan.input_types.size());
      held_schema_ = schema_with_sequence(*plan.keys);
      group_rows_ = HeldRows(held_schema_);
    }
    for (const Summary& summary : plan.summaries)
      aggregates_.push_back(summary.kind->make(type_of(summary), summary.share));
  }

  Status take(const table::Batch& rows, const BatchKeys& keys, Flow&, std::vector<uint32_t>& left) override {
    const std::vector<uint32_t> taken = find_groups(rows, keys, left);
    if (left.empty()) add(rows);
    else if (!taken.empty()) add(table::gather(rows, taken));
    return check_growth();
  }

  Status finish(Flow& flow) override {
    for (size_t begin = 0; begin < group_count(); begin += table::kBatchRows) {
      const size_t end = std::min(group_count(), begin + table::kBatchRows);
      table::Batch batch{plan_.schema, {}, end - begin};
      if (!held_.empty()) batch = group_rows_.read(begin, end);
      batch.schema = plan_.schema;
      for (size_t i = 0; i < aggregates_.size(); ++i) {
        batch.columns.push_back(aggregates_[i]->results(begin, end));
        flow.failures().count_column(plan_.summaries[i].name.name, batch, *batch.columns.back(), {});
      }
      TRY(flow.emit(std::move(batch)));
    }
    return {};
  }

 private:
  table::ColumnType type_of(const Summary& summary) const {
    return summary.column ? plan_.input_types[*summary.column] : table::ColumnType::boolean;
  }

  // Without `by` all rows, even none, are one group.
  size_t group_count() const { return plan_.by.empty() ? 1 : table_.size(); }

  uint64_t held_bytes() const {
    uint64_t bytes = table_.bytes() + group_rows_.bytes();
    for (const auto& aggregate : aggregates_) bytes += aggregate->bytes();
    return bytes;
  }

  // Groups fill half of the memory; what grows besides, such as the values of a median, may fill the rest.
  Status check_growth() {
    constexpr uint64_t kGrowthMin = uint64_t{1} << 20;
    const uint64_t half = resources_.memory_bytes / 2;
    const uint64_t bytes = held_bytes();
    if (!full_bytes_ && bytes > half) full_bytes_ = bytes;
    if (!full_bytes_ || bytes <= *full_bytes_ + std::max(half, kGrowthMin)) return {};
    return check_memory(bytes, "summarize", fmt::format("the values of {} groups", group_count()), resources_);
  }

  // The rows whose groups are found or new, with their groups in `groups_`; the others go to `left`.
  std::vector<uint32_t> find_groups(const table::Batch& rows, const BatchKeys& keys, std::vector<uint32_t>& left) {
    groups_.assign(rows.rows, 0);
    if (plan_.by.empty()) return {};
    groups_.clear();
    std::vector<uint32_t> taken;
    std::vector<uint32_t> first_rows;
    for (uint32_t row = 0; row < rows.rows; ++row) {
      if (full_bytes_) {
        const auto known = table_.find(keys[row]);
        (known ? taken : left).push_back(row);
        if (known) groups_.push_back(*known);
        continue;
      }
      const KeyTable::Found found = table_.insert(keys[row]);
      taken.push_back(row);
      groups_.push_back(found.index);
      if (found.is_new) first_rows.push_back(row);
    }
    if (!first_rows.empty()) group_rows_.add(table::gather(pick_columns(rows, held_schema_, held_), first_rows));
    return taken;
  }

  void add(const table::Batch& rows) {
    for (size_t i = 0; i < aggregates_.size(); ++i) {
      const auto& column = plan_.summaries[i].column;
      const table::ColumnPtr cells = column ? rows.columns[*column] : every_row(rows.rows);
      aggregates_[i]->add(*cells, groups_, group_count());
    }
  }

  // What a count without a column counts.
  table::ColumnPtr every_row(size_t rows) {
    if (every_row_ && every_row_->rows() >= rows) return every_row_;
    table::ColumnBuilder builder(table::ColumnType::boolean);
    for (size_t row = 0; row < rows; ++row) builder.append_boolean(true);
    return every_row_ = builder.finish();
  }

  const SummarizePlan& plan_;  // of the step, which outlives its stages
  Resources resources_;
  KeyTable table_;
  std::vector<size_t> held_;  // the key columns, and that of the row numbers if there is one
  table::SchemaPtr held_schema_ = plan_.keys;
  HeldRows group_rows_;                 // of the first row of each group
  std::optional<uint64_t> full_bytes_;  // what was held when no more groups were taken
  std::vector<uint32_t> groups_;
  table::ColumnPtr every_row_;
  std::vector<std::unique_ptr<Aggregate>> aggregates_;
};

class SummarizeStep final : public Step {
 public:
  SummarizeStep(std::vector<PlacedName> by, std::vector<Summary> summaries)
      : by_(std::move(by)), plan_{.input = {}, .by = {}, .keys = {}, .schema = {}, .summaries = std::move(summaries)} {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    plan_.input = input;
    plan_.by.clear();
    for (const PlacedName& name : by_) plan_.by.push_back(TRY(require_column(*input, name)));
    plan_.keys = pick_fields(*input, plan_.by);
    plan_.input_types.clear();
    for (const table::Field& field : input->fields()) plan_.input_types.push_back(field.type);
    std::vector<table::Field> fields = plan_.keys->fields();
    for (Summary& summary : plan_.summaries) TRY(add_field(fields, summary.name, TRY(bind_summary(summary, *input))));
    plan_.schema = std::make_shared<const table::Schema>(std::move(fields));
    return plan_.schema;
  }

  StagePtr start(const Resources& resources) const override {
    KeyedPlan plan{plan_.input, key_parts(plan_.by), plan_.schema, plan_.by.size()};
    return std::make_unique<KeyedStage>(std::move(plan), resources,
                                        [this, resources](Numbered numbered, uint64_t memory_bytes) {
                                          Resources share = resources;
                                          share.memory_bytes = memory_bytes;
                                          return std::make_unique<SummarizeWork>(plan_, share, numbered);
                                        });
  }

 private:
  static Result<table::ColumnType> bind_summary(Summary& summary, const table::Schema& input) {
    if (!summary.argument) return table::ColumnType::int64;
    const std::string& name = summary.argument->name;
    summary.column = input.find(name);
    if (!summary.column)
      return summary.written.error(summary.argument->offset, fmt::format("no column '{}' at this step", name),
                                   text::suggestion_hint(name, input.names()));
    const table::ColumnType type = input[*summary.column].type;
    if (summary.kind->needs_number && !table::is_numeric(type))
      return summary.written.error(
          summary.argument->offset,
          fmt::format("'{}' needs a number, column '{}' is of type {}", summary.kind->name, name, table::name_of(type)),
          "cast it first");
    return summary.kind->result(type);
  }

  std::vector<PlacedName> by_;
  SummarizePlan plan_;
};

Result<double> read_share(const PlacedText& written, const Term& term) {
  const auto* real = std::get_if<double>(&term.literal);
  const auto* whole = std::get_if<int64_t>(&term.literal);
  const double share = real != nullptr ? *real : whole != nullptr ? static_cast<double>(*whole) : -1;
  if (term.kind == Term::Kind::literal && share >= 0 && share <= 1) return share;
  return written.error(term.offset, "a quantile is a number from 0 to 1", "for example: quantile(x, 0.9)");
}

// FUNCTION(column), quantile(column, share), or count for all rows.
Result<Summary> read_summary(PlacedName name, PlacedText written) {
  Term term = TRY(parse_expression(written));
  const AggregateKind* kind = term.kind == Term::Kind::literal ? nullptr : find_aggregate(term.name);
  if (kind == nullptr)
    return written.error(term.offset, fmt::format("unknown function '{}' of 'summarize'", term.name),
                         text::suggestion_hint(term.name, aggregate_names()));
  Summary summary{std::move(name), std::move(written), kind};
  if (kind->name == "count" && term.arguments.empty()) return summary;
  const size_t wanted = kind->takes_share ? 2 : 1;
  const bool fits = term.arguments.size() == wanted && term.arguments[0].kind == Term::Kind::column;
  if (!fits)
    return summary.written.error(
        term.offset,
        fmt::format("'{}' takes a column{}", kind->name, kind->takes_share ? " and a number from 0 to 1" : ""),
        "compute what is not a column with 'derive' first");
  if (kind->takes_share) summary.share = TRY(read_share(summary.written, term.arguments[1]));
  summary.argument = std::move(term.arguments[0]);
  return summary;
}

}  // namespace

Result<StepPtr> make_summarize_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"by", "columns"}, "summarize"));
  std::vector<PlacedName> by;
  if (const text::Yaml* names = node.find("by")) by = TRY(read_names(*names, "by"));
  std::vector<Summary> summaries;
  for (auto& [name, value] : TRY(read_entries(*TRY(require_option(node, "columns", "summarize")), "columns"))) {
    if (!value->is_scalar())
      return value->error(fmt::format("'summarize' takes a function of a column for '{}'", name.name),
                          "for example: mean(x)");
    summaries.push_back(TRY(read_summary(name, place_scalar(*value, source.document))));
  }
  return StepPtr(std::make_unique<SummarizeStep>(std::move(by), std::move(summaries)));
}

}  // namespace aml::prep
