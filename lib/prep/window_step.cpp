// - window: {by: [shop], order: [day], columns: {before: lag(sold), total: sum(sold), week: mean(sold, 7)}}
//
// Rows go through up to three passes. In the order asked for, functions that look back are computed; then, if any
// looks ahead, in the opposite order those; last in the order the rows came. Without `order` and without looking ahead
// nothing is held but a state for each group.
#include <fmt/format.h>

#include <algorithm>

#include "prep/cell_value.h"
#include "prep/expression_parser.h"
#include "prep/group_rows.h"
#include "prep/pick.h"
#include "prep/row_sorter.h"
#include "prep/sort_keys.h"
#include "prep/step.h"
#include "prep/window_function.h"
#include "text/suggest.h"

namespace aml::prep {
namespace {

using table::ColumnType;

// "mean(sold, 7)" as it was written, and what it means once the columns are known.
struct Windowed {
  PlacedName name;
  PlacedText written;
  const WindowKind* kind = nullptr;
  std::optional<Term> argument = {};
  uint64_t rows = 0;
  size_t column = 0;
  ColumnType column_type = ColumnType::text;
  ColumnType type = ColumnType::text;  // of the result
};

struct WindowPlan {
  std::vector<PlacedName> by_names;
  std::vector<SortKey> order_keys;
  std::vector<Windowed> columns;
  std::vector<size_t> by = {};
  std::vector<KeyPart> order = {};
  table::SchemaPtr input = {};
  table::SchemaPtr schema = {};

  bool looks_ahead() const {
    return std::any_of(columns.begin(), columns.end(), [](const Windowed& w) { return w.kind->looks_ahead; });
  }
};

// A batch of a pass is that of the input, then two numbers for each row, which it came as and which it is in order,
// then the results.
constexpr size_t kNumbers = 2;

table::SchemaPtr pass_schema(const WindowPlan& plan) {
  std::vector<table::Field> fields = plan.input->fields();
  fields.push_back({"came as", ColumnType::int64});
  fields.push_back({"is in order", ColumnType::int64});
  for (const Windowed& windowed : plan.columns) fields.push_back({windowed.name.name, windowed.type});
  return std::make_shared<const table::Schema>(std::move(fields));
}

table::ColumnPtr numbers_from(uint64_t first, size_t rows) {
  table::ColumnBuilder builder(ColumnType::int64);
  builder.reserve(rows);
  for (size_t row = 0; row < rows; ++row) builder.append_int(static_cast<int64_t>(first + row));
  return builder.finish();
}

// Computes the functions of one direction over batches in that direction's order.
class WindowPass {
 public:
  WindowPass(const WindowPlan& plan, bool looks_ahead, const Resources& resources)
      : plan_(plan), resources_(resources), groups_(*plan.input, plan.by), order_(plan.order) {
    for (size_t i = 0; i < plan.columns.size(); ++i) {
      const Windowed& windowed = plan.columns[i];
      if (windowed.kind->looks_ahead != looks_ahead) continue;
      needs_ties_ = needs_ties_ || windowed.kind->needs_order;
      functions_.emplace_back(i, windowed.kind->make(windowed.column_type, windowed.rows));
    }
  }

  Status compute(table::Batch& batch) {
    const auto groups = groups_.add(batch);
    if (needs_ties_) find_ties(batch, groups);
    uint64_t bytes = groups_.bytes() + tie_bytes_;
    for (const auto& [index, function] : functions_) {
      const table::ColumnPtr source = batch.columns[plan_.columns[index].column];
      batch.columns[plan_.input->size() + kNumbers + index] = function->add(*source, groups, groups_.count(), is_tie_);
      bytes += function->bytes();
    }
    return check_memory(bytes, "window", fmt::format("{} groups", groups_.count()), resources_);
  }

 private:
  void find_ties(const table::Batch& batch, std::span<const uint32_t> groups) {
    is_tie_.assign(batch.rows, 0);
    if (last_.size() < groups_.count()) last_.resize(groups_.count());
    keys_.encode(order_, batch);
    for (size_t row = 0; row < batch.rows; ++row) {
      std::optional<std::string>& last = last_[groups[row]];
      is_tie_[row] = last == keys_[row] ? 1 : 0;
      if (is_tie_[row] != 0) continue;
      tie_bytes_ += keys_[row].size() + (last ? 0 : sizeof(last)) - (last ? last->size() : 0);
      last = keys_[row];
    }
  }

