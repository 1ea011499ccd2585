#include "inspect/schema_check.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "inspect/drift.h"
#include "inspect/unique_values.h"
#include "text/unicode.h"

namespace aml::inspect {
namespace {

using table::ColumnType;

constexpr size_t kShownMax = 40;  // columns of a value in a message

std::string shown(std::string_view value) { return fmt::format("'{}'", text::fit_for_display(value, kShownMax)); }

bool is_below(const table::Scalar& a, const table::Scalar& b, ColumnType type) {
  return type == ColumnType::float64 ? a.real < b.real : a.whole < b.whole;
}

uint64_t count_characters(std::string_view text) {
  return static_cast<uint64_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return (static_cast<uint8_t>(byte) & 0xc0) != 0x80; }));
}

// The rules of one column, ready to be asked, and what has become of them.
struct ColumnRules {
  ColumnSchema schema;
  std::optional<size_t> index;  // of the column, if it is there
  std::set<std::string, std::less<>> values;
  std::unique_ptr<re2::RE2> pattern;
  UniqueValues seen;
  uint64_t missing = 0;
};

ColumnRules make_rules(const ColumnSchema& schema, const table::Schema& columns) {
  ColumnRules rules{schema, columns.find(schema.name), {}, nullptr, {}, 0};
  if (schema.values) rules.values.insert(schema.values->begin(), schema.values->end());
  if (schema.pattern) rules.pattern = std::make_unique<re2::RE2>(*schema.pattern, re2::RE2::Quiet);
  return rules;
}

}  // namespace

class SchemaCheck::State {
 public:
  State(DataSchema schema, const table::SchemaPtr& columns, const CheckOptions& options)
      : schema_(std::move(schema)), options_(options) {
    for (const ColumnSchema& column : schema_.columns) {
      rules_.push_back(make_rules(column, *columns));
      if (!rules_.back().index && column.is_required) fail_table(Rule::column, column.name, "the column is not there");
    }
    if (schema_.allows_other_columns) return;
    for (const table::Field& field : columns->fields())
      if (std::none_of(rules_.begin(), rules_.end(),
                       [&](const auto& rules) { return rules.schema.name == field.name; }))
        fail_table(Rule::column, field.name, "the schema does not know this column");
  }

  Status add(const table::Batch& batch) {
    report_.rows += batch.rows;
    for (ColumnRules& rules : rules_)
      if (rules.index) check_column(batch, *batch.columns[*rules.index], rules);
    sort_new_failures();
    uint64_t bytes = 0, values = 0;
    for (const ColumnRules& rules : rules_) {
      bytes += rules.seen.bytes();
      values += rules.seen.size();
    }
    if (bytes <= options_.memory_bytes) return {};
    return Error{ErrorKind::system,
                 fmt::format("'unique' holds {} MiB for {} different values, {} MiB are allowed", bytes >> 20, values,
                             options_.memory_bytes >> 20),
                 "allow more with --memory, or take 'unique' out of the schema"};
  }

  CheckReport finish() {
    for (const ColumnRules& rules : rules_) check_missing(rules);
    if (schema_.rows_min && report_.rows < *schema_.rows_min)
      fail_table(Rule::rows, "", fmt::format("{} rows, at least {} are required", report_.rows, *schema_.rows_min));
    if (schema_.rows_max && report_.rows > *schema_.rows_max)
      fail_table(Rule::rows, "", fmt::format("{} rows, at most {} are allowed", report_.rows, *schema_.rows_max));
    report_.failures.insert(report_.failures.end(), of_table_.begin(), of_table_.end());
    for (const auto& [key, count] : counts_) report_.counts.push_back({key.second, key.first, count});
    return std::move(report_);
  }

 private:
  void check_column(const table::Batch& batch, const table::Column& column, ColumnRules& rules) {
    std::string text;
    for (size_t row = 0; row < batch.rows; ++row) {
      text.clear();
      column.append_text(text, row);
      const std::string_view value = table::trim(text);
      if (column.is_missing(row) || value.empty() || is_missing_word(value)) ++rules.missing;
      else check_value(batch, row, value, rules);
    }
  }

  bool is_missing_word(std::string_view value) const {
    return std::find(schema_.missing_words.begin(), schema_.missing_words.end(), value) != schema_.missing_words.end();
  }

