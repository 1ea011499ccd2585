// From the bytes of an ONNX file to its parts in our own types, with everything that can be checked without knowing
// operators. Nothing behind this header sees protobuf. Private to this module.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/model.h"

namespace aml::model {

struct ParsedNode {
  NodeSpec spec;
  std::string place;  // "node 'x' (Add)"; a node without a name is known by its number
};

struct ParsedModel {
  std::vector<ValueSpec> inputs;  // without those that have an initializer
  std::vector<ValueSpec> outputs;
  std::vector<std::pair<std::string, Tensor>> constants;
  std::vector<ParsedNode> nodes;
  std::map<std::string, std::string> metadata;
  std::map<std::string, int64_t> opsets;  // "ai.onnx" for the default domain
  std::string producer;
};

Result<ParsedModel> parse_model(std::string_view bytes, const LoadLimits& limits);

}  // namespace aml::model
