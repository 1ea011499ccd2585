#include "model/execute.h"

#include <doctest/doctest.h>

#include "one_node.h"

using namespace aml;
using namespace aml::model;

TEST_CASE("an input of another type or shape is refused by name") {
  const Model model = load_model(one_node_model({.op = "Neg"}, {{"x", ElementType::float32, {-1, 2}}}), "neg").value();
  const std::vector<Tensor> wrong_type = {doubles({1, 2}, {1, 2})};
  CHECK(run(model, wrong_type).error().message == "model 'neg': input 'x' takes float [?,2], not double [1,2]");
  const std::vector<Tensor> wrong_shape = {floats({2}, {1, 2})};
  CHECK(run(model, wrong_shape).error().message == "model 'neg': input 'x' takes float [?,2], not float [2]");
  CHECK(run(model, {}).error().message == "model 'neg': 0 inputs given, it takes 1");
}

TEST_CASE("an error of a kernel names model and node") {
  const auto result = run_node({.op = "Add"}, {floats({2}, {1, 2}), floats({3}, {1, 2, 3})});
  CHECK(result.error().message == "model 'test': node 'Add_1' (Add): shapes [2] and [3] do not go together");
  CHECK(result.error().kind == ErrorKind::bad_data);
}

TEST_CASE("a value used by two nodes and by the output lives long enough") {
  GraphBuilder graph("diamond");
  const std::string x = graph.input({"x", ElementType::float64, {-1}});
  const std::string doubled = graph.add({.op = "Add", .inputs = {x, x}});
  const std::string squared = graph.add({.op = "Mul", .inputs = {doubled, doubled}});
  graph.output({"doubled", ElementType::float64, {-1}}, doubled);
  graph.output({"sum", ElementType::float64, {-1}}, graph.add({.op = "Add", .inputs = {squared, doubled}}));
  const Model model = load_model(graph.finish(), "diamond").value();
  const std::vector<Tensor> inputs = {doubles({2}, {1, 3})};
  const auto outputs = run(model, inputs).value();
  CHECK(list<double>(outputs[0]) == std::vector<double>{2, 6});
  CHECK(list<double>(outputs[1]) == std::vector<double>{6, 42});
}

TEST_CASE("a result too large to hold is refused before it is allocated") {
  const auto result = run_node({.op = "ConstantOfShape"}, {ints({2}, {1 << 20, 1 << 20})});
  CHECK(result.error().message ==
        "model 'test': node 'ConstantOfShape_1' (ConstantOfShape): the result would have the impossible or too large "
        "shape [1048576,1048576]");
}
