#include "text/yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "text/numbers.h"
#include "text/suggest.h"

namespace aml::text {
namespace {

constexpr int kDepthMax = 64;
constexpr size_t kNodesMax = 1'000'000;  // also what stops a bomb of nested aliases

bool is_null_word(std::string_view text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

}  // namespace

class YamlReader {
 public:
  explicit YamlReader(std::string_view name) : name_(name) {}

  Result<Yaml> read(const YAML::Node& node, int depth = 0) {
    Yaml tree;
    tree.name_ = name_;
    tree.line_ = node.Mark().line + 1;
    tree.column_ = node.Mark().column + 1;
    if (depth > kDepthMax) return tree.error(fmt::format("nested deeper than {} levels", kDepthMax));
    if (++nodes_ > kNodesMax) return tree.error(fmt::format("more than {} values", kNodesMax));
    if (node.IsSequence()) return read_sequence(node, std::move(tree), depth);
    if (node.IsMap()) return read_mapping(node, std::move(tree), depth);
    if (node.IsScalar()) read_scalar(node, tree);
    return tree;
  }

 private:
  static void read_scalar(const YAML::Node& node, Yaml& tree) {
    tree.scalar_ = node.Scalar();
    tree.is_quoted_ = node.Tag() == "!";  // yaml-cpp's tag of a quoted or block scalar
    const bool is_null = !tree.is_quoted_ && is_null_word(tree.scalar_);
    tree.kind_ = is_null ? Yaml::Kind::null : Yaml::Kind::scalar;
  }

  Result<Yaml> read_sequence(const YAML::Node& node, Yaml tree, int depth) {
    tree.kind_ = Yaml::Kind::sequence;
    for (const auto& item : node) tree.items_.push_back(TRY(read(item, depth + 1)));
    return tree;
  }

  Result<Yaml> read_mapping(const YAML::Node& node, Yaml tree, int depth) {
    tree.kind_ = Yaml::Kind::mapping;
    std::set<std::string> keys;
    for (const auto& entry : node) {
      const auto key = TRY(read(entry.first, depth + 1));
      if (!key.is_scalar()) return key.error("a key must be plain text");
      if (!keys.insert(key.scalar()).second) return key.error(fmt::format("key '{}' appears twice", key.scalar()));
      auto value = TRY(read(entry.second, depth + 1));
      tree.entries_.push_back({key.scalar(), key.line(), key.column(), std::move(value)});
    }
    return tree;
  }

  std::string name_;
  size_t nodes_ = 0;
};

Yaml::Yaml() = default;
Yaml::Yaml(const Yaml& other) = default;
Yaml::Yaml(Yaml&& other) noexcept = default;
Yaml& Yaml::operator=(const Yaml& other) = default;
Yaml& Yaml::operator=(Yaml&& other) noexcept = default;
Yaml::~Yaml() = default;

const Yaml* Yaml::find(std::string_view key) const {
  for (const Entry& entry : entries_)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

std::optional<bool> Yaml::as_bool() const {
  if (!is_scalar() || is_quoted_) return std::nullopt;
  if (scalar_ == "true" || scalar_ == "True" || scalar_ == "TRUE") return true;
  if (scalar_ == "false" || scalar_ == "False" || scalar_ == "FALSE") return false;
  return std::nullopt;
}

std::optional<int64_t> Yaml::as_int() const {
  if (!is_scalar() || is_quoted_) return std::nullopt;
  return parse_int(scalar_);
}

std::optional<double> Yaml::as_double() const {
  if (!is_scalar() || is_quoted_) return std::nullopt;
  return parse_double(scalar_);
}

std::string Yaml::place() const { return fmt::format("{}:{}:{}", name_, line_, column_); }

Error Yaml::error(std::string message, std::string hint) const {
  return Error{ErrorKind::bad_data, place() + ": " + message, std::move(hint)};
}

Json Yaml::to_json() const {
  if (kind_ == Kind::null) return {};
  if (kind_ == Kind::sequence) {
    Json array = Json::array();
    for (const Yaml& item : items_) array.push(item.to_json());
    return array;
  }
  if (kind_ == Kind::mapping) {
    Json object = Json::object();
    for (const Entry& entry : entries_) object.append_member(entry.key, entry.value.to_json());
    return object;
  }
  if (const auto boolean = as_bool()) return *boolean;
  if (!is_quoted_ && is_json_number(scalar_)) return Json::number_from_text(scalar_);
  return scalar_;
}

Result<Yaml> parse_yaml(std::string_view text, std::string_view name) {
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(text));
    if (documents.size() > 1)
      return Error{ErrorKind::bad_data, fmt::format("{}: {} documents, one expected", name, documents.size())};
    return YamlReader(name).read(documents.empty() ? YAML::Node() : documents[0]);
  } catch (const YAML::Exception& exception) {
    return Error{ErrorKind::bad_data,
                 fmt::format("{}:{}:{}: {}", name, exception.mark.line + 1, exception.mark.column + 1, exception.msg)};
  }
}

Status check_keys(const Yaml& node, const std::vector<std::string>& known, std::string_view what) {
  if (node.kind() != Yaml::Kind::mapping)
    return node.error(fmt::format("{} must be a mapping of keys to values", what));
  for (const Yaml::Entry& entry : node.entries()) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    return Error{
        ErrorKind::bad_data,
        fmt::format("{}:{}:{}: unknown key '{}' in {}", node.name(), entry.key_line, entry.key_column, entry.key, what),
        suggestion_hint(entry.key, known)};
  }
  return {};
}

}  // namespace aml::text
