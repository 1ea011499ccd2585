#include "model/score.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

#include "model/convert.h"
#include "model/execute.h"
#include "model/operator.h"
#include "table/cast.h"

namespace aml::model {
namespace {

std::vector<std::string> texts_of(const table::Column& column) {
  std::vector<std::string> texts(column.rows());
  for (size_t row = 0; row < texts.size(); ++row) column.append_text(texts[row], row);
  return texts;
}

// The cells of one column under the type its input asks for.
table::ColumnPtr cells_as(const table::ColumnPtr& column, table::ColumnType type) {
  return column->type() == type ? column : table::cast(*column, type);
}

Unconverted unconverted_of(const table::Column& cells, const table::Batch& batch) {
  if (cells.errors().empty()) return {};
  const size_t row = cells.errors().front().row;
  std::string text;
  cells.append_text(text, row);
  return {cells.errors().size(), fmt::format("{}: '{}'", table::place_of(batch, row), text)};
}

std::vector<double> doubles_of(const table::Column& column) {
  const auto values = column.doubles();
  std::vector<double> out(values.begin(), values.end());
  for (size_t row = 0; row < out.size(); ++row) {
    if (!column.is_valid(row)) out[row] = std::numeric_limits<double>::quiet_NaN();
  }
  return out;
}

// Dates count as days and timestamps as seconds since 1970, as models of ours are trained.
std::vector<double> times_of(const table::Column& column) {
  constexpr double kNanosecondsPerSecond = 1e9;
  const double unit = column.type() == table::ColumnType::timestamp ? kNanosecondsPerSecond : 1;
  std::vector<double> out(column.rows(), std::numeric_limits<double>::quiet_NaN());
  for (size_t row = 0; row < out.size(); ++row) {
    if (column.is_valid(row)) out[row] = static_cast<double>(column.ints()[row]) / unit;
  }
  return out;
}

// Integers and booleans cannot say "missing".
Result<std::vector<int64_t>> whole_numbers_of(const table::Column& column, const table::Batch& batch,
                                              std::string_view name) {
  for (size_t row = 0; row < column.rows(); ++row) {
    if (column.is_valid(row)) continue;
    return data_error("{}: column '{}' has no value, but the model's input is {}", place_of(batch, row), name,
                      table::name_of(column.type()));
  }
  if (column.type() == table::ColumnType::int64) {
    return std::vector<int64_t>(column.ints().begin(), column.ints().end());
  }
  return std::vector<int64_t>(column.booleans().begin(), column.booleans().end());
}

// The value in the shortest decimals that name the float: 0.9, not 0.8999999761581421.
double shortest(float value) {
  if (!std::isfinite(value)) return static_cast<double>(value);
  char buffer[32];
  const char* end = std::to_chars(buffer, buffer + sizeof(buffer), value).ptr;
  double result = 0;
  std::from_chars(buffer, end, result);
  return result;
}

table::ColumnPtr score_column(const Tensor& scores, size_t column, size_t width) {
  table::ColumnBuilder builder(table::ColumnType::float64);
  const size_t rows = scores.size() / width;
  builder.reserve(rows);
  for (size_t row = 0; row < rows; ++row) {
    const size_t at = row * width + column;
    builder.append_double(scores.type() == ElementType::float64 ? scores.values<double>()[at]
                                                                : shortest(scores.values<float>()[at]));
  }
  return builder.finish();
}

table::ColumnPtr label_column(const Tensor& labels, table::ColumnType type) {
  const bool is_text = labels.type() == ElementType::string;
  table::ColumnBuilder builder(is_text ? table::ColumnType::text : table::ColumnType::int64);
  builder.reserve(labels.size());
  for (size_t row = 0; row < labels.size(); ++row) {
    if (is_text) {
      builder.append_owned_text(labels.values<std::string>()[row]);
    } else {
      builder.append_int(labels.values<int64_t>()[row]);
    }
  }
  table::ColumnPtr column = builder.finish();
  return column->type() == type ? column : table::cast(*column, type);
}

table::SchemaPtr make_output_schema(const Signature& signature) {
  std::vector<table::Field> fields;
  if (signature.task == Task::regression) {
    fields.push_back({"score", table::ColumnType::float64});
  } else {
    fields.push_back({"label", signature.label.type});
    for (const std::string& name : signature.classes) {
      fields.push_back({"probability_" + name, table::ColumnType::float64});
    }
  }
  return std::make_shared<const table::Schema>(std::move(fields));
}

// Where column `number` of the model stands in a table.
Result<size_t> find_column(const Signature& signature, size_t number, const table::Schema& columns,
                           std::string_view table) {
  const std::string& name = signature.columns[number].name;
  if (!signature.is_positional || columns.find(name)) return columns.require(name, table);
  if (columns.size() == signature.columns.size()) return number;
  return Error{ErrorKind::bad_data,
               fmt::format("the model takes {} columns without names, {} has {}", signature.columns.size(), table,
                           columns.size()),
               "name them in order with --input-columns"};
}

std::string_view name_of(const table::Batch& batch) {
  return batch.origin.source ? std::string_view(*batch.origin.source) : "the table";
}

// Fills the inputs of one run from one batch.
class InputFiller {
 public:
  InputFiller(const Model& model, const Signature& signature, const table::Batch& batch)
      : model_(model), signature_(signature), batch_(batch), unconverted_(signature.columns.size()) {}

  Result<std::vector<Tensor>> fill() {
    std::vector<Tensor> tensors;
    for (const InputBinding& binding : signature_.bindings) tensors.push_back(TRY(fill_input(binding)));
    return tensors;
  }

  std::vector<Unconverted> take_unconverted() { return std::move(unconverted_); }

