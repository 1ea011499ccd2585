// One record for people and for programs: an ordered list of named values. The library describes its objects as
// Fields; the command line prints them as an aligned table, a block, JSON Lines, TSV or bare ids.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/json.h"

namespace aml::text {

struct Field {
  std::string key;           // snake_case; an interface: keys are only ever added
  Json value;                // for JSON and TSV
  std::string display = {};  // for people; empty means the value's own text
};

struct Fields {
  std::string type;  // "run", "model", "column", …: the first key of the JSON object
  std::string id;    // what --ids prints; full, never shortened
  std::vector<Field> fields;

  Fields& add(std::string key, Json value, std::string display = {}) {
    fields.push_back({std::move(key), std::move(value), std::move(display)});
    return *this;
  }
};

Json to_json(const Fields& record);             // {"type": …, then the fields in order}
std::string display_text(const Field& field);   // what a person sees
std::string display_key(const Field& field);    // without "_seconds" or "_bytes" where the display has units of its own
std::string escape_tsv(std::string_view text);  // \t \n \r \\ as two characters each

}  // namespace aml::text
