// - expand_json: {column: payload, values: [user, items]}      members of JSON objects as columns payload.user, …
// - expand_json: {column: tags, rows: true}      a row for each item of a JSON array
#include <fmt/format.h>

#include <algorithm>

#include "prep/cell_value.h"
#include "prep/fit_step.h"
#include "prep/key_table.h"
#include "prep/learned_values.h"
#include "prep/pick.h"
#include "table/json_line.h"

namespace aml::prep {
namespace {

using table::CellProblem;
using table::ColumnType;
using table::JsonMember;
using table::TextView;

constexpr size_t kKeysMax = 10'000;
constexpr text::JsonPlace kNoPlace = {};

std::string key_of(const JsonMember& member) {
  if (!member.is_key_encoded) return std::string(member.key);
  return table::decode_json_string(fmt::format("\"{}\"", member.key));
}

struct ExpandPlan {
  PlacedName name;
  size_t column = 0;
  table::SchemaPtr input = {};
};

Status require_text(const ExpandPlan& plan) {
  const ColumnType type = (*plan.input)[plan.column].type;
  if (type == ColumnType::text) return {};
  return plan.name.error(
      fmt::format("'expand_json' works on text, column '{}' is of type {}", plan.name.name, table::name_of(type)));
}

// Learns which keys there are, in the order they first appear.
class KeysFit final : public Fit {
 public:
  explicit KeysFit(const ExpandPlan& plan) : plan_(plan) {}

  Status add(const table::Batch& batch) override {
    const table::Column& column = *batch.columns[plan_.column];
    for (size_t row = 0; row < batch.rows; ++row) {
      if (!column.is_valid(row)) continue;
      const auto members = table::split_json_object(column.texts()[row].view(), kNoPlace);
      if (!members.ok()) continue;
      for (const JsonMember& member : *members) {
        std::string key = key_of(member);
        if (seen_.insert(key).is_new) keys_.push_back(std::move(key));
      }
      if (keys_.size() > kKeysMax)
        return plan_.name.error(fmt::format("the objects of '{}' have more than {} keys", plan_.name.name, kKeysMax),
                                "list those that matter under 'keys'");
    }
    return {};
  }

  Result<text::Json> finish() override {
    text::Json keys = text::Json::array();
    for (const std::string& key : keys_) keys.push(key);
    return keys;
  }

 private:
  const ExpandPlan& plan_;  // of the step, which outlives its fits
  KeyTable seen_;
  std::vector<std::string> keys_;
};

// One level: what is nested stays JSON text. A key that is not there, or null, is missing; the last of equal keys wins.
class ExpandKeys final : public MapStep {
 public:
  ExpandKeys(const ExpandPlan& plan, std::vector<std::string> keys) : plan_(plan), keys_(std::move(keys)) {
    for (const std::string& key : keys_) table_.insert(key);
  }

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    std::vector<table::Field> fields = input->fields();
    for (const std::string& key : keys_)
      TRY(add_field(fields, {plan_.name.name + "." + key, plan_.name.place}, ColumnType::text));
    schema_ = std::make_shared<const table::Schema>(std::move(fields));
    return schema_;
  }

  table::Batch process(const table::Batch& batch, Failures& failures) const override {
    const table::ColumnPtr& source = batch.columns[plan_.column];
    std::vector<table::ColumnBuilder> builders;
    for (size_t i = 0; i < keys_.size(); ++i) builders.push_back(start_copy(*source));
    std::vector<const JsonMember*> found(keys_.size());
    for (size_t row = 0; row < batch.rows; ++row) append_row(*source, row, found, builders);
    std::vector<table::ColumnPtr> columns = batch.columns;
    for (table::ColumnBuilder& builder : builders) columns.push_back(builder.finish());
    if (!keys_.empty()) failures.count_column(plan_.name.name + "." + keys_.back(), batch, *columns.back(), {source});
    return with_columns(batch, schema_, std::move(columns));
  }

 private:
  void append_row(const table::Column& source, size_t row, std::vector<const JsonMember*>& found,
                  std::vector<table::ColumnBuilder>& builders) const {
    if (!source.is_valid(row)) {
      for (table::ColumnBuilder& builder : builders) copy_cell(builder, source, row);
      return;
    }
    const auto members = table::split_json_object(source.texts()[row].view(), kNoPlace);
    if (!members.ok()) {
      for (table::ColumnBuilder& builder : builders) builder.append_error(CellProblem::not_json, source.texts()[row]);
      return;
    }
    std::fill(found.begin(), found.end(), nullptr);
    for (const JsonMember& member : *members) {
      const auto key = member.is_key_encoded ? table_.find(key_of(member)) : table_.find(member.key);
      if (key) found[*key] = &member;
    }
    for (size_t i = 0; i < found.size(); ++i) append_value(found[i], builders[i]);
  }

