#include "prep/sources.h"

#include <fmt/format.h>

#include <algorithm>

#include "prep/source_options.h"
#include "source/expand.h"
#include "text/suggest.h"

namespace aml::prep {
namespace {

Result<NamedSource> read_named(const text::Yaml::Entry& entry) {
  const text::Yaml& node = entry.value;
  const text::Yaml* path = node.find("path");
  const bool is_one = path != nullptr && path->is_scalar();
  if (path == nullptr || (!is_one && (path->kind() != text::Yaml::Kind::sequence || path->items().empty())))
    return (path == nullptr ? node : *path)
        .error(fmt::format("source '{}' has no path", entry.key), "for example: train: {path: data/train.csv}");
  NamedSource source{entry.key, {}, TRY(read_source(node, {"path"}))};
  if (is_one) {
    source.inputs.push_back(path_beside(*path, path->scalar()));
    return source;
  }
  for (const text::Yaml& item : path->items()) {
    if (!item.is_scalar()) return item.error("a path is text");
    source.inputs.push_back(path_beside(item, item.scalar()));
  }
  return source;
}

}  // namespace

std::string path_beside(const text::Yaml& node, const std::string& path) {
  if (path == "-" || source::is_url(path)) return path;
  return (Path(node.name()).parent_path() / path).string();
}

Result<Substitute> parse_substitute(const std::string& text) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
    return Error{ErrorKind::usage, fmt::format("'{}' is not NAME=FILE", text), "for example --with train=other.csv"};
  return Substitute{text.substr(0, equals), text.substr(equals + 1)};
}

Result<Sources> Sources::read(const text::Yaml* node, const Surroundings& surroundings) {
  Sources sources;
  sources.context_ = surroundings.context;
  if (node != nullptr && node->kind() != text::Yaml::Kind::mapping)
    return node->error("'sources' names sources", "for example: train: {path: data/train.csv}");
  if (node != nullptr)
    for (const text::Yaml::Entry& entry : node->entries()) sources.sources_.push_back(TRY(read_named(entry)));
  for (const Substitute& substitute : surroundings.substitutes) TRY(sources.substitute(substitute));
  return sources;
}

Status Sources::substitute(const Substitute& substitute) {
  std::vector<std::string> names;
  for (NamedSource& source : sources_) {
    names.push_back(source.name);
    if (source.name != substitute.name) continue;
    source.inputs = {substitute.input};
    return {};
  }
  const std::string message = fmt::format("the package has no source '{}'", substitute.name);
  return Error{ErrorKind::usage, message,
               names.empty() ? "it names none under 'sources:'" : text::suggestion_hint(substitute.name, names)};
}

Result<NamedSource> Sources::require(const text::Yaml& node) const {
  std::vector<std::string> names;
  for (const NamedSource& source : sources_) {
    if (source.name == node.scalar()) return source;
    names.push_back(source.name);
  }
  return node.error(fmt::format("unknown source '{}'", node.scalar()),
                    names.empty() ? "name it under 'sources:'" : text::suggestion_hint(node.scalar(), names));
}

}  // namespace aml::prep
