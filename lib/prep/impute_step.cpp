// - impute: {columns: {age: median, city: mode}, by: [region]}      what stands for missing values, learned from the
// rows
#include <fmt/format.h>

#include <algorithm>

#include "prep/fit_step.h"
#include "prep/group_rows.h"
#include "prep/learned_values.h"
#include "prep/mode_aggregate.h"
#include "prep/pick.h"
#include "table/cast.h"

namespace aml::prep {
namespace {

using table::ColumnType;

enum class Method : uint8_t { mean, median, mode, min, max };
const std::vector<std::string> kMethods = {"mean", "median", "mode", "min", "max"};

struct Imputed {
  PlacedName name;
  Method method = Method::mean;
  size_t column = 0;
  ColumnType type = ColumnType::text;  // after the step
};

struct ImputePlan {
  std::vector<PlacedName> by_names;
  std::vector<Imputed> columns;
  std::vector<size_t> by = {};
  table::SchemaPtr input = {};
  table::SchemaPtr schema = {};
};

std::unique_ptr<Aggregate> make_aggregate(const Imputed& imputed, ColumnType type) {
  if (imputed.method == Method::mode) return std::make_unique<ModeAggregate>(type);
  return find_aggregate(kMethods[static_cast<size_t>(imputed.method)])->make(type, 0);
}

class ImputeFit final : public Fit {
 public:
  ImputeFit(const ImputePlan& plan, const Resources& resources)
      : plan_(plan), resources_(resources), groups_(*plan.input, plan.by) {
    for (const Imputed& imputed : plan.columns) {
      const ColumnType type = (*plan.input)[imputed.column].type;
      overall_.push_back(make_aggregate(imputed, type));
      if (!plan.by.empty()) grouped_.push_back(make_aggregate(imputed, type));
    }
  }

  Status add(const table::Batch& batch) override {
    const std::vector<uint32_t> one_group(batch.rows, 0);
    const auto groups = groups_.add(batch);
    uint64_t bytes = groups_.bytes();
    for (size_t i = 0; i < plan_.columns.size(); ++i) {
      const table::Column& column = *batch.columns[plan_.columns[i].column];
      overall_[i]->add(column, one_group, 1);
      bytes += overall_[i]->bytes();
      if (grouped_.empty()) continue;
      grouped_[i]->add(column, groups, groups_.count());
      bytes += grouped_[i]->bytes();
    }
    return check_memory(bytes, "impute", fmt::format("{} groups", groups_.count()), resources_);
  }

  Result<text::Json> finish() override {
    text::Json overall = values_of(overall_, 0);
    if (plan_.by.empty()) return overall;
    if (groups_.count() > kLearnedMax)
      return Error{ErrorKind::bad_data,
                   fmt::format("'impute' found {} groups, at most {}", groups_.count(), kLearnedMax),
                   "choose other columns for 'by'"};
    text::Json groups = text::Json::array();
    groups.push(std::move(overall));
    for (size_t group = 0; group < groups_.count(); ++group) {
      const table::Batch keys = groups_.keys(group, group + 1);
      text::Json entry = text::Json::object();
      for (size_t i = 0; i < plan_.by.size(); ++i) entry.set(plan_.by_names[i].name, json_of_cell(*keys.columns[i], 0));
      const text::Json learned = values_of(grouped_, group);
      for (const auto& [name, value] : learned.members()) entry.set(name, value);
      groups.push(std::move(entry));
    }
    return groups;
  }

 private:
  text::Json values_of(const std::vector<std::unique_ptr<Aggregate>>& aggregates, size_t group) const {
    text::Json values = text::Json::object();
    for (size_t i = 0; i < aggregates.size(); ++i)
      values.set(plan_.columns[i].name.name, json_of_cell(*aggregates[i]->results(group, group + 1), 0));
    return values;
  }

  const ImputePlan& plan_;  // of the step, which outlives its fits
  Resources resources_;
  GroupRows groups_;
  std::vector<std::unique_ptr<Aggregate>> overall_, grouped_;
};

// What stands for missing cells: a value for each column, for all rows or for each group.
class ImputeValues final : public MapStep {
 public:
  explicit ImputeValues(const ImputePlan& plan) : plan_(plan) {}

  Status read(const text::Json& values) {
    if (!values.is_array()) return read_entry(values);
    for (const text::Json& entry : values.items()) TRY(read_entry(entry));
    return {};
  }

  Result<table::SchemaPtr> bind(const table::SchemaPtr&) override { return plan_.schema; }

  table::Batch process(const table::Batch& batch, Failures&) const override {
    const std::vector<const Entry*> entries = entries_of(batch);
    std::vector<table::ColumnPtr> columns = batch.columns;
    for (size_t i = 0; i < plan_.columns.size(); ++i) {
      const Imputed& imputed = plan_.columns[i];
      table::ColumnPtr& column = columns[imputed.column];
      if (column->type() != imputed.type) column = table::cast(*column, imputed.type);
      if (column->valid_count() + column->errors().size() < column->rows()) column = fill(*column, i, entries);
    }
    return with_columns(batch, plan_.schema, std::move(columns));
  }

 private:
  struct Entry {
    std::vector<CellValue> values;
  };