  void check_value(const table::Batch& batch, size_t row, std::string_view value, ColumnRules& rules) {
    const ColumnSchema& schema = rules.schema;
    const auto fails = [&](Rule rule, auto&& message) { fail_row(batch, row, rule, schema.name, value, message); };
    if (schema.type && *schema.type != ColumnType::text && !check_typed(batch, row, value, schema)) return;
    if (schema.values && !rules.values.contains(value))
      fails(Rule::values, [&] { return shown(value) + " is not one of the values"; });
    if (rules.pattern && !re2::RE2::FullMatch(re2::StringPiece(value.data(), value.size()), *rules.pattern))
      fails(Rule::pattern, [&] { return fmt::format("{} does not match {}", shown(value), *schema.pattern); });
    if (schema.characters_min || schema.characters_max) {
      const uint64_t characters = count_characters(value);
      if (characters < schema.characters_min.value_or(0) || characters > schema.characters_max.value_or(UINT64_MAX))
        fails(Rule::characters, [&] { return fmt::format("{} has {} characters", shown(value), characters); });
    }
    if (schema.is_unique) {
      const auto first = rules.seen.add(value, {file_number(batch, row), line_of(batch, row)});
      if (first)
        fails(Rule::unique, [&] {
          return fmt::format("{} stands at {}:{} already", shown(value), files_[first->file], first->line);
        });
    }
  }

  // False when the value is not of the column's type, so that no other rule can be asked.
  bool check_typed(const table::Batch& batch, size_t row, std::string_view value, const ColumnSchema& schema) {
    const auto fails = [&](Rule rule, auto&& message) { fail_row(batch, row, rule, schema.name, value, message); };
    const table::Scalar scalar = table::parse_scalar(value, *schema.type);
    if (scalar.problem) {
      fails(Rule::type, [&] { return fmt::format("{} is no {}", shown(value), name_of(*schema.type)); });
      return false;
    }
    if (schema.min && is_below(scalar, schema.min->value, *schema.type))
      fails(Rule::min, [&] { return fmt::format("{} is below {}", shown(value), schema.min->text); });
    if (schema.max && is_below(schema.max->value, scalar, *schema.type))
      fails(Rule::max, [&] { return fmt::format("{} is above {}", shown(value), schema.max->text); });
    return true;
  }

  void check_missing(const ColumnRules& rules) {
    if (!rules.index || !rules.schema.missing_max || report_.rows == 0) return;
    const double share = static_cast<double>(rules.missing) / static_cast<double>(report_.rows);
    if (share > *rules.schema.missing_max)
      fail_table(Rule::missing, rules.schema.name,
                 fmt::format("{} of {} values are missing, {:.4g} % ({:.4g} % are allowed)", rules.missing,
                             report_.rows, 100 * share, 100 * *rules.schema.missing_max));
  }

  template <class Message>
  void fail_row(const table::Batch& batch, size_t row, Rule rule, const std::string& column, std::string_view value,
                Message&& message) {
    if (++counts_[{column, rule}] > options_.failures_max) return;
    fresh_.push_back({row,
                      {rule, column, files_[file_number(batch, row)], line_of(batch, row),
                       std::string(value.substr(0, table::ValueCounter::kTextMax)), message()}});
  }

  void fail_table(Rule rule, const std::string& column, std::string message) {
    ++counts_[{column, rule}];
    of_table_.push_back({rule, column, {}, 0, {}, std::move(message)});
  }

  // Columns are checked one after the other; people read rows.
  void sort_new_failures() {
    std::stable_sort(fresh_.begin(), fresh_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [row, failure] : fresh_) report_.failures.push_back(std::move(failure));
    fresh_.clear();
  }

  uint32_t file_number(const table::Batch& batch, size_t row) {
    const auto& source = batch.origin.source_of(row);
    const std::string_view name = source ? std::string_view(*source) : std::string_view();
    if (files_.empty() || files_.back() != name) {
      const auto known = std::find(files_.begin(), files_.end(), name);
      if (known != files_.end()) return static_cast<uint32_t>(known - files_.begin());
      files_.emplace_back(name);
    }
    return static_cast<uint32_t>(files_.size() - 1);
  }

  static uint64_t line_of(const table::Batch& batch, size_t row) {
    return batch.origin.lines ? (*batch.origin.lines)[row] : 0;
  }

  DataSchema schema_;
  CheckOptions options_;
  std::vector<ColumnRules> rules_;
  std::vector<std::string> files_;
  std::vector<std::pair<size_t, Failure>> fresh_;  // of the batch under way, with its row
  std::vector<Failure> of_table_;
  std::map<std::pair<std::string, Rule>, uint64_t> counts_;
  CheckReport report_;
};

SchemaCheck::SchemaCheck(std::unique_ptr<State> state) : state_(std::move(state)) {}
SchemaCheck::SchemaCheck(SchemaCheck&&) noexcept = default;
SchemaCheck::~SchemaCheck() = default;

SchemaCheck SchemaCheck::create(DataSchema schema, const table::SchemaPtr& columns, const CheckOptions& options) {
  return SchemaCheck(std::make_unique<State>(std::move(schema), columns, options));
}

