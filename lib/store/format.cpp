#include "store/format.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace aml::store {
namespace {

constexpr std::string_view kMagic = "amlstore ";

bool is_uuid(std::string_view text) {
  return text.size() == 32 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

std::string encode_format(const Format& format) { return fmt::format("{}{} {}\n", kMagic, format.major, format.uuid); }

Result<Format> parse_format(std::string_view line, std::string_view name) {
  const Error error{ErrorKind::bad_data, fmt::format("'{}' does not begin with \"amlstore MAJOR UUID\"", name),
                    "restore the file from a copy, see aml-store(5)"};
  if (!line.starts_with(kMagic)) return error;
  line.remove_prefix(kMagic.size());
  Format format;
  const auto [end, code] = std::from_chars(line.data(), line.data() + line.size(), format.major);
  if (code != std::errc() || format.major == 0) return error;
  line.remove_prefix(static_cast<size_t>(end - line.data()));
  // Later versions may say more behind the UUID.
  if (line.size() < 34 || line[0] != ' ' || !is_uuid(line.substr(1, 32))) return error;
  if (line[33] != '\n' && line[33] != ' ') return error;
  format.uuid = line.substr(1, 32);
  return format;
}

std::string escape_field(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '\t') out.append("\\t");
    else if (c == '\n') out.append("\\n");
    else if (c == '\r') out.append("\\r");
    else if (c == '\0') out.append("\\0");
    else if (c == '\\') out.append("\\\\");
    else out.push_back(c);
  }
  return out;
}

std::string unescape_field(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    const size_t kind = std::string_view("tnr0\\").find(next);
    if (next == '\0' || kind == std::string_view::npos) {
      out.push_back(text[i]);
      continue;
    }
    out.push_back(std::string_view("\t\n\r\0\\", 5)[kind]);
    ++i;
  }
  return out;
}

}  // namespace aml::store
