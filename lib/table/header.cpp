#include "table/header.h"

#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>

namespace aml::table {

SchemaPtr make_text_schema(std::vector<std::string> names) {
  for (size_t i = 0; i < names.size(); ++i)
    if (names[i].empty()) names[i] = fmt::format("column{}", i + 1);
  // A name that is given literally anywhere keeps it: "x,x,x_2" becomes x, x_3, x_2.
  const std::unordered_set<std::string> given(names.begin(), names.end());
  std::unordered_set<std::string> used;
  std::unordered_map<std::string, size_t> next_number;
  std::vector<Field> fields;
  for (std::string& name : names) {
    if (!used.insert(name).second) {
      size_t& number = next_number.try_emplace(name, 2).first->second;
      std::string unique;
      do unique = fmt::format("{}_{}", name, number++);
      while (given.contains(unique) || used.contains(unique));
      used.insert(unique);
      name = std::move(unique);
    }
    fields.push_back({std::move(name), ColumnType::text});
  }
  return std::make_shared<const Schema>(std::move(fields));
}

}  // namespace aml::table
