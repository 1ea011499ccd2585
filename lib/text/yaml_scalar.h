// Text as a YAML scalar that reads back as the same string.
#pragma once

#include <string>
#include <string_view>

namespace aml::text {

// Plain where that is safe inside and outside of [ ] and { }, else in double quotes. `text` should be UTF-8: other
// bytes become U+FFFD.
std::string yaml_scalar(std::string_view text);

}  // namespace aml::text
