// Writes the plans of learn/featurize.h into an ONNX graph: one input per raw column that is used, shape [N,1]
// (double for numbers, missing = NaN; string otherwise, missing = ""), and one [N,F] tensor of doubles out of them, in
// the order of list_features().
#pragma once

#include <string>
#include <vector>

#include "learn/featurize.h"
#include "learn/labels.h"
#include "model/graph.h"

namespace aml::learn {

// What the graph does with the number columns.
enum class NumberStyle : uint8_t {
  raw,     // as they are, NaN included: trees find their own way for missing values
  scaled,  // missing → mean, then (x - mean) / deviation; indicators where training saw missing values
};

std::string add_features(model::GraphBuilder& graph, const std::vector<EncodedColumn>& columns, NumberStyle style);

// The value of aml.schema: inputs with their types, the label, its classes and the task.
text::Json schema_of(const std::vector<EncodedColumn>& columns, const Labels& labels);

// Appends what every classifier ends in: scores [N,C] → softmax → `probabilities` as float, and the best as `label`.
void add_class_outputs(model::GraphBuilder& graph, const std::string& scores, model::ElementType scores_type,
                       const std::vector<std::string>& classes);

// bad_data when a used column has no name, the name of another one, or that of an output of the graph.
Status check_input_names(const std::vector<EncodedColumn>& columns, model::Task task);

}  // namespace aml::learn
