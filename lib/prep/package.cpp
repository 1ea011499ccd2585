#include "prep/package.h"

#include <fmt/format.h>

#include "prep/source_options.h"

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

Result<PackageStep> read_step(const text::Yaml& node, std::string_view document, const Sources& sources) {
  if (node.kind() != text::Yaml::Kind::mapping || node.entries().size() != 1)
    return node.error("a step is one name with its arguments", "for example: - keep: [a, b]");
  const text::Yaml::Entry& entry = node.entries()[0];
  auto step = TRY(make_step(entry, document, sources));
  return PackageStep{entry.key, fmt::format("{}:{}:{}", node.name(), entry.key_line, entry.key_column),
                     std::move(step)};
}

// Options for what the caller brings, or the name of a source, which is read when the caller brings nothing.
Status read_main_source(const text::Yaml& node, const Sources& sources, Package& package) {
  if (!node.is_scalar()) {
    package.source = TRY(read_source(node, {}));
    return {};
  }
  NamedSource named = TRY(sources.require(node));
  package.inputs = std::move(named.inputs);
  package.source = std::move(named.options);
  return {};
}

}  // namespace

Result<Package> load_package(const Path& path, const Surroundings& surroundings) {
  const std::string document = TRY(os::read_file(path, kPackageBytesMax));
  return parse_package(document, path.string(), surroundings);
}

Result<Package> load_package(const Path& path) { return load_package(path, {}); }

Result<Package> parse_package(std::string_view document, std::string_view name) {
  return parse_package(document, name, {});
}

Result<Package> parse_package(std::string_view document, std::string_view name, const Surroundings& surroundings) {
  const text::Yaml tree = TRY(text::parse_yaml(document, name));
  if (tree.is_null())
    return Error{ErrorKind::bad_data, fmt::format("{}: package is empty", name), "see aml-prep(5) for an example"};
  TRY(text::check_keys(tree, {"version", "source", "sources", "steps"}, "the package"));
  TRY(check_version(tree));
  Package package{std::string(name), {}, {}, {}};
  const Sources sources = TRY(Sources::read(tree.find("sources"), surroundings));
  if (const text::Yaml* source = tree.find("source")) TRY(read_main_source(*source, sources, package));
  const text::Yaml* steps = tree.find("steps");
  if (steps == nullptr || steps->kind() != text::Yaml::Kind::sequence || steps->items().empty())
    return (steps == nullptr ? tree : *steps)
        .error("package has no steps", "add at least one entry under 'steps:', see aml-prep(5)");
  if (steps->items().size() > kStepsMax) return steps->error(fmt::format("more than {} steps", kStepsMax));
  for (const text::Yaml& step : steps->items()) package.steps.push_back(TRY(read_step(step, document, sources)));
  return package;
}

}  // namespace aml::prep
