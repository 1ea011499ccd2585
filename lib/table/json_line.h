// One line of JSON Lines taken apart without building a tree: most values are passed on as the bytes they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/json.h"

namespace aml::table {

struct JsonMember {
  enum class Kind : uint8_t { null, text, encoded_text, other };
  std::string_view key;  // without quotes; with is_key_encoded still escaped
  Kind kind = Kind::null;
  std::string_view value;  // text: between the quotes; encoded_text: quotes and escapes included; other: as it stands
  bool is_key_encoded = false;
};

// The members of the object in `line`, in order, duplicates included; views into `line`. What is accepted is what
// text::is_json accepts.
Result<std::vector<JsonMember>> split_json_object(std::string_view line, text::JsonPlace place);

// The text of a JSON string that split_json_object called encoded; `literal` includes the quotes.
std::string decode_json_string(std::string_view literal);

}  // namespace aml::table