  // Values are views of the text, which the builder pins, unless an escape has to be read.
  static void append_value(const JsonMember* member, table::ColumnBuilder& builder) {
    if (member == nullptr || member->kind == JsonMember::Kind::null) builder.append_missing();
    else if (member->kind == JsonMember::Kind::encoded_text)
      builder.append_owned_text(table::decode_json_string(member->value));
    else builder.append_text(TextView(member->value));
  }

  const ExpandPlan& plan_;  // of the step, which outlives this
  std::vector<std::string> keys_;
  KeyTable table_;
  table::SchemaPtr schema_;
};

class ExpandObjectStep final : public FitStep {
 public:
  ExpandObjectStep(const text::Yaml& arguments, PlacedName name) : FitStep(arguments), plan_{std::move(name)} {}

  bool makes_learned_columns() const override { return true; }
  std::unique_ptr<Fit> learn(const Resources&) const override { return std::make_unique<KeysFit>(plan_); }

 protected:
  Status resolve(const table::Schema& input) override {
    plan_.input = this->input();
    plan_.column = TRY(require_column(input, plan_.name));
    return require_text(plan_);
  }

  Result<table::SchemaPtr> known_schema() const override {
    return error("the keys of the objects are not known before the rows",
                 "list them under 'values', or let 'amlprep fit' write them there");
  }

  Result<StepPtr> with_values(const text::Json& values) const override {
    if (!values.is_array())
      return Error{ErrorKind::bad_data, "'values' must be a list of keys", "amlprep fit writes it"};
    std::vector<std::string> keys;
    for (const text::Json& key : values.items()) {
      if (std::find(keys.begin(), keys.end(), key.string()) != keys.end())
        return Error{ErrorKind::bad_data, fmt::format("'values' has '{}' twice", key.string())};
      keys.push_back(key.string());
    }
    return StepPtr(std::make_unique<ExpandKeys>(plan_, std::move(keys)));
  }

 private:
  ExpandPlan plan_;
};

// An empty array is one row without a value. A cell that is no array is an error.
class ExpandRowsStep final : public MapStep {
 public:
  explicit ExpandRowsStep(PlacedName name) : plan_{std::move(name)} {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    plan_.input = input;
    plan_.column = TRY(require_column(*input, plan_.name));
    TRY(require_text(plan_));
    return input;
  }

  table::Batch process(const table::Batch& batch, Failures& failures) const override {
    const table::ColumnPtr source = batch.columns[plan_.column];
    table::ColumnBuilder builder = start_copy(*source);
    std::vector<uint32_t> rows;
    for (uint32_t row = 0; row < batch.rows; ++row) {
      const size_t before = builder.rows();
      append_items(*source, row, builder);
      rows.insert(rows.end(), builder.rows() - before, row);
    }
    table::Batch expanded = table::gather(batch, rows);
    const table::ColumnPtr old = std::exchange(expanded.columns[plan_.column], builder.finish());
    failures.count_column(plan_.name.name, expanded, *expanded.columns[plan_.column], {old});
    return expanded;
  }

 private:
  static void append_items(const table::Column& source, size_t row, table::ColumnBuilder& builder) {
    if (!source.is_valid(row)) return copy_cell(builder, source, row);
    const auto array = text::parse_json(source.texts()[row].view());
    if (!array.ok() || !array->is_array()) return builder.append_error(CellProblem::not_json, source.texts()[row]);
    if (array->items().empty()) return builder.append_missing();
    for (const text::Json& item : array->items()) {
      if (item.is_null()) builder.append_missing();
      else builder.append_owned_text(item.is_string() ? item.string() : item.dump());
    }
  }

  ExpandPlan plan_;
};

}  // namespace

Result<StepPtr> make_expand_json_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"column", "rows", "values"}, "expand_json"));
  PlacedName name = TRY(read_name(*TRY(require_option(node, "column", "expand_json")), "'column' of 'expand_json'"));
  const text::Yaml* rows = node.find("rows");
  if (rows == nullptr) return StepPtr(std::make_unique<ExpandObjectStep>(node, std::move(name)));
  if (rows->as_bool() != true || node.find("values") != nullptr)
    return rows->error("'expand_json' takes either rows: true or values", "leave out 'rows' for objects");
  return StepPtr(std::make_unique<ExpandRowsStep>(std::move(name)));
}

}  // namespace aml::prep
