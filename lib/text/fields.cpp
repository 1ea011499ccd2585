#include "text/fields.h"

namespace aml::text {

Json to_json(const Fields& record) {
  Json object = Json::object();
  object.append_member("type", record.type);
  for (const Field& field : record.fields) object.append_member(field.key, field.value);
  return object;
}

std::string display_text(const Field& field) {
  if (!field.display.empty()) return field.display;
  if (field.value.is_null()) return {};
  if (field.value.is_string() || field.value.is_number()) return field.value.string();
  return field.value.dump();
}

std::string display_key(const Field& field) {
  if (field.display.empty()) return field.key;
  for (const std::string_view unit : {"_seconds", "_bytes"})
    if (field.key.ends_with(unit)) return field.key.substr(0, field.key.size() - unit.size());
  return field.key;
}

std::string escape_tsv(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '\t') out.append("\\t");
    else if (c == '\n') out.append("\\n");
    else if (c == '\r') out.append("\\r");
    else if (c == '\\') out.append("\\\\");
    else out.push_back(c);
  }
  return out;
}

}  // namespace aml::text
