// Text as a YAML scalar that reads back as the same string.
#pragma once

#include <string>
#include <string_view>

namespace aml::text {

// Plain where that is safe inside and outside of [ ] and { }, else in double quotes. `text` should be UTF-8: other
// bytes become U+FFFD.
std::string yaml_scalar(std::string_view text);

// Whether `text` can be a key of a mapping and read back as itself: UTF-8, and within the length YAML allows.
bool can_be_yaml_key(std::string_view text);

}  // namespace aml::text
