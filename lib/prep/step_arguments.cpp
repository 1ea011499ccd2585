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

Status check_options(const text::Yaml& node, const std::vector<std::string>& keys, std::string_view step) {
  if (node.kind() != text::Yaml::Kind::mapping)
    return node.error(fmt::format("'{}' takes a mapping of {}", step, fmt::join(keys, ", ")), "see aml-prep(5)");
  return text::check_keys(node, keys, fmt::format("'{}'", step));
}

Result<const text::Yaml*> require_option(const text::Yaml& node, std::string_view key, std::string_view step) {
  if (const text::Yaml* value = node.find(key)) return value;
  return node.error(fmt::format("'{}' needs '{}'", step, key), "see aml-prep(5)");
}

Result<PlacedName> read_name(const text::Yaml& node, std::string_view what) {
  return PlacedName{TRY(read_text(node, what)), node.place()};
}

Result<std::string> read_text(const text::Yaml& node, std::string_view what) {
  if (node.is_scalar() && !node.scalar().empty()) return node.scalar();
  return node.error(fmt::format("{} must be a text that is not empty", what));
}

Result<uint64_t> read_count(const text::Yaml& node, std::string_view what) {
  const auto count = node.is_scalar() ? node.as_int() : std::nullopt;
  if (count && *count >= 0) return static_cast<uint64_t>(*count);
  return node.error(fmt::format("{} must be a whole number, 0 or more", what));
}

Result<size_t> read_choice(const text::Yaml& node, const std::vector<std::string>& choices, std::string_view what) {
  const auto found = std::find(choices.begin(), choices.end(), node.scalar());
  if (node.is_scalar() && found != choices.end()) return static_cast<size_t>(found - choices.begin());
  return node.error(fmt::format("unknown value '{}' for {}", node.scalar(), what),
                    text::suggestion_hint(node.scalar(), choices));
}

std::string in_yaml(std::string_view text) {
  std::string out;
  text::append_json_string(out, text);
  return out;
}

Status add_field(std::vector<table::Field>& fields, const PlacedName& name, table::ColumnType type) {
  const bool is_taken =
      std::any_of(fields.begin(), fields.end(), [&](const table::Field& field) { return field.name == name.name; });
  if (is_taken)
    return name.error(fmt::format("two columns would be named '{}'", name.name), "drop or rename the other one first");
  fields.push_back({name.name, type});
  return {};
}

Result<size_t> require_column(const table::Schema& schema, const PlacedName& name) {
  if (const auto index = schema.find(name.name)) return *index;
  return name.error(fmt::format("no column '{}' at this step", name.name),
                    text::suggestion_hint(name.name, schema.names()));
}

}  // namespace aml::prep
