#include "table/json_line.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "text/numbers.h"
#include "text/unicode.h"

namespace aml::table {
namespace {

// Accepts less than JSON: on any doubt it gives up, and the caller asks the full parser what is wrong.
class Splitter {
 public:
  explicit Splitter(std::string_view line) : line_(line) {}

  bool split(std::vector<JsonMember>& members) {
    if (!take('{')) return false;
    if (take('}')) return is_at_end();
    do {
      JsonMember member;
      std::string_view literal;
      if (!take_string(literal, member.is_key_encoded)) return false;
      member.key = literal.substr(1, literal.size() - 2);
      if (!take(':') || !take_value(member)) return false;
      members.push_back(member);
    } while (take(','));
    return take('}') && is_at_end();
  }

 private:
  void skip_spaces() {
    while (at_ < line_.size() && std::string_view(" \t\r\n").find(line_[at_]) != std::string_view::npos) ++at_;
  }

  bool is_at_end() {
    skip_spaces();
    return at_ == line_.size();
  }

  bool take(char byte) {
    skip_spaces();
    if (at_ == line_.size() || line_[at_] != byte) return false;
    ++at_;
    return true;
  }

  bool take_string(std::string_view& literal, bool& is_encoded) {
    skip_spaces();
    const size_t begin = at_;
    if (!take('"')) return false;
    bool is_ascii = true;
    is_encoded = false;
    for (; at_ < line_.size() && line_[at_] != '"'; ++at_) {
      const auto byte = static_cast<unsigned char>(line_[at_]);
      if (byte < 0x20) return false;
      is_ascii = is_ascii && byte < 0x80;
      if (byte != '\\') continue;
      is_encoded = true;
      ++at_;  // whatever is escaped does not end the string
    }
    if (at_ >= line_.size()) return false;
    ++at_;
    literal = line_.substr(begin, at_ - begin);
    // Escapes are checked by the full parser, which also decodes them.
    if (is_encoded) return text::parse_json(literal).ok();
    return is_ascii || text::is_utf8(literal);
  }

  bool take_value(JsonMember& member) {
    skip_spaces();
    if (at_ == line_.size()) return false;
    if (line_[at_] == '"') return take_text(member);
    const size_t begin = at_;
    const bool is_nested = line_[at_] == '{' || line_[at_] == '[';
    if (is_nested ? !skip_nested() : !skip_plain()) return false;
    member.value = line_.substr(begin, at_ - begin);
    member.kind = member.value == "null" ? JsonMember::Kind::null : JsonMember::Kind::other;
    if (is_nested) return text::parse_json(member.value).ok();
    return text::is_json_number(member.value) || member.value == "null" || member.value == "true" ||
           member.value == "false";
  }

  bool take_text(JsonMember& member) {
    std::string_view literal;
    bool is_encoded = false;
    if (!take_string(literal, is_encoded)) return false;
    member.kind = is_encoded ? JsonMember::Kind::encoded_text : JsonMember::Kind::text;
    member.value = is_encoded ? literal : literal.substr(1, literal.size() - 2);
    return true;
  }

  bool skip_plain() {
    const size_t begin = at_;
    at_ = std::min(line_.find_first_of(",} \t\r\n", at_), line_.size());
    return at_ > begin;
  }

  // To behind the bracket that closes the one here; what lies between is checked later.
  bool skip_nested() {
    size_t depth = 0;
    for (bool is_string = false; at_ < line_.size(); ++at_) {
      const char byte = line_[at_];
      if (is_string && byte == '\\') ++at_;
      else if (byte == '"') is_string = !is_string;
      else if (!is_string && (byte == '{' || byte == '[')) ++depth;
      else if (!is_string && (byte == '}' || byte == ']') && --depth == 0) {
        ++at_;
        return true;
      }
    }
    return false;
  }

  std::string_view line_;
  size_t at_ = 0;
};

}  // namespace

Result<std::vector<JsonMember>> split_json_object(std::string_view line, text::JsonPlace place) {
  std::vector<JsonMember> members;
  if (Splitter(line).split(members)) return members;
  const text::Json value = TRY(text::parse_json(line, place));
  return Error{ErrorKind::bad_data, fmt::format("{}:{}: not a JSON object", place.name, place.first_line),
               value.is_array() ? "JSON Lines has one object per line; '--from json' reads an array of them" : ""};
}

std::string decode_json_string(std::string_view literal) {
  auto value = text::parse_json(literal);
  AML_CHECK(value.ok() && value->is_string());
  return value->string();
}

}  // namespace aml::table
