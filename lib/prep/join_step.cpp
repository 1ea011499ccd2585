// - join: {file: islands.csv, on: [island], kind: left}      columns of another table, by equal keys
#include <fmt/format.h>

#include <algorithm>

#include "prep/cell_value.h"
#include "prep/join_table.h"
#include "prep/other_table.h"
#include "prep/pick.h"
#include "prep/step.h"
#include "table/cast.h"

namespace aml::prep {
namespace {

enum class JoinKind : uint8_t { inner, left, right, full, anti };
const std::vector<std::string> kJoinKinds = {"inner", "left", "right", "full", "anti"};

struct JoinKey {
  PlacedName left;
  PlacedName right;
};

struct JoinPlan {
  OtherTable other;
  JoinKind kind = JoinKind::inner;
  std::vector<size_t> left_keys;
  std::vector<size_t> right_keys;
  std::vector<size_t> right_rest;  // the columns it adds
  table::SchemaPtr left;
  table::SchemaPtr right;   // its keys have the types of the left ones
  table::SchemaPtr held;    // of the right rows: what it adds, then the keys
  table::SchemaPtr schema;  // after the step

  bool keeps_left() const { return kind == JoinKind::left || kind == JoinKind::full; }
  bool keeps_right() const { return kind == JoinKind::right || kind == JoinKind::full; }
};

KeyEncoder encoder_of(const std::vector<size_t>& columns) {
  std::vector<KeyPart> parts;
  for (const size_t column : columns) parts.push_back({column});
  return KeyEncoder(std::move(parts));
}

// A missing, failed or empty key is equal to none.
std::vector<bool> rows_with_key(const table::Batch& batch, const std::vector<size_t>& keys) {
  std::vector<bool> has_key(batch.rows, true);
  for (const size_t key : keys) {
    const table::Column& column = *batch.columns[key];
    const bool is_text = column.type() == table::ColumnType::text;
    for (size_t row = 0; row < batch.rows; ++row)
      if (!column.is_valid(row) || (is_text && column.texts()[row].empty())) has_key[row] = false;
  }
  return has_key;
}

class JoinStage final : public Stage {
 public:
  JoinStage(const JoinPlan& plan, const Resources& resources)
      : plan_(plan),
        resources_(resources),
        left_encoder_(encoder_of(plan.left_keys)),
        right_encoder_(encoder_of(plan.right_keys)),
        table_(plan.held) {}

  Status push(table::Batch batch, Flow& flow) override {
    TRY(load(flow));
    keys_.encode(left_encoder_, batch);
    const std::vector<bool> has_key = rows_with_key(batch, plan_.left_keys);
    for (uint32_t row = 0; row < batch.rows; ++row) {
      uint32_t other = has_key[row] ? table_.first_of(keys_[row]) : JoinTable::kNoRow;
      const bool is_alone = other == JoinTable::kNoRow;
      if (plan_.kind == JoinKind::anti ? is_alone : is_alone && plan_.keeps_left()) add_pair(row, other);
      for (; other != JoinTable::kNoRow && plan_.kind != JoinKind::anti; other = table_.next_of(other)) {
        add_pair(row, other);
        if (lefts_.size() == table::kBatchRows) TRY(emit_pairs(batch, flow));
      }
      if (lefts_.size() >= table::kBatchRows) TRY(emit_pairs(batch, flow));
    }
    return emit_pairs(batch, flow);
  }

  Status finish(Flow& flow) override {
    TRY(load(flow));
    if (!plan_.keeps_right()) return {};
    for (uint32_t number = 1; number < table_.end(); ++number) {
      if (!is_matched_[number]) rights_.push_back(number);
      if (rights_.size() == table::kBatchRows) TRY(emit_lonely(flow));
    }
    return emit_lonely(flow);
  }

 private:
  Status load(Flow& flow) {
    if (is_loaded_) return {};
    is_loaded_ = true;
    const auto reader = TRY(plan_.other.open(resources_.cancel));
    while (auto batch = TRY(reader->next())) {
      for (const size_t key : plan_.right_keys) {
        const table::ColumnPtr before = batch->columns[key];
        const table::ColumnType type = (*plan_.right)[key].type;
        if (type == before->type()) continue;
        batch->columns[key] = table::cast(*before, type);
        flow.failures().count_column((*plan_.right)[key].name, *batch, *batch->columns[key], {before});
      }
      std::vector<size_t> held = plan_.right_rest;
      held.insert(held.end(), plan_.right_keys.begin(), plan_.right_keys.end());
      keys_.encode(right_encoder_, *batch);
      table_.add(pick_columns(*batch, plan_.held, held), keys_, rows_with_key(*batch, plan_.right_keys));
      TRY(check_memory(table_.bytes(), "join", fmt::format("{} rows of the other table", table_.end() - 1),
                       resources_));
    }
    is_matched_.assign(table_.end(), false);
    return {};
  }

  void add_pair(uint32_t left, uint32_t right) {
    lefts_.push_back(left);
    rights_.push_back(right);
    is_matched_[right] = true;
  }

  Status emit_pairs(const table::Batch& batch, Flow& flow) {
    if (lefts_.empty()) return {};
    if (resources_.cancel != nullptr) TRY(resources_.cancel->check());
    table::Batch joined = table::gather(batch, lefts_);
    joined.schema = plan_.schema;
    if (plan_.kind != JoinKind::anti) append_rest(joined, table_.read(rights_));
    lefts_.clear();
    rights_.clear();
    return flow.emit(std::move(joined));
  }

