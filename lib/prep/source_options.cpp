#include "prep/source_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "source/options.h"

namespace aml::prep {
namespace {

// A list, or the one word that stands for a list of it. An unquoted null or ~ in a list is what a person means who
// lists the words that stand for nothing.
Result<std::vector<std::string>> read_words(const text::Yaml& node, std::string_view key) {
  if (node.is_scalar()) return std::vector<std::string>{node.scalar()};
  const std::string no_list = fmt::format("'{}' takes a list of words", key);
  if (node.kind() != text::Yaml::Kind::sequence) return node.error(no_list);
  std::vector<std::string> words;
  for (const text::Yaml& item : node.items()) {
    if (!item.is_scalar() && !item.is_null()) return item.error(no_list);
    words.push_back(item.scalar());
  }
  return words;
}

Result<std::vector<std::string>> read_values(const text::Yaml& node, const source::Option& option) {
  if (option.kind == source::OptionKind::list) return read_words(node, option.key);
  if (node.is_scalar()) return std::vector<std::string>{node.scalar()};
  return node.error(fmt::format("'{}' takes one value", option.key));
}

}  // namespace

Result<source::OpenOptions> read_source(const text::Yaml& node, const std::vector<std::string>& also) {
  std::vector<std::string> keys = also;
  for (const source::Option& option : source::source_options()) keys.emplace_back(option.key);
  TRY(text::check_keys(node, keys, "'source'"));
  source::OpenOptions options;
  for (const text::Yaml::Entry& entry : node.entries()) {
    if (std::find(also.begin(), also.end(), entry.key) != also.end()) continue;
    const source::Option& option = *source::find_source_option(entry.key);
    const Status set = option.set(options, TRY(read_values(entry.value, option)));
    if (!set.ok()) return entry.value.error(set.error().message, set.error().hint);
  }
  return options;
}

}  // namespace aml::prep
