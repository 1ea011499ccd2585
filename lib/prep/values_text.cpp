#include "prep/values_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace aml::prep {
namespace {

constexpr std::array<std::string_view, 8> kWordsOfYaml = {"true", "false", "null", "yes", "no", "on", "off", "y"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_plain_part(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-'; }

// Text that needs no quotes anywhere; words that some readers of YAML take for something else get them.
bool is_plain(std::string_view text) {
  if (text.empty() || !is_letter(text[0]) || !std::all_of(text.begin(), text.end(), is_plain_part)) return false;
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return lower != "n" && std::find(kWordsOfYaml.begin(), kWordsOfYaml.end(), lower) == kWordsOfYaml.end();
}

void append_text(std::string& out, std::string_view text) {
  if (is_plain(text)) out += text;
  else text::append_json_string(out, text);
}

void append_flow(std::string& out, const text::Json& value) {
  std::string_view separator;
  if (value.is_array()) {
    out += '[';
    for (const text::Json& item : value.items()) {
      out += std::exchange(separator, ", ");
      append_flow(out, item);
    }
    out += ']';
  } else if (value.is_object()) {
    out += '{';
    for (const auto& [key, member] : value.members()) {
      out += std::exchange(separator, ", ");
      append_text(out, key);
      out += ": ";
      append_flow(out, member);
    }
    out += '}';
  } else if (value.is_string()) {
    append_text(out, value.string());
  } else {
    out += value.dump();
  }
}

}  // namespace

std::string values_as_flow(const text::Json& values) {
  std::string out;
  append_flow(out, values);
  return out;
}

std::string values_as_block(std::string_view key, const text::Json& values, size_t indentation) {
  const std::string indent(indentation, ' ');
  const bool has_lines = !values.items().empty() || !values.members().empty();
  if (!has_lines) return fmt::format("{}{}: {}\n", indent, key, values_as_flow(values));
  std::string out = fmt::format("{}{}:\n", indent, key);
  for (const text::Json& item : values.items()) {
    out += indent + "  - ";
    append_flow(out, item);
    out += '\n';
  }
  for (const auto& [name, member] : values.members()) {
    out += indent + "  ";
    append_text(out, name);
    out += ": ";
    append_flow(out, member);
    out += '\n';
  }
  return out;
}

}  // namespace aml::prep
