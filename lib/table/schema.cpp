#include "table/schema.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/suggest.h"

namespace aml::table {
namespace {

struct TypeName {
  ColumnType type;
  std::string_view name;
};
constexpr TypeName kTypeNames[] = {{ColumnType::text, "text"},     {ColumnType::boolean, "boolean"},
                                   {ColumnType::int64, "integer"}, {ColumnType::float64, "number"},
                                   {ColumnType::date, "date"},     {ColumnType::timestamp, "timestamp"}};

}  // namespace

std::string_view name_of(ColumnType type) { return kTypeNames[static_cast<size_t>(type)].name; }

std::optional<ColumnType> parse_column_type(std::string_view name) {
  for (const TypeName& entry : kTypeNames)
    if (entry.name == name) return entry.type;
  return std::nullopt;
}

std::vector<std::string> column_type_names() {
  std::vector<std::string> names;
  for (const TypeName& entry : kTypeNames) names.emplace_back(entry.name);
  return names;
}

std::vector<std::string> Schema::names() const {
  std::vector<std::string> names;
  for (const Field& field : fields_) names.push_back(field.name);
  return names;
}

std::optional<size_t> Schema::find(std::string_view name) const {
  const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const Field& f) { return f.name == name; });
  if (found == fields_.end()) return std::nullopt;
  return static_cast<size_t>(found - fields_.begin());
}

Result<size_t> Schema::require(std::string_view name, std::string_view where) const {
  if (const auto index = find(name)) return *index;
  return Error{ErrorKind::bad_data, fmt::format("no column '{}' in {}", name, where),
               text::suggestion_hint(name, names())};
}

}  // namespace aml::table
