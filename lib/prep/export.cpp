#include "prep/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "prep/export_expression.h"
#include "prep/export_writer.h"
#include "prep/package.h"
#include "text/yaml.h"

namespace aml::prep {
namespace {

constexpr std::array<std::string_view, 3> kTargets = {"pandas", "sql", "pyspark"};

std::unique_ptr<ExportWriter> make_writer(ExportTarget target, std::string_view name,
                                          const table::ReadOptions& source) {
  switch (target) {
    case ExportTarget::pandas: return make_pandas_writer(name, source);
    case ExportTarget::sql: return make_sql_writer(name, source);
    default: return make_pyspark_writer(name, source);
  }
}

table::ColumnType type_of(const ColumnTypes& types, const std::string& column) {
  const auto known = types.find(column);
  return known == types.end() ? table::ColumnType::text : known->second;
}

ColumnTypes types_after_summarize(const SummarizeRows& summarize, const ColumnTypes& types) {
  constexpr std::array<std::string_view, 2> kCounts = {"count", "distinct"};
  constexpr std::array<std::string_view, 5> kSame = {"sum", "min", "max", "first", "last"};
  ColumnTypes after;
  for (const std::string& column : summarize.by) after[column] = type_of(types, column);
  for (const auto& aggregate : summarize.aggregates) {
    const auto is_in = [&](const auto& names) {
      return std::find(names.begin(), names.end(), aggregate.function) != names.end();
    };
    after[aggregate.into] = is_in(kCounts) ? table::ColumnType::int64
                            : is_in(kSame) ? type_of(types, aggregate.column)
                                           : table::ColumnType::float64;
  }
  return after;
}

// What is known of the columns behind an operation that could be written.
Status update_types(const ExportOperation& operation, ExportTarget target, ColumnTypes& types) {
  if (const auto* assign = std::get_if<AssignColumn>(&operation)) {
    types[assign->column] = TRY(export_term(assign->value, types, target)).type;
  } else if (const auto* rename = std::get_if<RenameColumns>(&operation)) {
    ColumnTypes after = types;
    for (const auto& [from, to] : rename->names) after.erase(from);
    for (const auto& [from, to] : rename->names) after[to] = type_of(types, from);
    types = std::move(after);
  } else if (const auto* summarize = std::get_if<SummarizeRows>(&operation)) {
    types = types_after_summarize(*summarize, types);
  }
  return {};
}

// All operations of a step or none: half a step is worse than a gap that is named.
Status add_step(const std::vector<ExportOperation>& operations, ExportTarget target, ExportWriter& writer,
                ColumnTypes& types) {
  ColumnTypes after = types;
  const auto trial = make_writer(target, {}, {});
  for (const ExportOperation& operation : operations) {
    TRY(trial->add(operation, after));
    TRY(update_types(operation, target, after));
  }
  for (const ExportOperation& operation : operations) {
    TRY(writer.add(operation, types));
    TRY(update_types(operation, target, types));
  }
  return {};
}

}  // namespace

std::vector<std::string> export_target_names() { return {kTargets.begin(), kTargets.end()}; }

std::optional<ExportTarget> parse_export_target(std::string_view name) {
  for (size_t i = 0; i < kTargets.size(); ++i)
    if (kTargets[i] == name) return static_cast<ExportTarget>(i);
  return std::nullopt;
}

std::string comment_text(std::string_view text) {
  std::string line;
  for (const char c : text) line += static_cast<uint8_t>(c) < 0x20 ? ' ' : c;
  return line;
}

Result<ExportedCode> export_package(std::string_view document, std::string_view name, ExportTarget target) {
  const Package package = TRY(parse_package(document, name));
  const text::Yaml tree = TRY(text::parse_yaml(document, name));
  const auto writer = make_writer(target, name, package.source.read);
  ExportedCode exported;
  ColumnTypes types;
  for (const text::Yaml& item : tree.find("steps")->items()) {
    const text::Yaml::Entry& step = item.entries()[0];
    const auto operations = plan_step(step, document, types);
    Status added = operations.ok() ? add_step(*operations, target, *writer, types) : Status(operations.error());
    if (added.ok()) continue;
    if (added.error().kind != ErrorKind::partial) return std::move(added).error();
    exported.problems.push_back({fmt::format("{}:{}:{}", name, step.key_line, step.key_column), added.error().message});
    writer->comment(fmt::format("left out '{}': {}", step.key, added.error().message));
  }
  exported.code = writer->finish();
  return exported;
}

}  // namespace aml::prep
