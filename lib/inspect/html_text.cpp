#include "inspect/html_text.h"

#include "text/unicode.h"

namespace aml::inspect {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    case '"': out += "&quot;"; break;
    case '\'': out += "&#39;"; break;
    case '\n':
    case '\t': out += ' '; break;
    default:
      if (static_cast<uint8_t>(c) < 0x20 || c == 0x7f) out += kReplacement;
      else out += c;
  }
}

// Controls of C1, and those that turn the direction of what stands around them.
bool is_invisible(std::string_view character) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(character[i]); };
  if (character.size() == 2) return byte(0) == 0xc2 && byte(1) < 0xa0;
  if (character.size() != 3 || byte(0) != 0xe2) return false;
  return (byte(1) == 0x80 && ((0x8e <= byte(2) && byte(2) <= 0x8f) || (0xa8 <= byte(2) && byte(2) <= 0xae))) ||
         (byte(1) == 0x81 && 0xa6 <= byte(2) && byte(2) <= 0xa9);
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t length = text::utf8_sequence_length(text);
    const std::string_view character = text.substr(0, std::max<size_t>(length, 1));
    if (length == 1) append_escaped(out, character[0]);
    else if (length == 0 || is_invisible(character)) out += kReplacement;
    else out += character;
    text.remove_prefix(character.size());
  }
  return out;
}

std::string html_text(std::string_view text, size_t columns) { return html_text(text::fit_for_display(text, columns)); }

}  // namespace aml::inspect