  const WindowPlan& plan_;
  const Resources& resources_;
  GroupRows groups_;
  KeyEncoder order_;
  BatchKeys keys_;
  bool needs_ties_ = false;
  std::vector<uint8_t> is_tie_;
  std::vector<std::optional<std::string>> last_;  // the order's key of each group
  uint64_t tie_bytes_ = 0;
  std::vector<std::pair<size_t, std::unique_ptr<WindowFunction>>> functions_;
};

class WindowStage final : public Stage {
 public:
  WindowStage(const WindowPlan& plan, const Resources& resources)
      : plan_(plan),
        resources_(resources),
        pass_schema_(pass_schema(plan)),
        back_(plan_, false, resources_),
        ahead_(plan_, true, resources_),
        in_order_(pass_schema_, plan.order, half_of(resources)),
        reversed_(pass_schema_, {{plan.input->size() + 1, Order::descending}}, half_of(resources)),
        as_they_came_(pass_schema_, {{plan.input->size()}}, half_of(resources)) {}

  Status push(table::Batch batch, Flow& flow) override {
    batch.schema = pass_schema_;
    batch.columns.push_back(numbers_from(came_, batch.rows));
    batch.columns.push_back(batch.columns.back());
    for (const Windowed& windowed : plan_.columns) batch.columns.push_back(missing_column(windowed.type, batch.rows));
    came_ += batch.rows;
    return plan_.order.empty() ? look_back(std::move(batch), flow) : in_order_.add(batch);
  }

  Status finish(Flow& flow) override {
    uint64_t ordered = 0;
    if (!plan_.order.empty())
      TRY(in_order_.finish([&](table::Batch batch) {
        batch.columns[plan_.input->size() + 1] = numbers_from(ordered, batch.rows);
        ordered += batch.rows;
        return look_back(std::move(batch), flow);
      }));
    if (plan_.looks_ahead())
      TRY(reversed_.finish([&](table::Batch batch) -> Status {
        TRY(ahead_.compute(batch));
        return as_they_came_.add(batch);
      }));
    if (plan_.order.empty() && !plan_.looks_ahead()) return {};
    return as_they_came_.finish([&](table::Batch batch) { return emit(std::move(batch), flow); });
  }

 private:
  // One pass gives its rows to the next, so two of them hold rows at a time.
  static Resources half_of(Resources resources) {
    resources.memory_bytes /= 2;
    return resources;
  }

  Status look_back(table::Batch batch, Flow& flow) {
    TRY(back_.compute(batch));
    if (plan_.looks_ahead()) return reversed_.add(batch);
    return plan_.order.empty() ? emit(std::move(batch), flow) : as_they_came_.add(batch);
  }

  Status emit(table::Batch batch, Flow& flow) {
    const auto numbers = batch.columns.begin() + static_cast<std::ptrdiff_t>(plan_.input->size());
    batch.columns.erase(numbers, numbers + kNumbers);
    batch.schema = plan_.schema;
    for (size_t i = 0; i < plan_.columns.size(); ++i) {
      const Windowed& windowed = plan_.columns[i];
      if (windowed.kind->takes != WindowKind::Takes::number) continue;  // the errors of others are those of their cells
      flow.failures().count_column(windowed.name.name, batch, *batch.columns[plan_.input->size() + i], {});
    }
    return flow.emit(std::move(batch));
  }

  const WindowPlan& plan_;  // of the step, which outlives its stages
  Resources resources_;
  table::SchemaPtr pass_schema_;
  WindowPass back_, ahead_;
  RowSorter in_order_, reversed_, as_they_came_;
  uint64_t came_ = 0;
};

class WindowStep final : public Step {
 public:
  explicit WindowStep(WindowPlan plan) : plan_(std::move(plan)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    plan_.input = input;
    plan_.by.clear();
    for (const PlacedName& name : plan_.by_names) plan_.by.push_back(TRY(require_column(*input, name)));
    plan_.order = TRY(bind_sort_keys(plan_.order_keys, *input));
    std::vector<table::Field> fields = input->fields();
    for (Windowed& windowed : plan_.columns) {
      TRY(bind_column(windowed, *input));
      TRY(add_field(fields, windowed.name, windowed.type));
    }
    plan_.schema = std::make_shared<const table::Schema>(std::move(fields));
    return plan_.schema;
  }

