#include "prep/functions.h"

#include <algorithm>

namespace aml::prep {
namespace {

std::array<std::span<const Function>, 10> families() {
  return {number_functions(),  comparison_functions(), logic_functions(), error_functions(),    text_functions(),
          pattern_functions(), cast_functions(),       date_functions(),  calendar_functions(), time_text_functions()};
}

bool is_operator(std::string_view name) {
  const bool is_word = name[0] >= 'a' && name[0] <= 'z';
  return !is_word || name == "and" || name == "or" || name == "not" || name == "negate";
}

}  // namespace

std::vector<const Function*> find_functions(std::string_view name) {
  std::vector<const Function*> found;
  for (const auto family : families())
    for (const Function& function : family)
      if (function.name == name) found.push_back(&function);
  return found;
}

std::vector<std::string> function_names() {
  std::vector<std::string> names;
  for (const auto family : families())
    for (const Function& function : family)
      if (!is_operator(function.name)) names.emplace_back(function.name);
  names.emplace_back(kCaseName);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace aml::prep