Status SchemaCheck::add(const table::Batch& batch) { return state_->add(batch); }
CheckReport SchemaCheck::finish() { return state_->finish(); }

Status check_rows(table::Reader& reader, SchemaCheck& check, const std::function<void(uint64_t)>& on_batch) {
  uint64_t rows = 0;
  while (const auto batch = TRY(reader.next())) {
    TRY(check.add(*batch));
    on_batch(rows += batch->rows);
  }
  return {};
}

uint64_t CheckReport::failed() const {
  uint64_t sum = 0;
  for (const FailureCount& count : counts) sum += count.count;
  return sum;
}

std::string_view name_of(Rule rule) {
  constexpr std::array<std::string_view, 11> kNames = {"column", "rows",    "type",       "missing", "min",  "max",
                                                       "values", "pattern", "characters", "unique",  "drift"};
  return kNames[static_cast<size_t>(rule)];
}

std::string to_text(const Failure& failure) {
  std::string text;
  if (!failure.file.empty()) text += failure.file + ":";
  if (failure.line > 0) text += std::to_string(failure.line) + ":";
  if (!text.empty()) text += ' ';
  if (!failure.column.empty()) text += text::fit_for_display(failure.column, kShownMax) + ": ";
  return text + failure.message;
}

text::Fields describe(const Failure& failure) {
  text::Fields record{.type = "failure", .id = failure.column, .fields = {}};
  const auto text_or_null = [](const std::string& text) { return text.empty() ? text::Json() : text::Json(text); };
  record.add("rule", std::string(name_of(failure.rule))).add("column", text_or_null(failure.column));
  record.add("file", text_or_null(failure.file))
      .add("line", failure.line > 0 ? text::Json(failure.line) : text::Json());
  record.add("value", text_or_null(failure.value)).add("message", failure.message);
  return record;
}

text::Fields describe(const FailureCount& count) {
  text::Fields record{.type = "failures", .id = count.column, .fields = {}};
  record.add("rule", std::string(name_of(count.rule)));
  record.add("column", count.column.empty() ? text::Json() : text::Json(count.column));
  record.add("count", count.count);
  return record;
}

void add_failures(CheckReport& report, std::vector<Failure> failures) {
  for (Failure& failure : failures) {
    const auto known = std::find_if(report.counts.begin(), report.counts.end(), [&](const FailureCount& count) {
      return count.rule == failure.rule && count.column == failure.column;
    });
    if (known != report.counts.end()) ++known->count;
    else report.counts.push_back({failure.rule, failure.column, 1});
    report.failures.push_back(std::move(failure));
  }
}

std::vector<std::string> describe_rest(const CheckReport& report) {
  std::map<std::pair<std::string, Rule>, uint64_t> kept;
  for (const Failure& failure : report.failures) ++kept[{failure.column, failure.rule}];
  std::vector<std::string> lines;
  for (const FailureCount& count : report.counts) {
    const uint64_t more = count.count - kept[{count.column, count.rule}];
    if (more > 0)
      lines.push_back(fmt::format("{}: {} more failure{} of '{}'", text::fit_for_display(count.column, kShownMax), more,
                                  more == 1 ? "" : "s", name_of(count.rule)));
  }
  return lines;
}

std::vector<Failure> find_drift(const std::vector<ColumnDrift>& drifts, const DriftLimits& limits) {
  std::vector<Failure> failures;
  const auto fail = [&](const ColumnDrift& drift, std::string message) {
    failures.push_back({Rule::drift, drift.name, {}, 0, {}, std::move(message)});
  };
  for (const ColumnDrift& drift : drifts) {
    if (drift.fate == ColumnFate::went) fail(drift, "the column is gone");
    else if (drift.fate == ColumnFate::came) fail(drift, "the column is new");
    else if (drift.fate == ColumnFate::changed_type) fail(drift, "the type of the values has changed");
    if (drift.fate == ColumnFate::went || drift.fate == ColumnFate::came) continue;
    const std::tuple<std::string_view, std::optional<double>, double> measures[] = {
        {"PSI", drift.psi, limits.psi},
        {"Jensen-Shannon divergence", drift.js, limits.js},
        {"Kolmogorov-Smirnov distance", drift.ks, limits.ks}};
    for (const auto& [name, measure, limit] : measures)
      if (measure && *measure > limit) fail(drift, fmt::format("{} {:.3f} is above {:.4g}", name, *measure, limit));
    if (std::abs(drift.missing_after - drift.missing_before) > limits.missing)
      fail(drift, fmt::format("missing values went from {:.1f} % to {:.1f} %", 100 * drift.missing_before,
                              100 * drift.missing_after));
  }
  return failures;
}

}  // namespace aml::inspect
