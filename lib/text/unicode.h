// UTF-8: validity, and the columns a text takes on a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace aml::text {

// Bytes of the valid UTF-8 sequence at the start of `text`; 0 when it is empty or not valid there (RFC 3629:
// no overlong forms, no surrogates, nothing above U+10FFFF).
size_t utf8_sequence_length(std::string_view text);
bool is_utf8(std::string_view text);
void append_utf8(std::string& out, uint32_t code_point);  // U+FFFD for surrogates and what lies above U+10FFFF
size_t display_width(std::string_view text);              // wide East Asian characters count two, combining marks none

// Cuts to at most `columns`, ending in "…" when cut, and shows control characters and invalid bytes as "?", so that
// data cannot drive the terminal.
std::string fit_for_display(std::string_view text, size_t columns);

}  // namespace aml::text
