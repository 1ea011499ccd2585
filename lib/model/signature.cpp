#include "model/signature.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "model/operator.h"

namespace aml::model {
namespace {

table::ColumnType column_type_for(ElementType type) {
  if (type == ElementType::string) return table::ColumnType::text;
  if (type == ElementType::boolean) return table::ColumnType::boolean;
  return is_floating(type) ? table::ColumnType::float64 : table::ColumnType::int64;
}

bool is_column(const ValueSpec& spec) {
  if (!spec.has_shape || spec.shape.size() <= 1) return true;
  return spec.shape.size() == 2 && spec.shape[1] == 1;
}

std::optional<size_t> find_output(const Model& model, bool (*is_wanted)(const ValueSpec&)) {
  const auto found = std::find_if(model.outputs().begin(), model.outputs().end(), is_wanted);
  if (found == model.outputs().end()) return std::nullopt;
  return static_cast<size_t>(found - model.outputs().begin());
}

void find_outputs(const Model& model, Signature& signature) {
  signature.label_output = find_output(
      model, [](const ValueSpec& spec) { return spec.type == ElementType::string || spec.type == ElementType::int64; });
  signature.score_output = find_output(model, [](const ValueSpec& spec) {
    return spec.type == ElementType::float32 || spec.type == ElementType::float64;
  });
}

// The classes an output's columns stand for: named by ZipMap, by the classifier, or else numbered.
Result<std::vector<std::string>> classes_of(const Model& model, const ValueSpec& scores) {
  if (!scores.classes.empty()) return scores.classes;
  const int64_t width = scores.shape.size() == 2 ? scores.shape[1] : -1;
  if (!model.classes().empty() && (width < 0 || width == static_cast<int64_t>(model.classes().size()))) {
    return model.classes();
  }
  if (width < 0 || width > 100'000) return data_error("output '{}' does not say how many classes it has", scores.name);
  std::vector<std::string> classes;
  for (int64_t i = 0; i < width; ++i) classes.push_back(std::to_string(i));
  return classes;
}

Status describe_outputs(const Model& model, Signature& signature) {
  find_outputs(model, signature);
  if (!signature.label_output && !signature.score_output) return data_error("no output is a label or a number");
  signature.task = signature.label_output ? Task::classification : Task::regression;
  if (signature.task == Task::regression) {
    signature.label = {"", table::ColumnType::float64};
    return {};
  }
  const bool is_text = model.outputs()[*signature.label_output].type == ElementType::string;
  signature.label = {"", is_text ? table::ColumnType::text : table::ColumnType::int64};
  if (!signature.score_output) return {};
  signature.classes = TRY(classes_of(model, model.outputs()[*signature.score_output]));
  return {};
}

// A single matrix input: its columns as the user named them, or numbered as a table without a header numbers them.
Status describe_matrix(const Model& model, const std::vector<std::string>& input_columns, Signature& signature) {
  const ValueSpec& spec = model.inputs().front();
  if (spec.shape.size() != 2) return data_error("input '{}' {} is no table", spec.name, to_text(spec.shape));
  const int64_t width = spec.shape[1];
  if (!input_columns.empty() && width >= 0 && static_cast<size_t>(width) != input_columns.size()) {
    return Error{ErrorKind::usage,
                 fmt::format("{} input columns named, input '{}' takes {}", input_columns.size(), spec.name, width)};
  }
  if (input_columns.empty() && (width < 0 || width > 100'000)) {
    return Error{ErrorKind::usage, fmt::format("input '{}' does not say how many columns it takes", spec.name),
                 "name them in order with --input-columns"};
  }
  std::vector<std::string> names = input_columns;
  signature.is_positional = names.empty();
  for (int64_t i = 0; signature.is_positional && i < width; ++i) names.push_back(fmt::format("column{}", i + 1));
  InputBinding binding{.input = 0, .columns = std::vector<size_t>(names.size())};
  std::iota(binding.columns.begin(), binding.columns.end(), size_t{0});
  std::vector<table::Field> fields;
  for (const std::string& name : names) fields.push_back({name, column_type_for(spec.type)});
  signature.columns = table::Schema(std::move(fields));
  signature.bindings = {std::move(binding)};
  return {};
}

Status describe_inputs(const Model& model, const std::vector<std::string>& input_columns, Signature& signature) {
  if (model.inputs().empty()) return data_error("it takes no input");
  if (model.inputs().size() == 1 && (!is_column(model.inputs().front()) || !input_columns.empty())) {
    return describe_matrix(model, input_columns, signature);
  }
  if (!input_columns.empty()) {
    return Error{ErrorKind::usage, "the model names its input columns itself", "leave out --input-columns"};
  }
  std::vector<table::Field> fields;
  for (size_t i = 0; i < model.inputs().size(); ++i) {
    const ValueSpec& spec = model.inputs()[i];
    if (!is_column(spec)) return data_error("input '{}' {} is not one column", spec.name, to_text(spec.shape));
    fields.push_back({spec.name, column_type_for(spec.type)});
    signature.bindings.push_back({.input = i, .columns = {i}});
  }
  signature.columns = table::Schema(std::move(fields));
  return {};
}

Result<table::Field> read_field(const text::Json& json) {
  const auto type = table::parse_column_type(json.string_or("type", ""));
  if (!json["name"].is_string() || !type) return data_error("aml.schema has a column without a name or known type");
  return table::Field{json["name"].string(), *type};
}

// The schema's order is that of the table the model learned from; the graph's inputs may stand in another.
Status apply_columns(const text::Json& inputs, Signature& signature) {
  std::vector<table::Field> fields;
  for (const text::Json& input : inputs.items()) fields.push_back(TRY(read_field(input)));
  table::Schema columns(std::move(fields));
  if (columns.size() != signature.columns.size()) return data_error("aml.schema names other inputs than the graph");
  for (InputBinding& binding : signature.bindings) {
    for (size_t& column : binding.columns) {
      const std::string& name = signature.columns[column].name;
      const auto found = columns.find(name);
      if (!found) return data_error("aml.schema does not name the input '{}'", name);
      column = *found;
    }
  }
  signature.columns = std::move(columns);
  return {};
}

// aml.schema refines what the graph says: types of the columns, the label's name and type, the order of classes.
Status apply_schema(const text::Json& schema, Signature& signature) {
  const std::string task = schema.string_or("task", "");
  if (task != name_of(signature.task)) return data_error("aml.schema says '{}', the graph does not", task);
  TRY(apply_columns(schema["inputs"], signature));
  signature.label = TRY(read_field(schema["label"]));
  std::vector<std::string> classes;
  for (const text::Json& name : schema["classes"].items()) classes.push_back(name.string());
  if (classes.size() != signature.classes.size()) return data_error("aml.schema names {} classes", classes.size());
  signature.classes = std::move(classes);
  signature.is_ours = true;
  return {};
}

Result<Signature> read(const Model& model, const std::vector<std::string>& input_columns) {
  Signature signature;
  TRY(describe_inputs(model, input_columns, signature));
  TRY(describe_outputs(model, signature));
  const auto schema = model.metadata().find("aml.schema");
  if (schema == model.metadata().end()) return signature;
  TRY(apply_schema(TRY(text::parse_json(schema->second, {.name = "aml.schema"})), signature));
  return signature;
}

text::Json to_json(const table::Field& field) {
  return text::Json::object({{"name", field.name}, {"type", table::name_of(field.type)}});
}

}  // namespace

std::string_view name_of(Task task) { return task == Task::classification ? "classification" : "regression"; }

Result<Signature> read_signature(const Model& model, const std::vector<std::string>& input_columns) {
  return with_context(read(model, input_columns), fmt::format("model '{}'", model.name()));
}

text::Json to_json(const Signature& signature) {
  text::Json inputs = text::Json::array();
  for (const table::Field& field : signature.columns.fields()) inputs.push(to_json(field));
  text::Json classes = text::Json::array();
  for (const std::string& name : signature.classes) classes.push(name);
  text::Json json = text::Json::object();
  json.set("task", name_of(signature.task)).set("inputs", std::move(inputs)).set("label", to_json(signature.label));
  return json.set("classes", std::move(classes));
}

}  // namespace aml::model
