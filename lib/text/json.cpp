#include "text/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "text/numbers.h"
#include "text/unicode.h"

namespace aml::text {
namespace {

// Builds Json values from the events of nlohmann's parser, which hands over the text of floating numbers.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return add(Json()); }
  bool boolean(bool value) override { return add(Json(value)); }
  bool number_integer(int64_t value) override { return add(Json(value)); }
  bool number_unsigned(uint64_t value) override { return add(Json(value)); }
  bool number_float(double, const std::string& text) override { return add(Json::number_from_text(text)); }
  bool string(std::string& value) override { return add(Json(std::move(value))); }
  bool binary(nlohmann::json::binary_t&) override { return false; }
  bool start_object(size_t) override { return open(Json::object()); }
  bool start_array(size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& value) override {
    if (!levels_.back().keys.insert(value).second) return fail(fmt::format("key '{}' appears twice", value));
    levels_.back().key = std::move(value);
    return true;
  }

  bool parse_error(size_t position, const std::string&, const nlohmann::json::exception& exception) override {
    offset_ = position;
    message_ = exception.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while …": keep the end.
    const size_t colon = message_.find(": ");
    if (colon != std::string::npos) message_.erase(0, colon + 2);
    return false;
  }

  Json take() { return std::move(root_); }
  const std::string& message() const { return message_; }
  size_t offset() const { return offset_; }

 private:
  struct Level {
    Json value;
    std::string key;
    std::set<std::string> keys;
  };

  bool fail(std::string message) {
    message_ = std::move(message);
    return false;
  }

  bool open(Json value) {
    if (levels_.size() >= static_cast<size_t>(kJsonDepthMax))
      return fail(fmt::format("nested deeper than {} levels", kJsonDepthMax));
    levels_.push_back({std::move(value), {}, {}});
    return true;
  }

  bool close() {
    Json value = std::move(levels_.back().value);
    levels_.pop_back();
    return add(std::move(value));
  }

  bool add(Json value) {
    if (levels_.empty()) {
      root_ = std::move(value);
      return true;
    }
    Level& level = levels_.back();
    if (level.value.is_array()) level.value.push(std::move(value));
    else level.value.append_member(std::move(level.key), std::move(value));
    return true;
  }

  Json root_;
  std::vector<Level> levels_;
  std::string message_;
  size_t offset_ = 0;
};

struct LineColumn {
  uint64_t line = 1;
  uint64_t column = 1;
};

LineColumn locate(std::string_view text, size_t offset) {
  LineColumn place;
  offset = std::min(offset == 0 ? 0 : offset - 1, text.size());
  for (size_t i = 0; i < offset; ++i) {
    ++place.column;
    if (text[i] == '\n') place = {place.line + 1, 1};
  }
  return place;
}

void append_value(std::string& out, const Json& value, int indent);

void append_line_break(std::string& out, int indent) {
  if (indent < 0) return;
  out.push_back('\n');
  out.append(static_cast<size_t>(indent) * 2, ' ');
}

void append_object(std::string& out, const Json& value, int indent) {
  const int inner = indent < 0 ? -1 : indent + 1;
  out.push_back('{');
  bool first = true;
  for (const auto& [key, member] : value.members()) {
    if (!first) out.push_back(',');
    first = false;
    append_line_break(out, inner);
    append_json_string(out, key);
    out.append(indent < 0 ? ":" : ": ");
    append_value(out, member, inner);
  }
  if (!first) append_line_break(out, indent);
  out.push_back('}');
}

void append_array(std::string& out, const Json& value, int indent) {
  const int inner = indent < 0 ? -1 : indent + 1;
  out.push_back('[');
  bool first = true;
  for (const Json& item : value.items()) {
    if (!first) out.push_back(',');
    first = false;
    append_line_break(out, inner);
    append_value(out, item, inner);
  }
  if (!first) append_line_break(out, indent);
  out.push_back(']');
}

// indent < 0: everything on one line.
void append_value(std::string& out, const Json& value, int indent) {
  switch (value.kind()) {
    case Json::Kind::null: out.append("null"); return;
    case Json::Kind::boolean: out.append(*value.as_bool() ? "true" : "false"); return;
    case Json::Kind::number: out.append(value.string()); return;
    case Json::Kind::string: append_json_string(out, value.string()); return;
    case Json::Kind::array: append_array(out, value, indent); return;
    case Json::Kind::object: append_object(out, value, indent); return;
  }
}

}  // namespace

