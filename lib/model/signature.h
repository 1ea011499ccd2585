// What a model means to its user: which columns it takes, what it predicts, and the names of its classes. Our own
// models say so in their metadata (aml.schema); for others it is read off the graph: an input [N] or [N,1] is a column
// of its name, a single matrix [N,F] takes F columns, a text or integer output is the label, a real one the scores.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/model.h"
#include "table/schema.h"
#include "text/json.h"

namespace aml::model {

enum class Task : uint8_t { classification, regression };
std::string_view name_of(Task task);

// One graph input and the table columns that fill it: one for [N,1], several for a matrix [N,F].
struct InputBinding {
  size_t input = 0;             // index in model.inputs()
  std::vector<size_t> columns;  // indices in Signature::columns
};

struct Signature {
  Task task = Task::regression;
  table::Schema columns;               // what the model takes, in order
  std::vector<InputBinding> bindings;  // every input of the graph once
  table::Field label;                  // name and type of what is predicted; the name is empty if not recorded
  std::vector<std::string> classes;    // classification: one per column of probabilities
  std::optional<size_t> label_output;  // index in model.outputs()
  std::optional<size_t> score_output;  // probabilities or the regression's value
  bool is_ours = false;                // described by aml.schema
  bool is_positional = false;          // the columns have no names of their own: any table of that many fits
};

// `input_columns` names the columns that fill the inputs of a model that does not name them itself (a single
// [N,F] input); empty leaves the choice to the model.
Result<Signature> read_signature(const Model& model, const std::vector<std::string>& input_columns);

text::Json to_json(const Signature& signature);  // {"task":…,"inputs":[{"name":…,"type":…}],"label":…,"classes":[…]}

}  // namespace aml::model
