// Any bytes as an ONNX model: they load or are refused as bad data, with one line. What loads is run on a few rows and
// scored as a table, which may fail but must not crash, loop or touch what it should not.
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>

#include "model/element.h"
#include "model/execute.h"
#include "model/score.h"

using namespace aml;
using model::ElementType;
using model::Tensor;

namespace {

constexpr int64_t kRows = 3;
constexpr size_t kInputElementsMax = 4096;

void require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

template <class T>
std::vector<T> some_values(size_t count) {
  std::vector<T> values(count);
  for (size_t i = 0; i < count; ++i) {
    if constexpr (std::is_same_v<T, std::string>) {
      values[i] = i % 2 == 0 ? "" : "a";
    } else if constexpr (std::is_floating_point_v<T>) {
      values[i] = i % 3 == 0 ? std::numeric_limits<T>::quiet_NaN() : static_cast<T>(i) - 2;
    } else {
      values[i] = static_cast<T>(i % 2);
    }
  }
  return values;
}

// Nothing when the model wants more than a fuzz run should hold.
std::optional<std::vector<Tensor>> some_inputs(const model::Model& model) {
  std::vector<Tensor> inputs;
  for (const model::ValueSpec& spec : model.inputs()) {
    model::Shape shape = spec.shape;
    for (int64_t& size : shape) size = size < 0 ? kRows : size;
    const auto count = model::element_count(shape);
    if (!count || *count > kInputElementsMax) return std::nullopt;
    inputs.push_back(model::visit_element(
        spec.type, [&]<class T>(std::type_identity<T>) { return Tensor(spec.type, shape, some_values<T>(*count)); }));
  }
  return inputs;
}

table::Batch some_rows(const table::Schema& schema) {
  table::Batch batch;
  batch.schema = std::make_shared<const table::Schema>(schema);
  batch.rows = static_cast<size_t>(kRows);
  for (size_t i = 0; i < schema.size(); ++i) {
    table::ColumnBuilder builder(table::ColumnType::text);
    for (const char* cell : {"1", "x", ""}) builder.append_owned_text(cell);
    batch.columns.push_back(builder.finish());
  }
  return batch;
}

void check_refusal(const Error& error) {
  require(error.kind == ErrorKind::bad_data || error.kind == ErrorKind::usage, "a bad model is bad data");
  require(!error.message.empty(), "an error says something");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto loaded = model::load_model({reinterpret_cast<const char*>(data), size}, "m", {.elements_max = 1 << 16});
  if (!loaded.ok()) {
    check_refusal(loaded.error());
    return 0;
  }
  const auto model = std::make_shared<const model::Model>(std::move(loaded).value());
  if (const auto inputs = some_inputs(*model)) {
    const auto outputs = model::run(*model, *inputs);
    if (!outputs.ok()) check_refusal(outputs.error());
  }
  const auto scorer = model::BatchScorer::create(model);
  if (!scorer.ok()) {
    check_refusal(scorer.error());
    return 0;
  }
  if (scorer->input_schema().size() > kInputElementsMax) return 0;
  const auto scored = scorer->score(some_rows(scorer->input_schema()));
  if (!scored.ok()) check_refusal(scored.error());
  return 0;
}
