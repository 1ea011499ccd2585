// Learned values as YAML that people read and edit: an entry or item a line.
#pragma once

#include <string>
#include <string_view>

#include "text/json.h"

namespace aml::prep {

// "{age: 31.5, city: "New York"}", on one line.
std::string values_as_flow(const text::Json& values);

// "KEY:" and below it the members or items of `values`, a line each; everything is indented by so many spaces and ends
// in a line feed.
std::string values_as_block(std::string_view key, const text::Json& values, size_t indentation);

}  // namespace aml::prep
