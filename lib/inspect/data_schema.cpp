#include "inspect/data_schema.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "text/suggest.h"
#include "text/yaml.h"
#include "text/yaml_scalar.h"

namespace aml::inspect {
namespace {

using table::ColumnType;
using text::Yaml;
using text::yaml_scalar;

constexpr size_t kSchemaBytesMax = size_t{16} << 20;

Status check_version(const Yaml& tree) {
  const Yaml* version = tree.find("version");
  if (version == nullptr)
    return tree.error("a schema starts with its version", fmt::format("add 'version: {}'", kSchemaVersion));
  if (version->as_int() == kSchemaVersion) return {};
  return version->error(fmt::format("version '{}' is not known", version->scalar()),
                        fmt::format("this amlprep reads version {}", kSchemaVersion));
}

Result<bool> read_switch(const Yaml& node, std::string_view key) {
  if (const auto value = node.as_bool()) return *value;
  return node.error(fmt::format("'{}' is neither true nor false", key));
}

Result<uint64_t> read_count(const Yaml& node, std::string_view key) {
  const auto value = node.as_int();
  if (!value || *value < 0) return node.error(fmt::format("'{}' must be a whole number from 0", key));
  return static_cast<uint64_t>(*value);
}

Result<double> read_limit(const Yaml& node, std::string_view key) {
  const auto value = node.as_double();
  if (!value || !(*value >= 0)) return node.error(fmt::format("'{}' must be a number from 0", key));
  return *value;
}

Result<std::vector<std::string>> read_texts(const Yaml& node, std::string_view key) {
  if (node.kind() != Yaml::Kind::sequence) return node.error(fmt::format("'{}' takes a list", key));
  std::vector<std::string> texts;
  for (const Yaml& item : node.items()) {
    if (!item.is_scalar()) return item.error(fmt::format("'{}' takes a list of single values", key));
    texts.push_back(item.scalar());
  }
  return texts;
}

Result<ColumnType> read_type(const Yaml& node) {
  if (const auto type = table::parse_column_type(node.scalar())) return *type;
  return node.error(fmt::format("unknown type '{}'", node.scalar()),
                    text::suggestion_hint(node.scalar(), table::column_type_names()));
}

Result<Bound> read_bound(const Yaml& node, std::string_view key, const std::optional<ColumnType>& type) {
  if (!type || *type == ColumnType::text || *type == ColumnType::boolean)
    return node.error(fmt::format("'{}' needs a type that has an order", key),
                      "add 'type: number', integer, date or timestamp");
  const std::string_view written = table::trim(node.scalar());
  const table::Scalar value = written.empty() ? table::Scalar{.problem = table::CellProblem::bad_argument}
                                              : table::parse_scalar(written, *type);
  if (value.problem) return node.error(fmt::format("'{}' of '{}' is no {}", node.scalar(), key, name_of(*type)));
  return Bound{node.scalar(), value};
}

Result<std::string> read_pattern(const Yaml& node) {
  const re2::RE2 pattern(node.scalar(), re2::RE2::Quiet);
  if (!pattern.ok())
    return node.error(fmt::format("'{}' is no pattern: {}", node.scalar(), pattern.error()),
                      "the syntax is RE2's, see aml-schema(5)");
  return node.scalar();
}

Status read_characters(const Yaml& node, ColumnSchema& column) {
  TRY(text::check_keys(node, {"min", "max"}, "'characters'"));
  if (const Yaml* min = node.find("min")) column.characters_min = TRY(read_count(*min, "min"));
  if (const Yaml* max = node.find("max")) column.characters_max = TRY(read_count(*max, "max"));
  return {};
}

Result<ColumnSchema> read_column(const Yaml::Entry& entry) {
  ColumnSchema column{.name = entry.key};
  const Yaml& node = entry.value;
  if (node.is_null()) return column;
  TRY(text::check_keys(node, {"type", "required", "missing", "min", "max", "values", "pattern", "characters", "unique"},
                       fmt::format("column '{}'", entry.key)));
  if (const Yaml* type = node.find("type")) column.type = TRY(read_type(*type));
  if (const Yaml* required = node.find("required")) column.is_required = TRY(read_switch(*required, "required"));
  if (const Yaml* missing = node.find("missing")) column.missing_max = TRY(read_limit(*missing, "missing"));
  if (const Yaml* min = node.find("min")) column.min = TRY(read_bound(*min, "min", column.type));
  if (const Yaml* max = node.find("max")) column.max = TRY(read_bound(*max, "max", column.type));
  if (const Yaml* values = node.find("values")) column.values = TRY(read_texts(*values, "values"));
  if (const Yaml* pattern = node.find("pattern")) column.pattern = TRY(read_pattern(*pattern));
  if (const Yaml* characters = node.find("characters")) TRY(read_characters(*characters, column));
  if (const Yaml* unique = node.find("unique")) column.is_unique = TRY(read_switch(*unique, "unique"));
  return column;
}

Status read_rows(const Yaml& node, DataSchema& schema) {
  TRY(text::check_keys(node, {"min", "max"}, "'rows'"));
  if (const Yaml* min = node.find("min")) schema.rows_min = TRY(read_count(*min, "min"));
  if (const Yaml* max = node.find("max")) schema.rows_max = TRY(read_count(*max, "max"));
  return {};
}

Result<DriftLimits> read_drift(const Yaml& node) {
  TRY(text::check_keys(node, {"psi", "js", "ks", "missing"}, "'drift'"));
  DriftLimits limits;
  const std::pair<const char*, double*> keys[] = {
      {"psi", &limits.psi}, {"js", &limits.js}, {"ks", &limits.ks}, {"missing", &limits.missing}};
  for (const auto& [key, limit] : keys)
    if (const Yaml* value = node.find(key)) *limit = TRY(read_limit(*value, key));
  return limits;
}

Result<bool> read_other_columns(const Yaml& node) {
  if (node.scalar() == "allow") return true;
  if (node.scalar() == "refuse") return false;
  return node.error(fmt::format("unknown value '{}' for other_columns", node.scalar()),
                    text::suggestion_hint(node.scalar(), {"refuse", "allow"}));
}

std::string list_of(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + yaml_scalar(text);
  return fmt::format("[{}]", list);
}

void append_column(std::string& out, const ColumnSchema& column) {
  out += fmt::format("  {}:\n", yaml_scalar(column.name));
  const auto line = [&out](std::string_view key, std::string_view value) {
    out += fmt::format("    {}: {}\n", key, value);
  };
  line("type", name_of(column.type.value_or(ColumnType::text)));
  if (!column.is_required) line("required", "false");
  if (column.missing_max) line("missing", text::Json(*column.missing_max).dump());
  if (column.min) line("min", column.min->text);
  if (column.max) line("max", column.max->text);
  if (column.values) line("values", list_of(*column.values));
  if (column.pattern) line("pattern", yaml_scalar(*column.pattern));
  if (column.characters_min || column.characters_max)
    line("characters", fmt::format("{{min: {}, max: {}}}", column.characters_min.value_or(0),
                                   column.characters_max.value_or(column.characters_min.value_or(0))));
  if (column.is_unique) line("unique", "true");
}

}  // namespace

Result<DataSchema> parse_data_schema(std::string_view document, std::string_view name) {
  const Yaml tree = TRY(text::parse_yaml(document, name));
  if (tree.is_null())
    return Error{ErrorKind::bad_data, fmt::format("{}: schema is empty", name), "amlprep check --infer writes one"};
  TRY(text::check_keys(tree, {"version", "missing_words", "rows", "other_columns", "columns", "drift"}, "the schema"));
  TRY(check_version(tree));
  DataSchema schema{.name = std::string(name)};
  if (const Yaml* words = tree.find("missing_words")) schema.missing_words = TRY(read_texts(*words, "missing_words"));
  if (const Yaml* rows = tree.find("rows")) TRY(read_rows(*rows, schema));
  if (const Yaml* others = tree.find("other_columns")) schema.allows_other_columns = TRY(read_other_columns(*others));
  if (const Yaml* drift = tree.find("drift")) schema.drift = TRY(read_drift(*drift));
  const Yaml* columns = tree.find("columns");
  const bool has_columns = columns != nullptr && columns->kind() == Yaml::Kind::mapping;
  if (!has_columns || (columns->entries().empty() && !schema.allows_other_columns))
    return (columns == nullptr ? tree : *columns)
        .error("schema has no columns", "add at least one under 'columns:', see aml-schema(5)");
  for (const Yaml::Entry& entry : columns->entries()) schema.columns.push_back(TRY(read_column(entry)));
  return schema;
}

Result<DataSchema> load_data_schema(const Path& path) {
  const std::string document = TRY(os::read_file(path, kSchemaBytesMax));
  return parse_data_schema(document, path.string());
}

std::string write_data_schema(const DataSchema& schema) {
  std::string out = fmt::format("version: {}\n", kSchemaVersion);
  if (!schema.missing_words.empty()) out += fmt::format("missing_words: {}\n", list_of(schema.missing_words));
  if (schema.rows_min) out += fmt::format("rows: {{min: {}}}\n", *schema.rows_min);
  if (schema.allows_other_columns) out += "other_columns: allow\n";
  out += schema.columns.empty() ? "columns: {}\n" : "columns:\n";
  for (const ColumnSchema& column : schema.columns) append_column(out, column);
  return out;
}

}  // namespace aml::inspect
