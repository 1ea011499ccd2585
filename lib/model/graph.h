// Writes ONNX models: the learners put their featurizers and their function into one graph with it. The bytes depend
// on nothing but the calls made, in their order.
//
//   GraphBuilder graph("penguins");
//   auto x = graph.input({"bill_length", ElementType::float64, {-1, 1}});
//   auto centred = graph.add({.op = "Sub", .inputs = {x, graph.constant("mean", vector_of({43.9}))}});
//   auto label = graph.add({.op = "OneHotEncoder", .domain = kMlDomain, .inputs = {island},
//                           .attributes = {{"cats_strings", std::vector<std::string>{"Biscoe"}}, {"zeros",
//                           int64_t{1}}}});
//   graph.output({"score", ElementType::float32, {-1, 1}}, centred);
//   std::string bytes = graph.finish();
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/tensor.h"

namespace aml::model {

inline constexpr std::string_view kMlDomain = "ai.onnx.ml";
inline constexpr int64_t kIrVersion = 8;
inline constexpr int64_t kOpset = 17;
inline constexpr int64_t kMlOpset = 3;

// What a graph takes or gives. A size of -1 is the number of rows.
struct ValueSpec {
  std::string name;
  ElementType type = ElementType::float32;
  Shape shape = {};
  bool has_shape = true;                  // models made elsewhere may leave even the rank open
  std::vector<std::string> classes = {};  // of an output that was a list of maps (ZipMap): its columns' names
  bool operator==(const ValueSpec&) const = default;
};

// An ElementType is written as the number ONNX gives it (the `to` of Cast).
using Attribute = std::variant<int64_t, float, ElementType, std::string, std::vector<int64_t>, std::vector<float>,
                               std::vector<std::string>, Tensor>;

struct NodeSpec {
  std::string op;
  std::string domain = {};               // empty: ai.onnx
  std::vector<std::string> inputs = {};  // names of values; "" leaves an optional one out
  std::vector<std::pair<std::string, Attribute>> attributes = {};
  std::vector<std::string> outputs = {};  // empty: one output with a name made from the operator's
};

class GraphBuilder {
 public:
  explicit GraphBuilder(std::string name);
  ~GraphBuilder();
  GraphBuilder(GraphBuilder&&) noexcept;
  GraphBuilder& operator=(GraphBuilder&&) noexcept;

  std::string input(const ValueSpec& spec);                            // returns the name
  std::string constant(const std::string& name, const Tensor& value);  // made unique by a number when it is taken
  std::string add(const NodeSpec& node);                               // returns the name of the first output
  // Declares an output; when `value` has another name, an Identity node gives it this one.
  void output(const ValueSpec& spec, const std::string& value);
  void metadata(const std::string& key, const std::string& value);  // metadata_props, in the order given

  std::string finish() const;  // the model as bytes

 private:
  struct Proto;
  std::string unique_name(const std::string& wanted);
  std::unique_ptr<Proto> proto_;
};

}  // namespace aml::model