  // An entry with the columns of `by` is that of a group; one without is for all rows that have no other.
  Status read_entry(const text::Json& json) {
    Entry entry;
    for (const Imputed& imputed : plan_.columns) {
      const text::Json* value = json.find(imputed.name.name);
      if (value == nullptr)
        return Error{ErrorKind::bad_data, fmt::format("'values' of 'impute' has none for '{}'", imputed.name.name),
                     "amlprep fit writes them"};
      entry.values.push_back(TRY(cell_of_json(*value, imputed.type, imputed.name.name)));
    }
    const bool is_group = !plan_.by_names.empty() && json.find(plan_.by_names[0].name) != nullptr;
    if (!is_group) {
      overall_ = std::move(entry);
      return {};
    }
    table::Batch keys{plan_.input, std::vector<table::ColumnPtr>(plan_.input->size()), 1, {}};
    for (size_t i = 0; i < plan_.by.size(); ++i) {
      const std::string& name = plan_.by_names[i].name;
      const ColumnType type = (*plan_.input)[plan_.by[i]].type;
      const CellValue key = TRY(cell_of_json(*TRY(require_member(json, name)), type, name));
      table::ColumnBuilder builder(type);
      key.pin_to(builder);
      key.append_to(builder);
      keys.columns[plan_.by[i]] = builder.finish();
    }
    BatchKeys encoded;
    encoded.encode(KeyEncoder(key_parts(plan_.by)), keys);
    if (table_.insert(encoded[0]).is_new) groups_.push_back(std::move(entry));
    return {};
  }

  // Of each row, where there are groups.
  std::vector<const Entry*> entries_of(const table::Batch& batch) const {
    if (plan_.by.empty()) return {};
    std::vector<const Entry*> entries(batch.rows, &overall_);
    BatchKeys keys;
    keys.encode(KeyEncoder(key_parts(plan_.by)), batch);
    for (size_t row = 0; row < batch.rows; ++row)
      if (const auto found = table_.find(keys[row])) entries[row] = &groups_[*found];
    return entries;
  }

  // A group that had no value takes that of all rows.
  const CellValue* value_for(const Entry* entry, size_t index) const {
    if (entry != nullptr && !entry->values.empty() && !entry->values[index].is_missing()) return &entry->values[index];
    return overall_.values.empty() ? nullptr : &overall_.values[index];
  }

  table::ColumnPtr fill(const table::Column& column, size_t index, const std::vector<const Entry*>& entries) const {
    table::ColumnBuilder builder = start_copy(column);
    std::vector<const CellValue*> pinned;
    for (size_t row = 0; row < column.rows(); ++row) {
      const CellValue* value =
          column.is_missing(row) ? value_for(entries.empty() ? nullptr : entries[row], index) : nullptr;
      if (value == nullptr || value->is_missing()) {
        copy_cell(builder, column, row);
        continue;
      }
      if (std::find(pinned.begin(), pinned.end(), value) == pinned.end()) {
        value->pin_to(builder);
        pinned.push_back(value);
      }
      value->append_to(builder);
    }
    return builder.finish();
  }

  const ImputePlan& plan_;  // of the step, which outlives this
  Entry overall_;
  KeyTable table_;
  std::vector<Entry> groups_;
};

class ImputeStep final : public FitStep {
 public:
  ImputeStep(const text::Yaml& arguments, ImputePlan plan) : FitStep(arguments), plan_(std::move(plan)) {}

  std::unique_ptr<Fit> learn(const Resources& resources) const override {
    return std::make_unique<ImputeFit>(plan_, resources);
  }

 protected:
  Status resolve(const table::Schema& input) override {
    plan_.by.clear();
    plan_.input = this->input();
    std::vector<table::Field> fields = input.fields();
    for (const PlacedName& name : plan_.by_names) plan_.by.push_back(TRY(require_column(input, name)));
    for (Imputed& imputed : plan_.columns) {
      imputed.column = TRY(require_column(input, imputed.name));
      imputed.type = input[imputed.column].type;
      if (std::find(plan_.by.begin(), plan_.by.end(), imputed.column) != plan_.by.end())
        return imputed.name.error(fmt::format("column '{}' cannot be imputed by itself", imputed.name.name));
      if (imputed.method > Method::median) continue;
      if (!table::is_numeric(imputed.type))
        return imputed.name.error(
            fmt::format("the {} needs a number, column '{}' is of type {}",
                        kMethods[static_cast<size_t>(imputed.method)], imputed.name.name, table::name_of(imputed.type)),
            "cast it first, or take the mode");
      imputed.type = fields[imputed.column].type = ColumnType::float64;  // half an integer may be learned
    }
    plan_.schema = std::make_shared<const table::Schema>(std::move(fields));
    return {};
  }

  Result<table::SchemaPtr> known_schema() const override { return plan_.schema; }

  Result<StepPtr> with_values(const text::Json& values) const override {
    auto step = std::make_unique<ImputeValues>(plan_);
    TRY(step->read(values));
    return StepPtr(std::move(step));
  }

 private:
  ImputePlan plan_;
};

}  // namespace

Result<StepPtr> make_impute_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"columns", "by", "values"}, "impute"));
  ImputePlan plan;
  if (const text::Yaml* by = node.find("by")) plan.by_names = TRY(read_names(*by, "by"));
  for (auto& [name, value] : TRY(read_entries(*TRY(require_option(node, "columns", "impute")), "columns"))) {
    const auto method = static_cast<Method>(TRY(read_choice(*value, kMethods, "the method")));
    plan.columns.push_back({name, method});
  }
  return StepPtr(std::make_unique<ImputeStep>(node, std::move(plan)));
}

}  // namespace aml::prep
