// Columns to order rows by, as people write them: [a, {b: descending}].
#pragma once

#include "prep/row_key.h"
#include "prep/step_arguments.h"

namespace aml::prep {

struct SortKey {
  PlacedName name;
  Order order = Order::ascending;
};

// `step` is what the list belongs to, for errors.
Result<std::vector<SortKey>> read_sort_keys(const text::Yaml& node, std::string_view step);

Result<std::vector<KeyPart>> bind_sort_keys(const std::vector<SortKey>& keys, const table::Schema& input);

}  // namespace aml::prep
