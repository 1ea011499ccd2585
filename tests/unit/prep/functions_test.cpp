#include "prep/functions.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace aml::prep;

TEST_CASE("every function is found by its name, and the names are sorted") {
  const std::vector<std::string> names = function_names();
  CHECK(std::is_sorted(names.begin(), names.end()));
  CHECK(std::find(names.begin(), names.end(), "split_part") != names.end());
  CHECK(std::find(names.begin(), names.end(), "+") == names.end());
  CHECK(std::find(names.begin(), names.end(), "and") == names.end());
  for (const std::string& name : names) CHECK_UNARY(name == kCaseName || !find_functions(name).empty());
  CHECK(find_functions("nothing").empty());
}

TEST_CASE("no two overloads of a name take the same types") {
  std::vector<std::string> names = function_names();
  for (const char* symbol : {"+", "-", "*", "/", "//", "%", "++", "==", "<", "negate"}) names.emplace_back(symbol);
  for (const std::string& name : names) {
    const auto overloads = find_functions(name);
    for (size_t i = 0; i < overloads.size(); ++i)
      for (size_t j = 0; j < i; ++j)
        CHECK((overloads[i]->count != overloads[j]->count || overloads[i]->parameters != overloads[j]->parameters));
  }
}
