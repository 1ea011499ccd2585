#include "prep/package.h"

#include <fmt/format.h>

#include "text/suggest.h"

namespace aml::prep {
namespace {

constexpr size_t kPackageBytesMax = size_t{16} << 20;
constexpr size_t kStepsMax = 10'000;

Status check_version(const text::Yaml& tree) {
  const text::Yaml* version = tree.find("version");
  if (version == nullptr)
    return tree.error("a prep package starts with its version", fmt::format("add 'version: {}'", kPackageVersion));
  const auto number = version->as_int();
  if (number == kPackageVersion) return {};
  const bool is_newer = number && *number > kPackageVersion;
  return version->error(fmt::format("version '{}' is not known", version->scalar()),
                        is_newer
                            ? fmt::format("this amlprep reads version {}; a newer one may read it", kPackageVersion)
                            : fmt::format("write 'version: {}'", kPackageVersion));
}

Result<bool> read_switch(const text::Yaml& node) {
  if (const auto value = node.as_bool()) return *value;
  return node.error(fmt::format("'{}' is neither true nor false", node.scalar()));
}

Result<table::Format> read_format(const text::Yaml& node) {
  if (const auto format = table::parse_format(node.scalar())) return *format;
  return node.error(fmt::format("unknown format '{}'", node.scalar()),
                    text::suggestion_hint(node.scalar(), {"csv", "tsv", "jsonl"}));
}

Result<char> read_separator(const text::Yaml& node) {
  const std::string& written = node.scalar();
  if (written == "tab" || written == "\t") return '\t';
  const bool is_usable = written.size() == 1 && written != "\"" && written != "\n" && written != "\r";
  if (is_usable) return written[0];
  return node.error(fmt::format("separator '{}' is not one character", written), "for example ';', '|' or tab");
}

Result<table::Ragged> read_ragged(const text::Yaml& node) {
  if (node.scalar() == "refuse") return table::Ragged::refuse;
  if (node.scalar() == "pad") return table::Ragged::pad;
  return node.error(fmt::format("unknown value '{}' for ragged", node.scalar()),
                    text::suggestion_hint(node.scalar(), {"refuse", "pad"}));
}

Result<std::vector<std::string>> read_missing(const text::Yaml& node) {
  if (node.is_scalar()) return std::vector<std::string>{node.scalar()};
  if (node.kind() != text::Yaml::Kind::sequence) return node.error("'missing' takes a list of words");
  std::vector<std::string> words;
  for (const text::Yaml& item : node.items()) {
    // An unquoted null or ~ is what a person means who lists the words that stand for nothing.
    if (!item.is_scalar() && !item.is_null()) return item.error("'missing' takes a list of words");
    words.push_back(item.scalar());
  }
  return words;
}

Result<PackageStep> read_step(const text::Yaml& node, std::string_view document) {
  if (node.kind() != text::Yaml::Kind::mapping || node.entries().size() != 1)
    return node.error("a step is one name with its arguments", "for example: - keep: [a, b]");
  const text::Yaml::Entry& entry = node.entries()[0];
  auto step = TRY(make_step(entry, document));
  return PackageStep{entry.key, fmt::format("{}:{}:{}", node.name(), entry.key_line, entry.key_column),
                     std::move(step)};
}

}  // namespace

table::ReadOptions override_source(table::ReadOptions source, const table::ReadOptions& given) {
  if (given.format != table::Format::detect) source.format = given.format;
  if (given.separator) source.separator = given.separator;
  if (!given.has_header) source.has_header = false;
  if (given.ragged != table::Ragged::refuse) source.ragged = given.ragged;
  if (!given.missing.empty()) source.missing = given.missing;
  return source;
}

Result<table::ReadOptions> read_source(const text::Yaml& node) {
  TRY(text::check_keys(node, {"format", "separator", "header", "missing", "ragged"}, "'source'"));
  table::ReadOptions options;
  if (const text::Yaml* value = node.find("format")) options.format = TRY(read_format(*value));
  if (const text::Yaml* value = node.find("separator")) options.separator = TRY(read_separator(*value));
  if (const text::Yaml* value = node.find("header")) options.has_header = TRY(read_switch(*value));
  if (const text::Yaml* value = node.find("ragged")) options.ragged = TRY(read_ragged(*value));
  if (const text::Yaml* value = node.find("missing")) options.missing = TRY(read_missing(*value));
  return options;
}

Result<std::string> read_package_text(const Path& path) { return os::read_file(path, kPackageBytesMax); }

Result<Package> load_package(const Path& path) {
  const std::string document = TRY(read_package_text(path));
  return parse_package(document, path.string());
}

Result<Package> parse_package(std::string_view document, std::string_view name) {
  const text::Yaml tree = TRY(text::parse_yaml(document, name));
  if (tree.is_null())
    return Error{ErrorKind::bad_data, fmt::format("{}: package is empty", name), "see aml-prep(5) for an example"};
  TRY(text::check_keys(tree, {"version", "source", "steps"}, "the package"));
  TRY(check_version(tree));
  Package package{std::string(name), {}, {}};
  if (const text::Yaml* source = tree.find("source")) package.source = TRY(read_source(*source));
  const text::Yaml* steps = tree.find("steps");
  if (steps == nullptr || steps->kind() != text::Yaml::Kind::sequence || steps->items().empty())
    return (steps == nullptr ? tree : *steps)
        .error("package has no steps", "add at least one entry under 'steps:', see aml-prep(5)");
  if (steps->items().size() > kStepsMax) return steps->error(fmt::format("more than {} steps", kStepsMax));
  for (const text::Yaml& step : steps->items()) package.steps.push_back(TRY(read_step(step, document)));
  return package;
}

}  // namespace aml::prep
