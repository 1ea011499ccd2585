#include "prep/step_arguments.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/suggest.h"

namespace aml::prep {

Error PlacedName::error(std::string message, std::string hint) const {
  return Error{ErrorKind::bad_data, fmt::format("{}: {}", place, message), std::move(hint)};
}

Result<std::vector<PlacedName>> read_names(const text::Yaml& node, std::string_view step) {
  if (node.kind() != text::Yaml::Kind::sequence || node.items().empty())
    return node.error(fmt::format("'{}' takes a list of columns", step), fmt::format("for example: {}: [a, b]", step));
  std::vector<PlacedName> names;
  for (const text::Yaml& item : node.items()) {
    if (!item.is_scalar()) return item.error(fmt::format("'{}' takes column names", step));
    const bool is_repeated =
        std::any_of(names.begin(), names.end(), [&](const PlacedName& n) { return n.name == item.scalar(); });
    if (is_repeated) return item.error(fmt::format("column '{}' is named twice", item.scalar()));
    names.push_back({item.scalar(), item.place()});
  }
  return names;
}

Result<std::vector<PlacedEntry>> read_entries(const text::Yaml& node, std::string_view step) {
  if (node.kind() != text::Yaml::Kind::mapping || node.entries().empty())
    return node.error(fmt::format("'{}' takes a mapping of columns", step), "see aml-prep(5)");
  std::vector<PlacedEntry> entries;
  for (const text::Yaml::Entry& entry : node.entries())
    entries.push_back(
        {{entry.key, fmt::format("{}:{}:{}", node.name(), entry.key_line, entry.key_column)}, &entry.value});
  return entries;
}

Result<size_t> require_column(const table::Schema& schema, const PlacedName& name) {
  if (const auto index = schema.find(name.name)) return *index;
  return name.error(fmt::format("no column '{}' at this step", name.name),
                    text::suggestion_hint(name.name, schema.names()));
}

}  // namespace aml::prep