  StagePtr start(const Resources& resources) const override { return std::make_unique<WindowStage>(plan_, resources); }

 private:
  static Status bind_column(Windowed& windowed, const table::Schema& input) {
    windowed.type = windowed.kind->result(ColumnType::int64);
    if (!windowed.argument) return {};
    const std::string& name = windowed.argument->name;
    const size_t offset = windowed.argument->offset;
    const auto found = input.find(name);
    if (!found)
      return windowed.written.error(offset, fmt::format("no column '{}' at this step", name),
                                    text::suggestion_hint(name, input.names()));
    const ColumnType type = input[*found].type;
    const bool is_time = type == ColumnType::date || type == ColumnType::timestamp;
    const WindowKind::Takes takes = windowed.kind->takes;
    const bool fits = takes == WindowKind::Takes::any_column || table::is_numeric(type) ||
                      (takes == WindowKind::Takes::number_or_time && is_time);
    if (!fits)
      return windowed.written.error(offset,
                                    fmt::format("'{}' needs a number, column '{}' is of type {}", windowed.kind->name,
                                                name, table::name_of(type)),
                                    "cast it first");
    windowed.column = *found;
    windowed.column_type = type;
    windowed.type = windowed.kind->result(type);
    return {};
  }

  WindowPlan plan_;
};

Result<uint64_t> read_rows(const PlacedText& written, const Term& term) {
  const auto* rows = std::get_if<int64_t>(&term.literal);
  const bool is_count = term.kind == Term::Kind::literal && rows != nullptr && *rows >= 1 &&
                        *rows <= static_cast<int64_t>(kWindowRowsMax);
  if (is_count) return static_cast<uint64_t>(*rows);
  return written.error(term.offset, fmt::format("the number of rows is 1 to {}", kWindowRowsMax),
                       "for example: mean(x, 7)");
}

// FUNCTION, FUNCTION(column) or FUNCTION(column, rows).
Result<Windowed> read_windowed(PlacedName name, PlacedText written, bool has_order) {
  Term term = TRY(parse_expression(written));
  if (term.kind == Term::Kind::literal)
    return written.error(term.offset, "'window' takes a function of a column", "for example: lag(x)");
  const WindowKind* kind = find_window(term.name);
  if (kind == nullptr)
    return written.error(term.offset, fmt::format("unknown function '{}' of 'window'", term.name),
                         text::suggestion_hint(term.name, window_names()));
  if (kind->needs_order && !has_order)
    return written.error(term.offset, fmt::format("'{}' needs an order", kind->name),
                         "add 'order' to the step: order: [day]");
  Windowed windowed{std::move(name), std::move(written), kind};
  windowed.rows = kind->rows;
  const bool takes_column = kind->takes != WindowKind::Takes::nothing;
  const size_t least = takes_column ? 1 : 0;
  const bool fits = term.arguments.size() >= least && term.arguments.size() <= 2 * least &&
                    (!takes_column || term.arguments[0].kind == Term::Kind::column);
  if (!fits)
    return windowed.written.error(
        term.offset,
        fmt::format("'{}' takes {}", kind->name, takes_column ? "a column, and a number of rows" : "nothing"),
        "compute what is not a column with 'derive' first");
  if (term.arguments.size() == 2) windowed.rows = TRY(read_rows(windowed.written, term.arguments[1]));
  if (takes_column) windowed.argument = std::move(term.arguments[0]);
  return windowed;
}

}  // namespace

Result<StepPtr> make_window_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"by", "order", "columns"}, "window"));
  WindowPlan plan;
  if (const text::Yaml* by = node.find("by")) plan.by_names = TRY(read_names(*by, "by"));
  if (const text::Yaml* order = node.find("order")) plan.order_keys = TRY(read_sort_keys(*order, "order"));
  for (auto& [name, value] : TRY(read_entries(*TRY(require_option(node, "columns", "window")), "columns"))) {
    if (!value->is_scalar())
      return value->error(fmt::format("'window' takes a function of a column for '{}'", name.name),
                          "for example: lag(x)");
    plan.columns.push_back(TRY(read_windowed(name, place_scalar(*value, source.document), !plan.order_keys.empty())));
  }
  return StepPtr(std::make_unique<WindowStep>(std::move(plan)));
}

}  // namespace aml::prep
