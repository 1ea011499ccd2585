// - join: {file: islands.csv, on: [island], kind: left}      columns of another table, by equal keys
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "prep/join_stage.h"
#include "prep/pick.h"
#include "prep/step.h"

namespace aml::prep {
namespace {

const std::vector<std::string> kJoinKinds = {"inner", "left", "right", "full", "anti"};

struct JoinKey {
  PlacedName left;
  PlacedName right;
};

class JoinStep final : public Step {
 public:
  JoinStep(JoinPlan plan, std::vector<JoinKey> keys, PlacedName suffix)
      : plan_(std::move(plan)), keys_(std::move(keys)), suffix_(std::move(suffix)) {}

  // Opens the other table to learn its columns.
  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    JoinColumns& columns = plan_.columns;
    columns.left = input;
    columns.left_keys.clear();
    columns.right_keys.clear();
    plan_.keys.clear();
    const auto reader = TRY(plan_.other.open(nullptr));
    std::vector<table::Field> fields = reader->schema()->fields();
    for (const JoinKey& key : keys_) {
      columns.left_keys.push_back(TRY(require_column(*input, key.left)));
      plan_.keys.push_back(TRY(find_other(*reader->schema(), key.right)));
      fields[plan_.keys.back()].type = (*input)[columns.left_keys.back()].type;
    }
    plan_.right = std::make_shared<const table::Schema>(std::move(fields));
    hold_columns();
    columns.schema = columns.kind == JoinKind::anti ? input : TRY(joined_schema());
    return columns.schema;
  }

  StagePtr start(const Resources& resources) const override { return std::make_unique<JoinStage>(plan_, resources); }

 private:
  static Result<size_t> find_other(const table::Schema& schema, const PlacedName& name) {
    auto found = schema.require(name.name, "the other table");
    if (found.ok()) return *found;
    return name.error(found.error().message, found.error().hint);
  }

  // What the other table adds, then its keys.
  void hold_columns() {
    plan_.held.clear();
    for (size_t column = 0; column < plan_.right->size(); ++column)
      if (std::find(plan_.keys.begin(), plan_.keys.end(), column) == plan_.keys.end()) plan_.held.push_back(column);
    plan_.columns.added.resize(plan_.held.size());
    std::iota(plan_.columns.added.begin(), plan_.columns.added.end(), size_t{0});
    for (const size_t key : plan_.keys) {
      plan_.columns.right_keys.push_back(plan_.held.size());
      plan_.held.push_back(key);
    }
    plan_.columns.held = pick_fields(*plan_.right, plan_.held);
  }

  Result<table::SchemaPtr> joined_schema() const {
    const table::Schema& left = *plan_.columns.left;
    std::vector<table::Field> fields = left.fields();
    for (const size_t column : plan_.columns.added) {
      const table::Field& field = (*plan_.columns.held)[column];
      const std::string name = left.find(field.name) ? field.name + suffix_.name : field.name;
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
    for (auto& [left, right] : TRY(read_entries(node, "on"))) {
      PlacedName other = TRY(read_name(*right, "a key of the other table"));
      keys.push_back({left, std::move(other)});
    }
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
    plan.columns.kind = static_cast<JoinKind>(TRY(read_choice(*kind, kJoinKinds, "the kind of join")));
  PlacedName suffix{"_right", node.place()};
  if (const text::Yaml* given = node.find("suffix")) suffix = TRY(read_name(*given, "'suffix' of 'join'"));
  return StepPtr(std::make_unique<JoinStep>(std::move(plan), std::move(keys), std::move(suffix)));
}

}  // namespace aml::prep