Json::Json() = default;
Json::Json(const Json& other) = default;
Json::Json(Json&& other) noexcept = default;
Json& Json::operator=(const Json& other) = default;
Json& Json::operator=(Json&& other) noexcept = default;
Json::~Json() = default;

Json::Json(std::string value) : kind_(Kind::string), text_(std::move(value)) {}
Json::Json(Array value) : kind_(Kind::array), array_(std::move(value)) {}
Json::Json(int64_t value) : kind_(Kind::number), text_(fmt::to_string(value)) {}
Json::Json(uint64_t value) : kind_(Kind::number), text_(fmt::to_string(value)) {}

Json::Json(double value) {
  if (!std::isfinite(value)) return;
  kind_ = Kind::number;
  text_ = format_number(value);
}

Json Json::object(std::initializer_list<Member> members) {
  Json value = object();
  value.object_.assign(members.begin(), members.end());
  return value;
}

Json Json::number_from_text(std::string text) {
  Json value(Kind::number);
  value.text_ = std::move(text);
  return value;
}

std::optional<bool> Json::as_bool() const {
  if (kind_ != Kind::boolean) return std::nullopt;
  return boolean_;
}

std::optional<int64_t> Json::as_int() const {
  if (kind_ != Kind::number) return std::nullopt;
  return parse_int(text_);
}

std::optional<double> Json::as_double() const {
  if (kind_ != Kind::number) return std::nullopt;
  return parse_double(text_);
}

const Json* Json::find(std::string_view key) const {
  for (const auto& [name, value] : object_)
    if (name == key) return &value;
  return nullptr;
}

const Json& Json::operator[](std::string_view key) const {
  static const Json kNull;
  const Json* value = find(key);
  return value != nullptr ? *value : kNull;
}

std::string Json::string_or(std::string_view key, std::string_view fallback) const {
  const Json* value = find(key);
  return value != nullptr && value->is_string() ? value->string() : std::string(fallback);
}

int64_t Json::int_or(std::string_view key, int64_t fallback) const {
  const Json* value = find(key);
  return value == nullptr ? fallback : value->as_int().value_or(fallback);
}

Json& Json::set(std::string key, Json value) {
  AML_CHECK(is_object());
  for (auto& [name, old_value] : object_) {
    if (name != key) continue;
    old_value = std::move(value);
    return *this;
  }
  return append_member(std::move(key), std::move(value));
}

Json& Json::append_member(std::string key, Json value) {
  object_.emplace_back(std::move(key), std::move(value));
  return *this;
}

Json& Json::push(Json value) {
  AML_CHECK(is_array());
  array_.push_back(std::move(value));
  return *this;
}

std::string Json::dump() const {
  std::string out;
  append_value(out, *this, -1);
  return out;
}

std::string Json::dump_pretty() const {
  std::string out;
  append_value(out, *this, 0);
  out.push_back('\n');
  return out;
}

Result<Json> parse_json(std::string_view text, JsonPlace place) {
  Builder builder;
  // The lexer takes a NUL for the end of the text, even within the range.
  if (const size_t nul = text.find('\0'); nul != std::string_view::npos) {
    const auto [line, column] = locate(text, nul + 1);
    return Error{ErrorKind::bad_data,
                 fmt::format("{}:{}:{}: NUL byte", place.name, place.first_line + line - 1, column)};
  }
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return builder.take();
  const auto [line, column] = locate(text, builder.offset());
  return Error{ErrorKind::bad_data,
               fmt::format("{}:{}:{}: {}", place.name, place.first_line + line - 1, column, builder.message())};
}

bool is_json(std::string_view text) {
  return text.find('\0') == std::string_view::npos && nlohmann::json::accept(text.begin(), text.end());
}

void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  for (size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const size_t length = utf8_sequence_length(text.substr(i));
    if (byte == '"' || byte == '\\') out.append({'\\', text[i]});
    else if (byte == '\n') out.append("\\n");
    else if (byte == '\r') out.append("\\r");
    else if (byte == '\t') out.append("\\t");
    else if (byte < 0x20 || byte == 0x7f) out.append(fmt::format("\\u{:04x}", byte));
    else if (length == 0) out.append("\xef\xbf\xbd");
    else out.append(text.substr(i, length));
    i += std::max<size_t>(length, 1);
  }
  out.push_back('"');
}

}  // namespace aml::text
