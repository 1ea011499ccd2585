#include "learn/feature_graph.h"

#include <fmt/format.h>

#include <set>

namespace aml::learn {
namespace {

using model::ElementType;
using model::GraphBuilder;
using model::Tensor;

constexpr const char* kLabel = "label";
constexpr const char* kProbabilities = "probabilities";
constexpr const char* kScore = "score";

std::string concat(GraphBuilder& graph, const std::vector<std::string>& parts) {
  if (parts.size() == 1) return parts[0];
  return graph.add({.op = "Concat", .inputs = parts, .attributes = {{"axis", int64_t{1}}}});
}

std::string cast(GraphBuilder& graph, const std::string& value, ElementType type) {
  return graph.add({.op = "Cast", .inputs = {value}, .attributes = {{"to", type}}});
}

Tensor row_of(std::vector<double> values) {
  const auto columns = static_cast<int64_t>(values.size());
  return model::matrix_of(std::move(values), columns);
}

// The number columns that missed values in training, as 1 where the cell is missing.
std::vector<std::string> add_indicators(GraphBuilder& graph, const std::vector<EncodedColumn>& columns,
                                        const std::string& is_missing) {
  std::vector<int64_t> with_missing;
  int64_t number = 0;
  for (const EncodedColumn& column : columns) {
    if (column.plan.use != ColumnUse::number) continue;
    if (column.plan.missing != 0) with_missing.push_back(number);
    ++number;
  }
  if (with_missing.empty()) return {};
  const std::string which = graph.constant("columns_with_missing", model::vector_of(with_missing));
  const std::string flags =
      graph.add({.op = "Gather", .inputs = {is_missing, which}, .attributes = {{"axis", int64_t{1}}}});
  return {cast(graph, flags, ElementType::float64)};
}

std::vector<std::string> add_numbers(GraphBuilder& graph, const std::vector<EncodedColumn>& columns,
                                     NumberStyle style) {
  std::vector<std::string> inputs;
  std::vector<double> means, factors;
  for (const EncodedColumn& column : columns) {
    if (column.plan.use != ColumnUse::number) continue;
    inputs.push_back(column.plan.field.name);
    means.push_back(column.plan.mean);
    factors.push_back(1 / column.plan.deviation);
  }
  if (inputs.empty()) return {};
  const std::string numbers = concat(graph, inputs);
  if (style == NumberStyle::raw) return {numbers};
  const std::string mean = graph.constant("mean", row_of(means));
  const std::string is_missing = graph.add({.op = "IsNaN", .inputs = {numbers}});
  const std::string filled = graph.add({.op = "Where", .inputs = {is_missing, mean, numbers}});
  const std::string centred = graph.add({.op = "Sub", .inputs = {filled, mean}});
  std::vector<std::string> parts = {
      graph.add({.op = "Mul", .inputs = {centred, graph.constant("inverse_deviation", row_of(factors))}})};
  for (std::string& indicators : add_indicators(graph, columns, is_missing)) parts.push_back(std::move(indicators));
  return parts;
}

// All one-hot columns beside each other, in double; nothing without a category column.
std::vector<std::string> add_categories(GraphBuilder& graph, const std::vector<EncodedColumn>& columns) {
  std::vector<std::string> parts;
  for (const EncodedColumn& column : columns) {
    if (column.plan.use != ColumnUse::categories) continue;
    const std::string hot =
        graph.add({.op = "OneHotEncoder",
                   .domain = std::string(model::kMlDomain),
                   .inputs = {column.plan.field.name},
                   .attributes = {{"cats_strings", column.plan.categories}, {"zeros", int64_t{1}}}});  // [N,1,C]
    const auto width = static_cast<int64_t>(column.plan.categories.size());
    const std::string shape = graph.constant("one_hot_shape", model::vector_of(std::vector<int64_t>{0, width}));
    parts.push_back(graph.add({.op = "Reshape", .inputs = {hot, shape}}));
  }
  if (parts.empty()) return {};
  return {cast(graph, concat(graph, parts), ElementType::float64)};
}

}  // namespace

std::string add_features(GraphBuilder& graph, const std::vector<EncodedColumn>& columns, NumberStyle style) {
  for (const EncodedColumn& column : columns) {
    if (column.plan.use == ColumnUse::dropped) continue;
    const bool is_number = column.plan.use == ColumnUse::number;
    graph.input({column.plan.field.name, is_number ? ElementType::float64 : ElementType::string, {-1, 1}});
  }
  std::vector<std::string> parts = add_numbers(graph, columns, style);
  for (std::string& categories : add_categories(graph, columns)) parts.push_back(std::move(categories));
  return concat(graph, parts);
}

text::Json schema_of(const std::vector<EncodedColumn>& columns, const Labels& labels) {
  text::Json inputs = text::Json::array();
  for (const EncodedColumn& column : columns)
    if (column.plan.use != ColumnUse::dropped)
      inputs.push(
          text::Json::object({{"name", column.plan.field.name}, {"type", table::name_of(column.plan.field.type)}}));
  text::Json classes = text::Json::array();
  for (const std::string& name : labels.classes) classes.push(name);
  return text::Json::object(
      {{"inputs", std::move(inputs)},
       {"label", text::Json::object({{"name", labels.field.name}, {"type", table::name_of(labels.field.type)}})},
       {"classes", std::move(classes)},
       {"task", model::name_of(labels.task)}});
}

void add_class_outputs(GraphBuilder& graph, const std::string& scores, ElementType scores_type,
                       const std::vector<std::string>& classes) {
  std::string probabilities = graph.add({.op = "Softmax", .inputs = {scores}, .attributes = {{"axis", int64_t{1}}}});
  if (scores_type != ElementType::float32) probabilities = cast(graph, probabilities, ElementType::float32);
  const std::string best =
      graph.add({.op = "ArgMax", .inputs = {scores}, .attributes = {{"axis", int64_t{1}}, {"keepdims", int64_t{0}}}});
  const std::string names = graph.constant("classes", model::vector_of(classes));
  const std::string label = graph.add({.op = "Gather", .inputs = {names, best}, .attributes = {{"axis", int64_t{0}}}});
  graph.output({kLabel, ElementType::string, {-1}}, label);
  graph.output({kProbabilities, ElementType::float32, {-1, static_cast<int64_t>(classes.size())}}, probabilities);
}

Status check_input_names(const std::vector<EncodedColumn>& columns, model::Task task) {
  std::set<std::string> taken = {kScore};
  if (task == model::Task::classification) taken = {kLabel, kProbabilities};
  for (const EncodedColumn& column : columns) {
    const std::string& name = column.plan.field.name;
    if (column.plan.use == ColumnUse::dropped) continue;
    if (name.empty())
      return Error{ErrorKind::bad_data, "a column without a name cannot be an input of a model",
                   "give every column a name in the header"};
    if (!taken.insert(name).second)
      return Error{ErrorKind::bad_data,
                   fmt::format("column '{}' has the name of another column or of an output of the model", name),
                   fmt::format("rename it, or leave it out with --drop {}", name)};
  }
  return {};
}

}  // namespace aml::learn