 private:
  Result<Tensor> fill_input(const InputBinding& binding) {
    const ValueSpec& spec = model_.inputs()[binding.input];
    const auto rows = static_cast<int64_t>(batch_.rows);
    if (binding.columns.size() == 1) {
      const Shape shape = spec.has_shape && spec.shape.size() == 1 ? Shape{rows} : Shape{rows, 1};
      return TRY(fill_column(binding.columns.front(), spec.type)).reshaped(shape);
    }
    std::vector<Tensor> columns;
    for (const size_t number : binding.columns) columns.push_back(TRY(fill_column(number, spec.type)));
    return interleave(columns, spec.type);
  }

  // One column as a tensor of N elements.
  Result<Tensor> fill_column(size_t number, ElementType type) {
    const table::Field& field = signature_.columns[number];
    const table::ColumnPtr& column =
        batch_.columns[TRY(find_column(signature_, number, *batch_.schema, name_of(batch_)))];
    if (type == ElementType::string) return vector_of(texts_of(*column));
    const bool is_real = is_floating(type);
    const bool is_time = field.type == table::ColumnType::date || field.type == table::ColumnType::timestamp;
    const table::ColumnType wanted = is_real && is_time             ? field.type
                                     : is_real                      ? table::ColumnType::float64
                                     : type == ElementType::boolean ? table::ColumnType::boolean
                                                                    : table::ColumnType::int64;
    const table::ColumnPtr cells = cells_as(column, wanted);
    unconverted_[number] = unconverted_of(*cells, batch_);
    if (is_real) return convert(vector_of(is_time ? times_of(*cells) : doubles_of(*cells)), type);
    return convert(vector_of(TRY(whole_numbers_of(*cells, batch_, field.name))), type);
  }

  // Columns side by side as a row-major matrix.
  Result<Tensor> interleave(const std::vector<Tensor>& columns, ElementType type) const {
    if (type != ElementType::float32 && type != ElementType::float64 && type != ElementType::int64 &&
        type != ElementType::string) {
      return data_error("a matrix input of {} is not supported", name_of(type));
    }
    if (type == ElementType::float32) return interleave_as<float>(columns, type);
    if (type == ElementType::float64) return interleave_as<double>(columns, type);
    if (type == ElementType::int64) return interleave_as<int64_t>(columns, type);
    return interleave_as<std::string>(columns, type);
  }

  template <class T>
  Tensor interleave_as(const std::vector<Tensor>& columns, ElementType type) const {
    std::vector<T> values(batch_.rows * columns.size());
    for (size_t column = 0; column < columns.size(); ++column) {
      const auto from = columns[column].values<T>();
      for (size_t row = 0; row < batch_.rows; ++row) values[row * columns.size() + column] = from[row];
    }
    return Tensor(type, {static_cast<int64_t>(batch_.rows), static_cast<int64_t>(columns.size())}, std::move(values));
  }

  const Model& model_;  // all three outlive the filler, which lives for one batch
  const Signature& signature_;
  const table::Batch& batch_;
  std::vector<Unconverted> unconverted_;
};

}  // namespace

void add(std::vector<Unconverted>& total, const std::vector<Unconverted>& batch) {
  for (size_t i = 0; i < total.size(); ++i) {
    if (total[i].count == 0) total[i].first = batch[i].first;
    total[i].count += batch[i].count;
  }
}

BatchScorer::BatchScorer(std::shared_ptr<const Model> model, Signature signature, table::SchemaPtr output_schema)
    : model_(std::move(model)), signature_(std::move(signature)), output_schema_(std::move(output_schema)) {}

Result<BatchScorer> BatchScorer::create(std::shared_ptr<const Model> model) { return create(std::move(model), {}); }

Result<BatchScorer> BatchScorer::create(std::shared_ptr<const Model> model, const ScoreOptions& options) {
  Signature signature = TRY(read_signature(*model, options.input_columns));
  table::SchemaPtr output_schema = make_output_schema(signature);
  return BatchScorer(std::move(model), std::move(signature), std::move(output_schema));
}

Status BatchScorer::check_columns(const table::Schema& columns, std::string_view table) const {
  for (size_t i = 0; i < signature_.columns.size(); ++i) TRY(find_column(signature_, i, columns, table));
  return {};
}

Result<table::Batch> BatchScorer::score(const table::Batch& batch) const {
  return std::move(TRY(score_counted(batch)).batch);
}

Result<Scored> BatchScorer::score_counted(const table::Batch& batch) const {
  InputFiller filler(*model_, signature_, batch);
  const std::vector<Tensor> inputs = TRY(filler.fill());
  const std::vector<Tensor> outputs = TRY(run(*model_, inputs));
  Scored scored;
  scored.unconverted = filler.take_unconverted();
  scored.batch = {.schema = output_schema_, .columns = {}, .rows = batch.rows, .origin = batch.origin};
  if (signature_.task == Task::classification) {
    const Tensor& labels = outputs[*signature_.label_output];
    if (labels.size() != batch.rows)
      return data_error("model '{}': {} labels for {} rows", model_->name(), labels.size(), batch.rows);
    scored.batch.columns.push_back(label_column(labels, signature_.label.type));
  }
  const size_t width = signature_.task == Task::regression ? 1 : signature_.classes.size();
  if (!signature_.score_output || width == 0) return scored;
  const Tensor& scores = outputs[*signature_.score_output];
  if (scores.size() != batch.rows * width) {
    return data_error("model '{}': scores of shape {} for {} rows and {} columns", model_->name(),
                      to_text(scores.shape()), batch.rows, width);
  }
  for (size_t i = 0; i < width; ++i) scored.batch.columns.push_back(score_column(scores, i, width));
  return scored;
}

}  // namespace aml::model
