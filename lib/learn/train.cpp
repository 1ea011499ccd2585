#include "learn/train.h"

#include <fmt/format.h>

#include "learn/feature_graph.h"

namespace aml::learn {
namespace {

constexpr double kValidationMax = 0.9;
constexpr uint64_t kCategoriesMax = 10'000;

// A learner with its parameters, and the parameters all learners share.
struct Setup {
  std::unique_ptr<Learner> learner;
  uint64_t max_categories = 64;

  std::vector<ParamSpec> params() {
    std::vector<ParamSpec> specs = learner->params();
    specs.push_back(
        {"max_categories", "categories per text column at most", &max_categories, 1, double{kCategoriesMax}});
    return specs;
  }
};

Result<Setup> set_up(const TrainOptions& options) {
  Setup setup{.learner = TRY(make_learner(options.learner))};
  TRY(assign_params(options.learner, setup.params(), options.params));
  if (!(options.validation >= 0 && options.validation <= kValidationMax))
    return Error{ErrorKind::usage, fmt::format("cannot hold out a share of {} for validation", options.validation),
                 fmt::format("give a share from 0 to {}", kValidationMax)};
  return setup;
}

Status check_task(const Learner& learner, const Labels& labels) {
  if (learner.can(labels.task)) return {};
  return Error{
      ErrorKind::bad_data,
      fmt::format("learner '{}' predicts classes, but label '{}' is a quantity", learner.name(), labels.field.name),
      "use --learner fast_trees, which also does regression, or a label with few whole numbers or words"};
}

// Brings labels and features into the order of training and held-out rows.
Result<Dataset> prepare(const table::Table& table, size_t label, Labels labels, const TrainOptions& options,
                        uint64_t max_categories, const Cancel* cancel) {
  const RowOrder order = choose_holdout(labels, {.fraction = options.validation, .seed = options.seed});
  const FeatureOptions feature_options{.label = label,
                                       .columns = options.columns,
                                       .drop = options.drop,
                                       .max_categories = max_categories,
                                       .threads = options.threads};
  Dataset data{.features = TRY(encode_columns(table, order, feature_options, cancel)), .labels = std::move(labels)};
  data.labels.codes = reordered(order, data.labels.codes);
  data.labels.targets = reordered(order, data.labels.targets);
  TRY(check_input_names(data.features.columns, data.labels.task));
  return data;
}

// The label's column, when the table can be learned from at all.
Result<size_t> find_label(const table::Table& table, const TrainOptions& options) {
  const size_t label = TRY(table.schema->require(options.label, "the header"));
  if (table.rows == 0) return Error{ErrorKind::bad_data, "no rows to learn from", "the table holds a header only"};
  if (table.rows > kTrainRowsMax)
    return Error{ErrorKind::bad_data, fmt::format("{} rows, at most {} are supported", table.rows, kTrainRowsMax),
                 "train on a sample, see 'amlprep sample'"};
  return label;
}

// Everything that can be wrong with the table is found here.
Result<Dataset> load(const table::Table& table, const TrainOptions& options, const Setup& setup, const Cancel* cancel) {
  const size_t label = TRY(find_label(table, options));
  Labels labels = TRY(read_labels(table, label));
  TRY(check_task(*setup.learner, labels));
  return prepare(table, label, std::move(labels), options, setup.max_categories, cancel);
}

// The name of the table goes in front of what is wrong with it.
template <class T>
Result<T> located(Result<T> result, const TrainOptions& options) {
  if (result.ok() || options.table_name.empty() || result.error().kind != ErrorKind::bad_data) return result;
  return with_context(std::move(result), options.table_name);
}

Evaluation evaluate_held_out(const Dataset& data, const Learner& learner, const kernel::KernelTable& kernels) {
  const std::vector<double>& scores = learner.held_out_scores();
  const size_t first = data.train_rows(), rows = data.held_out_rows(), classes = data.classes();
  if (data.labels.task == model::Task::regression)
    return evaluate_regression(std::span(data.labels.targets).subspan(first), scores);
  std::vector<double> by_class(scores.size()), by_row(scores.size());
  kernels.softmax(scores.data(), by_class.data(), rows, classes, rows);
  for (size_t c = 0; c < classes; ++c)
    for (size_t row = 0; row < rows; ++row) by_row[row * classes + c] = by_class[c * rows + row];
  return evaluate_classification(
      {.labels = std::span(data.labels.codes).subspan(first), .probabilities = by_row, .classes = data.labels.classes});
}

std::string write_onnx(const Dataset& data, const Learner& learner, const TrainOptions& options) {
  model::GraphBuilder graph{std::string(learner.name())};
  learner.write(data, graph);
  graph.metadata("aml.format", "1");
  graph.metadata("aml.schema", schema_of(data.features.columns, data.labels).dump());
  graph.metadata("aml.learner", std::string(learner.name()));
  graph.metadata("aml.version", options.version);
  return graph.finish();
}

text::Json summarise(const Dataset& data, const TrainedModel& model, Setup& setup, const TrainOptions& options) {
  text::Json columns = text::Json::array();
  for (const EncodedColumn& column : data.features.columns) columns.push(to_json(column.plan));
  text::Json rows = text::Json::object({{"train", model.train_rows},
                                        {"validation", uint64_t{data.held_out_rows()}},
                                        {"without_label", model.rows_without_label}});
  text::Json json = text::Json::object({{"format", 1}, {"learner", setup.learner->name()}});
  json.set("version", options.version)
      .set("params", to_json(setup.params()))
      .set("seed", options.seed)
      .set("schema", schema_of(data.features.columns, data.labels))
      .set("rows", std::move(rows))
      .set("columns", std::move(columns));
  json.set("validation", data.held_out_rows() == 0 ? text::Json() : to_json(model.validation));
  return json;
}

}  // namespace

Status check_learner(const TrainOptions& options) {
  TRY(set_up(options));
  return {};
}

Result<TrainedModel> train(const table::Table& table, const TrainOptions& options, TrainProgress& progress,
                           const Cancel* cancel) {
  Setup setup = TRY(set_up(options));
  const Dataset data = TRY(located(load(table, options, setup, cancel), options));
  const FitContext context{.kernels = kernel::kernels_of(options.level),
                           .progress = progress,
                           .cancel = cancel,
                           .threads = options.threads,
                           .seed = options.seed};
  TRY(setup.learner->fit(data, context));
  TrainedModel model;
  model.train_rows = data.train_rows();
  model.rows_without_label = data.labels.missing;
  model.validation = evaluate_held_out(data, *setup.learner, context.kernels);
  model.onnx = write_onnx(data, *setup.learner, options);
  for (const EncodedColumn& column : data.features.columns)
    if (column.plan.dropped == DropReason::useless)
      model.dropped.emplace_back(column.plan.field.name, column.plan.note);
  model.summary = summarise(data, model, setup, options);
  return model;
}

}  // namespace aml::learn
