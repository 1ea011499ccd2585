// - script: {command: [awk, -f, fix.awk], columns: [a, b]}      rows through another program
// - script: {python: features.py, columns: {a: number}}      and through a function transform(df) of pandas
#include <fmt/format.h>

#include "prep/pick.h"
#include "prep/script_filter.h"
#include "prep/step.h"
#include "prep/step_arguments.h"
#include "prep/transform_driver.h"
#include "table/cast.h"
#include "text/json.h"
#include "text/suggest.h"

namespace aml::prep {
namespace {

using table::ColumnType;

struct ScriptPlan {
  ScriptOptions options;
  bool is_python = false;
  std::optional<std::vector<table::Field>> columns = {};  // without, the same as before
  table::SchemaPtr input = {};
  table::SchemaPtr schema = {};
};

class ScriptStage final : public Stage {
 public:
  ScriptStage(const ScriptPlan& plan, const Resources& resources) : plan_(plan), resources_(resources) {}

  Status push(table::Batch batch, Flow& flow) override {
    TRY(start());
    return filter_->push(std::move(batch), [&](table::Batch out) { return take(std::move(out), flow); });
  }

  Status finish(Flow& flow) override {
    TRY(start());
    return filter_->finish([&](table::Batch out) { return take(std::move(out), flow); });
  }

  bool is_sated() const override { return filter_ && filter_->is_input_closed(); }

 private:
  Status start() {
    if (!filter_) filter_ = TRY(ScriptFilter::start(plan_.options, plan_.input, resources_.cancel));
    return {};
  }

  // Columns must be those that were declared, and get their types.
  Status take(table::Batch batch, Flow& flow) {
    if (batch.schema->names() != plan_.schema->names())
      return Error{
          ErrorKind::bad_data,
          fmt::format("{}: '{}' wrote the columns {}, but {} are declared", plan_.options.place, plan_.options.name,
                      fmt::join(batch.schema->names(), ", "), fmt::join(plan_.schema->names(), ", ")),
          "say under 'columns' what the program writes"};
    for (size_t i = 0; i < batch.columns.size(); ++i) {
      const table::Field& field = (*plan_.schema)[i];
      if (field.type == ColumnType::text) continue;
      const table::ColumnPtr before = std::exchange(batch.columns[i], table::cast(*batch.columns[i], field.type));
      flow.failures().count_column(field.name, batch, *batch.columns[i], {before});
    }
    batch.schema = plan_.schema;
    return flow.emit(std::move(batch));
  }

  const ScriptPlan& plan_;  // of the step, which outlives its stages
  Resources resources_;
  std::unique_ptr<ScriptFilter> filter_;
};

class ScriptStep final : public Step {
 public:
  explicit ScriptStep(ScriptPlan plan) : plan_(std::move(plan)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    plan_.input = input;
    plan_.schema = plan_.columns ? std::make_shared<const table::Schema>(*plan_.columns) : input;
    if (plan_.is_python) {
      text::Json types = text::Json::object();
      for (const table::Field& field : input->fields()) types.set(field.name, table::name_of(field.type));
      plan_.options.argv.resize(4);
      plan_.options.argv.push_back(types.dump());
    }
    return plan_.schema;
  }

  StagePtr start(const Resources& resources) const override { return std::make_unique<ScriptStage>(plan_, resources); }

 private:
  ScriptPlan plan_;
};

// A list is the program and its arguments; a text is a line for the shell.
Result<std::vector<std::string>> read_command(const text::Yaml& node) {
  if (node.is_scalar()) {
    std::string line = TRY(read_text(node, "'command' of 'script'"));
    return std::vector<std::string>{"sh", "-c", std::move(line)};
  }
  if (node.kind() != text::Yaml::Kind::sequence || node.items().empty())
    return node.error("'command' takes a list of words, or a line for the shell",
                      "for example: command: [sed, s/a/b/]");
  std::vector<std::string> argv;
  for (const text::Yaml& word : node.items()) {
    if (!word.is_scalar()) return word.error("'command' takes a list of words");
    argv.push_back(word.scalar());
  }
  return argv;
}

// [a, b]: texts; {a: number, b: text}: with their types.
Result<std::vector<table::Field>> read_columns(const text::Yaml& node) {
  std::vector<table::Field> fields;
  if (node.kind() == text::Yaml::Kind::sequence) {
    for (const PlacedName& name : TRY(read_names(node, "columns"))) fields.push_back({name.name});
    return fields;
  }
  for (auto& [name, value] : TRY(read_entries(node, "columns"))) {
    const auto type = value->is_scalar() ? table::parse_column_type(value->scalar()) : std::nullopt;
    if (!type)
      return value->error(fmt::format("unknown type '{}' for column '{}'", value->scalar(), name.name),
                          text::suggestion_hint(value->scalar(), table::column_type_names()));
    fields.push_back({name.name, *type});
  }
  return fields;
}

Result<table::Format> read_format(const text::Yaml& node, std::string_view what) {
  const std::vector<std::string> formats = {"csv", "tsv", "jsonl"};
  return *table::parse_format(formats[TRY(read_choice(node, formats, what))]);
}

}  // namespace

Result<StepPtr> make_script_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"command", "python", "interpreter", "in", "out", "columns"}, "script"));
  const text::Yaml* command = node.find("command");
  const text::Yaml* python = node.find("python");
  if ((command == nullptr) == (python == nullptr))
    return node.error("'script' takes either a command or a file of Python", "for example: script: {python: f.py}");
  const std::vector<std::string> others =
      python != nullptr ? std::vector<std::string>{"in", "out"} : std::vector<std::string>{"interpreter"};
  for (const std::string& key : others)
    if (const text::Yaml* value = node.find(key))
      return value->error(fmt::format("'{}' does not go with '{}'", key, python != nullptr ? "python" : "command"),
                          "see aml-prep(5)");
  ScriptPlan plan;
  plan.is_python = python != nullptr;
  plan.options.place = node.place();
  plan.options.directory = Path(node.name()).parent_path();
  if (plan.options.directory.empty()) plan.options.directory = ".";
  plan.options.input.format = plan.options.output.format = table::Format::csv;
  if (command != nullptr) {
    plan.options.argv = TRY(read_command(*command));
    plan.options.name = command->is_scalar() ? command->scalar() : plan.options.argv[0];
    if (const text::Yaml* in = node.find("in")) plan.options.input.format = TRY(read_format(*in, "'in'"));
    if (const text::Yaml* out = node.find("out")) plan.options.output.format = TRY(read_format(*out, "'out'"));
  } else {
    const text::Yaml* interpreter = node.find("interpreter");
    const std::string program = interpreter == nullptr ? "python3" : TRY(read_text(*interpreter, "'interpreter'"));
    plan.options.name = TRY(read_text(*python, "'python' of 'script'"));
    plan.options.argv = {program, "-c", std::string(kTransformDriver), plan.options.name};
  }
  if (const text::Yaml* columns = node.find("columns")) plan.columns = TRY(read_columns(*columns));
  return StepPtr(std::make_unique<ScriptStep>(std::move(plan)));
}

}  // namespace aml::prep
