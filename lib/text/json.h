// JSON values: read strictly (RFC 8259, with line and column of an error), kept in order, written compactly.
// Numbers keep their original text, so that a value passes through unchanged whatever its precision.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace aml::text {

class Json {
 public:
  enum class Kind : uint8_t { null, boolean, number, string, array, object };
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;  // in the order written; keys are unique

  Json();
  Json(std::nullptr_t) : Json() {}
  Json(bool value) : kind_(Kind::boolean), boolean_(value) {}
  Json(int value) : Json(static_cast<int64_t>(value)) {}
  Json(unsigned value) : Json(static_cast<uint64_t>(value)) {}
  Json(int64_t value);
  Json(uint64_t value);
  Json(double value);  // shortest round-trip text; null for NaN and infinities, which JSON cannot say
  Json(const char* value) : Json(std::string(value)) {}
  Json(std::string_view value) : Json(std::string(value)) {}
  Json(std::string value);
  Json(Array value);
  // Not inline: a Json holds Jsons, and everybody holds one.
  Json(const Json& other);
  Json(Json&& other) noexcept;
  Json& operator=(const Json& other);
  Json& operator=(Json&& other) noexcept;
  ~Json();
  static Json array() { return Json(Array{}); }
  static Json object() { return Json(Kind::object); }
  static Json object(std::initializer_list<Member> members);
  static Json number_from_text(std::string text);  // `text` must be a JSON number

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::null; }
  bool is_string() const { return kind_ == Kind::string; }
  bool is_number() const { return kind_ == Kind::number; }
  bool is_array() const { return kind_ == Kind::array; }
  bool is_object() const { return kind_ == Kind::object; }

  // The value if the kind fits, otherwise nothing.
  std::optional<bool> as_bool() const;
  std::optional<int64_t> as_int() const;  // an integer within int64
  std::optional<double> as_double() const;
  const std::string& string() const { return text_; }  // text of a string or number; empty for other kinds
  const Array& items() const { return array_; }        // empty for other kinds
  const Object& members() const { return object_; }    // empty for other kinds

  const Json* find(std::string_view key) const;        // nullptr when absent or not an object
  const Json& operator[](std::string_view key) const;  // a null value when absent
  std::string string_or(std::string_view key, std::string_view fallback) const;
  int64_t int_or(std::string_view key, int64_t fallback) const;

  Json& set(std::string key, Json value);            // an object member, replaced if present; returns *this
  Json& append_member(std::string key, Json value);  // as set(), where the caller knows that the key is new
  Json& push(Json value);                            // an array item; returns *this

  std::string dump() const;         // one line
  std::string dump_pretty() const;  // two spaces per level, ends in a line feed

 private:
  explicit Json(Kind kind) : kind_(kind) {}
  Kind kind_ = Kind::null;
  bool boolean_ = false;
  std::string text_;
  Array array_;
  Object object_;
};

inline constexpr int kJsonDepthMax = 64;

// `name` and `first_line` say where the text came from, for errors: "runs.jsonl:17:4: …". Duplicate keys,
// trailing text, invalid UTF-8 and nesting beyond kJsonDepthMax are bad data.
struct JsonPlace {
  std::string_view name = "JSON";
  uint64_t first_line = 1;
};
Result<Json> parse_json(std::string_view text, JsonPlace place = {});

// Whether `text` is JSON by RFC 8259, however deep, with duplicate keys or without: for values that pass on as text.
bool is_json(std::string_view text);

// Appends `text` as a JSON string, quotes included. Bytes that are not UTF-8 become U+FFFD.
void append_json_string(std::string& out, std::string_view text);

}  // namespace aml::text
