#include "excel/xml_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "text/unicode.h"

namespace aml::excel {
namespace {

bool is_space(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

std::string_view local_name(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// The character of "lt", "#10" or "#x41"; nothing for what XML does not know.
std::optional<uint32_t> character_of(std::string_view reference) {
  constexpr struct {
    std::string_view name;
    char character;
  } kNamed[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
  for (const auto& named : kNamed)
    if (named.name == reference) return static_cast<uint32_t>(named.character);
  if (!reference.starts_with('#')) return std::nullopt;
  reference.remove_prefix(1);
  const bool is_hex = reference.starts_with('x');
  if (is_hex) reference.remove_prefix(1);
  uint32_t code = 0;
  const char* end = reference.data() + reference.size();
  const auto [stop, error] = std::from_chars(reference.data(), end, code, is_hex ? 16 : 10);
  if (error != std::errc() || stop != end || code == 0 || code > 0x10ffff) return std::nullopt;
  return code;
}

}  // namespace

// The place of `end` within unread(), from `from` on.
Result<size_t> XmlReader::find(std::string_view end, size_t from) {
  for (;;) {
    const size_t found = unread().find(end, from);
    if (found != std::string_view::npos) return found;
    if (part_.at_end()) return fail(fmt::format("'{}' is missing, the part may be cut short", end));
    const size_t overlap = end.size() - 1;
    from = std::max(from, unread().size() > overlap ? unread().size() - overlap : 0);
    TRY(part_.fill());
  }
}

// Lets go of what it passes, so that a comment may have any length.
Status XmlReader::skip_past(std::string_view end) {
  for (;;) {
    const size_t found = unread().find(end);
    if (found != std::string_view::npos) {
      part_.consume(found + end.size());
      return {};
    }
    if (part_.at_end()) return fail(fmt::format("'{}' is missing, the part may be cut short", end));
    part_.consume(unread().size() - std::min(unread().size(), end.size() - 1));
    TRY(part_.fill());
  }
}

Result<XmlEvent> XmlReader::next() {
  if (is_end_pending_) {
    is_end_pending_ = false;
    --depth_;
    return XmlEvent::end;
  }
  if (!has_started_) {
    has_started_ = true;
    TRY(part_.require(3));
    if (unread().starts_with("\xff\xfe") || unread().starts_with("\xfe\xff")) return fail("UTF-16 is not read here");
    if (unread().starts_with("\xef\xbb\xbf")) part_.consume(3);
  }
  for (;;) {
    if (!TRY(part_.require(1))) {
      if (depth_ > 0) return fail("the part ends inside an element");
      return XmlEvent::at_end;
    }
    if (unread()[0] != '<') {
      TRY(read_text_token());
      if (depth_ > 0) return XmlEvent::text;
      continue;  // space around the outermost element
    }
    TRY(part_.require(9));
    const std::string_view rest = unread();
    if (rest.starts_with("<!--")) {
      part_.consume(4);
      TRY(skip_past("-->"));
    } else if (rest.starts_with("<![CDATA[")) {
      return read_cdata();
    } else if (rest.starts_with("<?")) {
      TRY(skip_past("?>"));
    } else if (rest.starts_with("<!")) {
      return fail("a document type is not allowed in a workbook");
    } else {
      return read_tag();
    }
  }
}

Result<XmlEvent> XmlReader::read_cdata() {
  constexpr size_t kOpenBytes = 9;
  const size_t end = TRY(find("]]>", kOpenBytes));
  TRY(part_.check_token(end));
  text_ = unread().substr(kOpenBytes, end - kOpenBytes);
  part_.consume(end + 3);
  return XmlEvent::text;
}

Status XmlReader::read_text_token() {
  size_t end = 0;
  for (;;) {
    end = unread().find('<', end);
    if (end != std::string_view::npos || part_.at_end()) break;
    end = unread().size();
    TRY(part_.fill());
  }
  const std::string_view raw = unread().substr(0, end);
  TRY(part_.check_token(raw.size()));
  text_ = TRY(resolve(raw, scratch_));
  part_.consume(raw.size());
  return {};
}

// The place of the '>' that is not inside a quoted value.
Result<size_t> XmlReader::find_tag_end() {
  char quote = 0;
  for (size_t i = 1;; ++i) {
    if (i >= unread().size()) {
      if (part_.at_end()) return fail("the part ends inside a tag");
      TRY(part_.fill());
      if (i >= unread().size()) return fail("the part ends inside a tag");
    }
    const char byte = unread()[i];
    if (quote != 0) {
      if (byte == quote) quote = 0;
    } else if (byte == '>') {
      return i;
    } else if (byte == '"' || byte == '\'') {
      quote = byte;
    }
  }
}

Result<XmlEvent> XmlReader::read_tag() {
  const size_t end = TRY(find_tag_end());
  TRY(part_.check_token(end));
  std::string_view tag = unread().substr(1, end - 1);
  const bool is_closing = tag.starts_with('/');
  if (is_closing) tag.remove_prefix(1);
  const bool is_empty = !is_closing && tag.ends_with('/');
  if (is_empty) tag.remove_suffix(1);
  const auto space = std::find_if(tag.begin(), tag.end(), is_space);
  const auto name_bytes = static_cast<size_t>(space - tag.begin());
  if (name_bytes == 0) return fail("a tag without a name");
  element_ = local_name(tag.substr(0, name_bytes));
  attributes_.clear();
  if (is_closing) {
    if (depth_ == 0) return fail(fmt::format("'{}' ends without a start", element_));
    --depth_;
    part_.consume(end + 1);
    return XmlEvent::end;
  }
  TRY(parse_attributes(tag.substr(name_bytes)));
  ++depth_;
  is_end_pending_ = is_empty;
  part_.consume(end + 1);
  return XmlEvent::start;
}

Status XmlReader::parse_attributes(std::string_view tag) {
  for (;;) {
    while (!tag.empty() && is_space(tag[0])) tag.remove_prefix(1);
    if (tag.empty()) return {};
    const size_t equals = tag.find('=');
    if (equals == std::string_view::npos) return fail("an attribute without a value");
    std::string_view name = tag.substr(0, equals);
    while (!name.empty() && is_space(name.back())) name.remove_suffix(1);
    tag.remove_prefix(equals + 1);
    while (!tag.empty() && is_space(tag[0])) tag.remove_prefix(1);
    const size_t end = tag.empty() ? std::string_view::npos : tag.find(tag[0], 1);
    if (end == std::string_view::npos || (tag[0] != '"' && tag[0] != '\'')) return fail("an attribute without quotes");
    attributes_.push_back({local_name(name), tag.substr(1, end - 1)});
    tag.remove_prefix(end + 1);
  }
}

std::optional<std::string_view> XmlReader::attribute(std::string_view name) {
  for (const Attribute& attribute : attributes_) {
    if (attribute.name != name) continue;
    auto value = resolve(attribute.value, attribute_scratch_);
    // What does not resolve is not what anybody asks for.
    return value.ok() ? *value : attribute.value;
  }
  return std::nullopt;
}

// Replaces references, and line ends by line feeds, as XML wants. Only a text that has some is copied.
Result<std::string_view> XmlReader::resolve(std::string_view raw, std::string& scratch) const {
  if (raw.find_first_of("&\r") == std::string_view::npos) return raw;
  scratch.clear();
  while (!raw.empty()) {
    const size_t special = std::min(raw.find_first_of("&\r"), raw.size());
    scratch.append(raw.substr(0, special));
    raw.remove_prefix(special);
    if (raw.empty()) break;
    if (raw[0] == '\r') {
      scratch.push_back('\n');
      raw.remove_prefix(raw.starts_with("\r\n") ? 2 : 1);
      continue;
    }
    const size_t end = raw.find(';');
    const auto character = end == std::string_view::npos ? std::nullopt : character_of(raw.substr(1, end - 1));
    if (!character) return fail("an unknown reference behind '&'");
    text::append_utf8(scratch, *character);
    raw.remove_prefix(end + 1);
  }
  return std::string_view(scratch);
}

Status XmlReader::skip_element() {
  if (depth_ == 0) return {};
  for (const size_t outside = depth_ - 1; depth_ > outside;) TRY(next());
  return {};
}

Result<std::string> XmlReader::read_text() {
  std::string text;
  for (const size_t outside = depth_ - 1; depth_ > outside;) {
    if (TRY(next()) != XmlEvent::text) continue;
    if (text_.size() > kPartTokenBytesMax - text.size())
      return fail(fmt::format("a text is longer than {}", format_size(kPartTokenBytesMax)));
    text.append(text_);
  }
  return text;
}

}  // namespace aml::excel
