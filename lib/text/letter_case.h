// Upper and lower case of UTF-8 text, letter by letter and the same in every locale.
#pragma once

#include <string>
#include <string_view>

namespace aml::text {

// Bytes that are not UTF-8 stay as they are.
void append_lower(std::string& out, std::string_view text);
void append_upper(std::string& out, std::string_view text);

}  // namespace aml::text
