#include "catalog/model_name.h"

#include <fmt/format.h>

#include <charconv>

namespace aml::catalog {
namespace {

constexpr size_t kNameMax = 64;

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_joint(char c) { return c == '.' || c == '_' || c == '-'; }

}  // namespace

bool is_model_name(std::string_view name) {
  if (name.empty() || name.size() > kNameMax || !is_alphanumeric(name.front()) || !is_alphanumeric(name.back()))
    return false;
  for (size_t i = 0; i < name.size(); ++i) {
    if (is_alphanumeric(name[i])) continue;
    if (!is_joint(name[i]) || !is_alphanumeric(name[i + 1])) return false;
  }
  return true;
}

Status check_model_name(std::string_view name) {
  if (is_model_name(name)) return {};
  return Error{ErrorKind::usage, fmt::format("'{}' cannot be the name of a model", name),
               fmt::format("use lower-case letters and digits, joined by '.', '_' or '-', at most {}", kNameMax)};
}

std::optional<ModelName> parse_model_name(std::string_view text) {
  const size_t mark = text.find_first_of(":@");
  ModelName parsed{std::string(text.substr(0, mark))};
  if (!is_model_name(parsed.name)) return std::nullopt;
  if (mark == std::string_view::npos) return parsed;
  const std::string_view rest = text.substr(mark + 1);
  if (text[mark] == '@') {
    if (!is_model_name(rest)) return std::nullopt;
    parsed.alias = std::string(rest);
    return parsed;
  }
  uint32_t version = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), version);
  if (error != std::errc() || end != rest.data() + rest.size() || version == 0) return std::nullopt;
  parsed.version = version;
  return parsed;
}

}  // namespace aml::catalog
