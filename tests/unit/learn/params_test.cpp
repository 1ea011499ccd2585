#include "learn/params.h"

#include <doctest/doctest.h>

namespace aml::learn {
namespace {

struct Options {
  uint64_t trees = 100;
  double rate = 0.2;
  std::vector<ParamSpec> specs() { return {{"num_trees", "", &trees, 1, 1000}, {"learning_rate", "", &rate, 0, 1}}; }
};

Error error_of(const std::map<std::string, std::string>& given) {
  Options options;
  const Status status = assign_params("fast_trees", options.specs(), given);
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().kind == ErrorKind::usage);
  return status.error();
}

}  // namespace

TEST_CASE("parameters given replace defaults, others stay") {
  Options options;
  REQUIRE(assign_params("fast_trees", options.specs(), {{"num_trees", "7"}}).ok());
  CHECK(options.trees == 7);
  CHECK(options.rate == 0.2);
  CHECK(to_json(options.specs()).dump() == R"({"num_trees":7,"learning_rate":0.2})");
}

TEST_CASE("an unknown parameter suggests the nearest") {
  const Error error = error_of({{"num_tree", "7"}});
  CHECK(error.message == "learner 'fast_trees' has no parameter 'num_tree'");
  CHECK(error.hint == "did you mean 'num_trees'?");
}

TEST_CASE("a value that does not fit says what would") {
  CHECK(error_of({{"num_trees", "many"}}).message == "parameter 'num_trees' cannot be 'many'");
  CHECK(error_of({{"num_trees", "1.5"}}).hint == "give a whole number from 1 to 1000");
  CHECK(error_of({{"num_trees", "1e30"}}).hint == "give a whole number from 1 to 1000");
  CHECK(error_of({{"learning_rate", "-0.1"}}).hint == "give a number from 0 to 1");
}

}  // namespace aml::learn
