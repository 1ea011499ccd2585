#include "prep/sort_keys.h"

#include <fmt/format.h>

namespace aml::prep {
namespace {

Result<SortKey> read_key(const text::Yaml& item, std::string_view step) {
  if (item.is_scalar()) return SortKey{{item.scalar(), item.place()}};
  if (item.kind() != text::Yaml::Kind::mapping || item.entries().size() != 1)
    return item.error(fmt::format("'{}' takes columns, each with its order if it is not ascending", step),
                      fmt::format("for example: {}: [a, {{b: descending}}]", step));
  const text::Yaml::Entry& entry = item.entries()[0];
  const size_t order = TRY(read_choice(entry.value, {"ascending", "descending"}, "the order"));
  return SortKey{{entry.key, fmt::format("{}:{}:{}", item.name(), entry.key_line, entry.key_column)},
                 static_cast<Order>(order)};
}

}  // namespace

Result<std::vector<SortKey>> read_sort_keys(const text::Yaml& node, std::string_view step) {
  if (node.kind() != text::Yaml::Kind::sequence || node.items().empty())
    return node.error(fmt::format("'{}' takes a list of columns", step),
                      fmt::format("for example: {}: [a, {{b: descending}}]", step));
  std::vector<SortKey> keys;
  for (const text::Yaml& item : node.items()) keys.push_back(TRY(read_key(item, step)));
  return keys;
}

Result<std::vector<KeyPart>> bind_sort_keys(const std::vector<SortKey>& keys, const table::Schema& input) {
  std::vector<KeyPart> parts;
  for (const SortKey& key : keys) parts.push_back({TRY(require_column(input, key.name)), key.order});
  return parts;
}

}  // namespace aml::prep
