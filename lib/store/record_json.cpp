#include "store/record_json.h"

#include <charconv>

#include "store/format.h"

namespace aml::store {

void add_text(text::Json& object, std::string key, const std::string& value) {
  if (!value.empty()) object.append_member(std::move(key), value);
}

void add_instant(text::Json& object, std::string key, Instant value) {
  if (value.unix_ns != 0) object.append_member(std::move(key), format_rfc3339(value));
}

void add_digest(text::Json& object, std::string key, const std::optional<Digest>& value) {
  if (value) object.append_member(std::move(key), value->text());
}

text::Json texts_json(const std::vector<std::string>& texts) {
  text::Json array = text::Json::array();
  for (const std::string& text : texts) array.push(text);
  return array;
}

text::Json params_json(const std::vector<std::pair<std::string, std::string>>& params) {
  text::Json object = text::Json::object();
  for (const auto& [name, value] : params) object.set(name, value);
  return object;
}

std::optional<uint64_t> uint_member(const text::Json& object, std::string_view key) {
  const text::Json& member = object[key];
  if (!member.is_number()) return std::nullopt;
  const std::string& text = member.string();
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

double double_member(const text::Json& object, std::string_view key) { return object[key].as_double().value_or(0); }

Instant instant_member(const text::Json& object, std::string_view key) {
  return parse_rfc3339(object[key].string()).value_or(Instant{});
}

std::optional<Digest> digest_member(const text::Json& object, std::string_view key) {
  return Digest::parse(object[key].string());
}

std::optional<RunId> run_id_member(const text::Json& object, std::string_view key) {
  return RunId::parse(object[key].string());
}

std::vector<std::string> texts_member(const text::Json& object, std::string_view key) {
  std::vector<std::string> texts;
  for (const text::Json& item : object[key].items()) texts.push_back(item.string());
  return texts;
}

std::vector<std::pair<std::string, std::string>> params_member(const text::Json& object, std::string_view key) {
  std::vector<std::pair<std::string, std::string>> params;
  for (const auto& [name, value] : object[key].members())
    params.emplace_back(name, value.is_string() ? value.string() : value.dump());
  return params;
}

Result<std::optional<std::string>> read_record_file(const Path& path) {
  auto text = os::read_file(path, kRecordFileBytesMax);
  if (text.ok()) return std::optional<std::string>(std::move(text).value());
  if (text.error().kind == ErrorKind::not_found) return std::optional<std::string>();
  return std::move(text).error();
}

}  // namespace aml::store
