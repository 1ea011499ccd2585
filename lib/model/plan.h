// A model as the executor runs it: values live in numbered slots, nodes are kernels in an order in which every input
// is ready. Made once by load_model, never changed. Private to this module.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/model.h"
#include "model/operator.h"

namespace aml::model {

inline constexpr size_t kNoSlot = SIZE_MAX;  // an optional input that was left out, an output nobody uses

struct PlanStep {
  std::string place;  // "node 'x' (Add)", for errors
  Kernel kernel;
  std::vector<size_t> inputs;
  std::vector<size_t> outputs;
  std::vector<size_t> last_uses;  // slots whose tensors can go once this step is done
};

struct Plan {
  std::string name;
  std::vector<ValueSpec> inputs;
  std::vector<ValueSpec> outputs;
  std::map<std::string, std::string> metadata;
  std::map<std::string, int64_t> opsets;
  std::string producer;
  std::vector<std::string> classes;  // of the last classifier node

  std::vector<std::pair<size_t, Tensor>> constants;  // slot and value
  std::vector<size_t> input_slots;
  std::vector<size_t> output_slots;
  std::vector<PlanStep> steps;
  size_t slot_count = 0;
};

}  // namespace aml::model