  void append_rest(table::Batch& joined, const table::Batch& other) const {
    joined.columns.insert(joined.columns.end(), other.columns.begin(),
                          other.columns.begin() + static_cast<std::ptrdiff_t>(plan_.right_rest.size()));
  }

  // Right rows that no left row has the key of: the key is theirs, the other left columns are missing.
  Status emit_lonely(Flow& flow) {
    if (rights_.empty()) return {};
    const table::Batch other = table_.read(rights_);
    table::Batch lonely{plan_.schema, {}, other.rows, other.origin};
    for (const table::Field& field : plan_.left->fields())
      lonely.columns.push_back(missing_column(field.type, other.rows));
    for (size_t i = 0; i < plan_.left_keys.size(); ++i)
      lonely.columns[plan_.left_keys[i]] = other.columns[plan_.right_rest.size() + i];
    append_rest(lonely, other);
    rights_.clear();
    return flow.emit(std::move(lonely));
  }

  const JoinPlan& plan_;  // of the step, which outlives its stages
  Resources resources_;
  KeyEncoder left_encoder_;
  KeyEncoder right_encoder_;
  BatchKeys keys_;
  JoinTable table_;
  bool is_loaded_ = false;
  std::vector<bool> is_matched_;  // of each right row
  std::vector<uint32_t> lefts_;   // pairs not yet emitted
  std::vector<uint32_t> rights_;
};

class JoinStep final : public Step {
 public:
  JoinStep(JoinPlan plan, std::vector<JoinKey> keys, PlacedName suffix)
      : plan_(std::move(plan)), keys_(std::move(keys)), suffix_(std::move(suffix)) {}

  // Opens the other table to learn its columns.
  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    plan_.left = input;
    const auto reader = TRY(plan_.other.open(nullptr));
    std::vector<table::Field> fields = reader->schema()->fields();
    plan_.left_keys.clear();
    plan_.right_keys.clear();
    for (const JoinKey& key : keys_) {
      plan_.left_keys.push_back(TRY(require_column(*input, key.left)));
      plan_.right_keys.push_back(TRY(find_other(*reader->schema(), key.right)));
      fields[plan_.right_keys.back()].type = (*input)[plan_.left_keys.back()].type;
    }
    plan_.right = std::make_shared<const table::Schema>(std::move(fields));
    plan_.right_rest.clear();
    for (size_t column = 0; column < plan_.right->size(); ++column)
      if (std::find(plan_.right_keys.begin(), plan_.right_keys.end(), column) == plan_.right_keys.end())
        plan_.right_rest.push_back(column);
    std::vector<size_t> held = plan_.right_rest;
    held.insert(held.end(), plan_.right_keys.begin(), plan_.right_keys.end());
    plan_.held = pick_fields(*plan_.right, held);
    plan_.schema = plan_.kind == JoinKind::anti ? input : TRY(joined_schema());
    return plan_.schema;
  }

  StagePtr start(const Resources& resources) const override { return std::make_unique<JoinStage>(plan_, resources); }

 private:
  static Result<size_t> find_other(const table::Schema& schema, const PlacedName& name) {
    auto found = schema.require(name.name, "the other table");
    if (found.ok()) return *found;
    return name.error(found.error().message, found.error().hint);
  }

  Result<table::SchemaPtr> joined_schema() const {
    std::vector<table::Field> fields = plan_.left->fields();
    for (const size_t column : plan_.right_rest) {
      const table::Field& field = (*plan_.right)[column];
      const std::string name = plan_.left->find(field.name) ? field.name + suffix_.name : field.name;
      TRY(add_field(fields, {name, suffix_.place}, field.type));
    }
    return std::make_shared<const table::Schema>(std::move(fields));
  }

  JoinPlan plan_;
  std::vector<JoinKey> keys_;
  PlacedName suffix_;
};

// [a, b], or {left: right} where the names differ.
Result<std::vector<JoinKey>> read_keys(const text::Yaml& node) {
  std::vector<JoinKey> keys;
  if (node.kind() == text::Yaml::Kind::mapping) {
    for (auto& [left, right] : TRY(read_entries(node, "on")))
      keys.push_back({left, TRY(read_name(*right, "a key of the other table"))});
    return keys;
  }
  for (PlacedName& name : TRY(read_names(node, "on"))) keys.push_back({name, name});
  return keys;
}

}  // namespace

Result<StepPtr> make_join_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"file", "source", "on", "kind", "suffix"}, "join"));
  JoinPlan plan;
  plan.other = TRY(OtherTable::read(source, "join"));
  auto keys = TRY(read_keys(*TRY(require_option(node, "on", "join"))));
  if (const text::Yaml* kind = node.find("kind"))
    plan.kind = static_cast<JoinKind>(TRY(read_choice(*kind, kJoinKinds, "the kind of join")));
  PlacedName suffix{"_right", node.place()};
  if (const text::Yaml* given = node.find("suffix")) suffix = TRY(read_name(*given, "'suffix' of 'join'"));
  return StepPtr(std::make_unique<JoinStep>(std::move(plan), std::move(keys), std::move(suffix)));
}

}  // namespace aml::prep
