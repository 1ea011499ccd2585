#include "excel/xlsx_text.h"

#include <fmt/format.h>

#include <charconv>

#include "base/bytes.h"
#include "text/unicode.h"

namespace aml::excel {
namespace {

constexpr size_t kEscapeBytes = 7;  // _xHHHH_

std::optional<uint32_t> escaped_unit(std::string_view text) {
  if (text.size() < kEscapeBytes || !text.starts_with("_x") || text[kEscapeBytes - 1] != '_') return std::nullopt;
  uint32_t unit = 0;
  const char* end = text.data() + kEscapeBytes - 1;
  const auto [stop, error] = std::from_chars(text.data() + 2, end, unit, 16);
  return error == std::errc() && stop == end ? std::optional(unit) : std::nullopt;
}

std::string_view trim_space(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace

std::string unescape_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const size_t mark = std::min(text.find("_x"), text.size());
    out.append(text.substr(0, mark));
    text.remove_prefix(mark);
    if (text.empty()) break;
    const auto unit = escaped_unit(text);
    if (unit) text::append_utf8(out, *unit);
    else out.push_back('_');
    text.remove_prefix(unit ? kEscapeBytes : 1);
  }
  return out;
}

Result<std::string> read_rich_text(XmlReader& xml) {
  std::string text;
  for (size_t depth = 1; depth > 0;) {
    const XmlEvent event = TRY(xml.next());
    if (event == XmlEvent::end) {
      --depth;
    } else if (event == XmlEvent::start && xml.name() == "rPh") {
      TRY(xml.skip_element());
    } else if (event == XmlEvent::start && xml.name() == "t") {
      // Office drops the space around a text unless told to preserve it.
      const bool keeps_space = xml.attribute("space") == "preserve";
      const std::string run = TRY(xml.read_text());
      if (run.size() > kPartTokenBytesMax - text.size())
        return xml.fail(fmt::format("a text is longer than {}", format_size(kPartTokenBytesMax)));
      text.append(keeps_space ? std::string_view(run) : trim_space(run));
    } else if (event == XmlEvent::start) {
      ++depth;
    }
  }
  return text.find("_x") == std::string::npos ? std::move(text) : unescape_text(text);
}

Result<TextPool> read_shared_strings(XmlReader& xml) {
  TextPool pool;
  for (XmlEvent event = TRY(xml.next()); event != XmlEvent::at_end; event = TRY(xml.next())) {
    if (event != XmlEvent::start || xml.name() != "si") continue;
    const std::string text = TRY(read_rich_text(xml));
    if (pool.is_full(text.size()))
      return xml.fail(fmt::format("more than {} of shared strings", format_size(kPoolBytesMax)));
    pool.append(text);
  }
  return pool;
}

}  // namespace aml::excel
