// A loaded ONNX model: checked, compiled to a plan, ready for model/execute.h. Loading accepts hostile files: whatever
// is wrong ends in one bad_data line that names the file and the node.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/graph.h"

namespace aml::model {

struct LoadLimits {
  size_t bytes_max = size_t{1} << 31;  // protobuf's own limit
  size_t nodes_max = 1'000'000;
  size_t elements_max = size_t{1} << 30;  // of one tensor, constant or computed
};

struct Plan;

class Model {
 public:
  explicit Model(std::unique_ptr<const Plan> plan);
  ~Model();
  Model(Model&&) noexcept;
  Model& operator=(Model&&) noexcept;

  const std::string& name() const;               // what load_model was given
  const std::vector<ValueSpec>& inputs() const;  // without those that are constants
  const std::vector<ValueSpec>& outputs() const;
  const std::map<std::string, std::string>& metadata() const;  // metadata_props
  const std::string& producer() const;                         // "skl2onnx 1.17.0"; may be empty
  const std::map<std::string, int64_t>& opsets() const;        // domain ("ai.onnx" for the default one) → version
  size_t node_count() const;
  // The labels written in the graph's last classifier, in the order of its scores; empty without one.
  const std::vector<std::string>& classes() const;
  const Plan& plan() const { return *plan_; }  // for the executor

 private:
  std::unique_ptr<const Plan> plan_;
};

// `name` is for messages: a file's name, or "penguins:1".
Result<Model> load_model(std::string_view bytes, std::string_view name, const LoadLimits& limits = {});

// The operators this executor knows: "ai.onnx.Add", "ai.onnx.ml.Scaler", …, sorted.
std::vector<std::string> known_operators();

}  // namespace aml::model
