// Text of the data inside of a page: nothing a value holds can leave its place.
#pragma once

#include <string>
#include <string_view>

namespace aml::inspect {

// & < > " ' as references; control characters and bytes that are not UTF-8 as U+FFFD.
std::string html_text(std::string_view text);

// The same, cut to `columns` with "…".
std::string html_text(std::string_view text, size_t columns);

}  // namespace aml::inspect
