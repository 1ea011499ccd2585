// - append: {file: more.csv, by: name}      the rows of another table behind these
#include <fmt/format.h>

#include "prep/cell_value.h"
#include "prep/other_table.h"
#include "prep/pick.h"
#include "prep/step.h"
#include "table/cast.h"

namespace aml::prep {
namespace {

enum class Match : uint8_t { name, position };

struct AppendPlan {
  OtherTable other;
  Match match = Match::name;
  table::SchemaPtr schema;                    // the columns here, then those only the other table has
  size_t width = 0;                           // how many are here
  std::vector<std::optional<size_t>> others;  // for each column of the result, that of the other table
};

class AppendStage final : public Stage {
 public:
  AppendStage(const AppendPlan& plan, const Resources& resources) : plan_(plan), resources_(resources) {}

  Status push(table::Batch batch, Flow& flow) override {
    for (size_t column = plan_.width; column < plan_.schema->size(); ++column)
      batch.columns.push_back(missing_column(table::ColumnType::text, batch.rows));
    batch.schema = plan_.schema;
    return flow.emit(std::move(batch));
  }

  Status finish(Flow& flow) override {
    const auto reader = TRY(plan_.other.open(resources_.cancel));
    while (auto batch = TRY(reader->next())) TRY(flow.emit(arrange(*batch, flow.failures())));
    return {};
  }

 private:
  table::Batch arrange(const table::Batch& batch, Failures& failures) const {
    table::Batch arranged{plan_.schema, {}, batch.rows, batch.origin};
    for (size_t column = 0; column < plan_.schema->size(); ++column) {
      const table::Field& field = (*plan_.schema)[column];
      if (!plan_.others[column]) {
        arranged.columns.push_back(missing_column(field.type, batch.rows));
        continue;
      }
      const table::ColumnPtr& source = batch.columns[*plan_.others[column]];
      arranged.columns.push_back(source->type() == field.type ? source : table::cast(*source, field.type));
      failures.count_column(field.name, batch, *arranged.columns.back(), {source});
    }
    return arranged;
  }

  const AppendPlan& plan_;  // of the step, which outlives its stages
  Resources resources_;
};

class AppendStep final : public Step {
 public:
  AppendStep(AppendPlan plan, std::string place) : plan_(std::move(plan)), place_(std::move(place)) {}

  // Opens the other table to learn its columns.
  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    const auto reader = TRY(plan_.other.open(nullptr));
    const table::Schema& other = *reader->schema();
    plan_.width = input->size();
    plan_.others.clear();
    std::vector<table::Field> fields = input->fields();
    if (plan_.match == Match::position && other.size() != input->size())
      return Error{ErrorKind::bad_data, fmt::format("{}: the other table has {} columns, there are {} at this step",
                                                    place_, other.size(), input->size())};
    for (size_t column = 0; column < input->size(); ++column)
      plan_.others.push_back(plan_.match == Match::position ? column : other.find(fields[column].name));
    for (size_t column = 0; plan_.match == Match::name && column < other.size(); ++column) {
      if (input->find(other[column].name)) continue;
      fields.push_back(other[column]);
      plan_.others.push_back(column);
    }
    plan_.schema = std::make_shared<const table::Schema>(std::move(fields));
    return plan_.schema;
  }

  StagePtr start(const Resources& resources) const override { return std::make_unique<AppendStage>(plan_, resources); }

 private:
  AppendPlan plan_;
  std::string place_;
};

}  // namespace

Result<StepPtr> make_append_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"file", "source", "by"}, "append"));
  AppendPlan plan;
  plan.other = TRY(OtherTable::read(source, "append"));
  if (const text::Yaml* by = node.find("by"))
    plan.match = static_cast<Match>(TRY(read_choice(*by, {"name", "position"}, "'by'")));
  return StepPtr(std::make_unique<AppendStep>(std::move(plan), node.place()));
}

}  // namespace aml::prep
