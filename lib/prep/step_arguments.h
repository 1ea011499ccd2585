// Reading the arguments of steps: column names and what is said about each, with their places.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "table/schema.h"
#include "text/yaml.h"

namespace aml::prep {

// A name a person wrote in the package.
struct PlacedName {
  std::string name;
  std::string place;  // "a.prep.yaml:7:10"

  Error error(std::string message, std::string hint = {}) const;
};

// [a, b]: at least one name, each once.
Result<std::vector<PlacedName>> read_names(const text::Yaml& node, std::string_view step);

// {a: …, b: …}: at least one entry. The values stay in the tree.
using PlacedEntry = std::pair<PlacedName, const text::Yaml*>;
Result<std::vector<PlacedEntry>> read_entries(const text::Yaml& node, std::string_view step);

// {column: a, into: b}: a mapping with some of `keys` and no others.
Status check_options(const text::Yaml& node, const std::vector<std::string>& keys, std::string_view step);
Result<const text::Yaml*> require_option(const text::Yaml& node, std::string_view key, std::string_view step);

// Values of options; `what` is the subject of the error: "'split' needs …".
Result<PlacedName> read_name(const text::Yaml& node, std::string_view what);
Result<std::string> read_text(const text::Yaml& node, std::string_view what);  // not empty
Result<uint64_t> read_count(const text::Yaml& node, std::string_view what);
Result<size_t> read_choice(const text::Yaml& node, const std::vector<std::string>& choices, std::string_view what);

// A text as it is written into a package: in double quotes, with JSON's escapes, which YAML reads too.
std::string in_yaml(std::string_view text);

// A new column behind the others; its name must not be taken.
Status add_field(std::vector<table::Field>& fields, const PlacedName& name, table::ColumnType type);

// The column's index, or an error at the name's place with the nearest column.
Result<size_t> require_column(const table::Schema& schema, const PlacedName& name);

}  // namespace aml::prep
