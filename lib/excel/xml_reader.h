// A pull parser for the XML inside workbooks: UTF-8, in pieces, in bounded memory. Prefixes of names are dropped, so
// that strict and transitional documents and odd prefixes read alike. A document type is refused: no part of a
// workbook has one, and entities of one's own are how XML bombs are made.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sink.h"
#include "excel/part_stream.h"

namespace aml::excel {

enum class XmlEvent : uint8_t { start, end, text, at_end };

class XmlReader {
 public:
  // `name` is for messages.
  XmlReader(std::unique_ptr<Source> source, std::string name, size_t block_bytes = table::BlockStream::kBlockBytes)
      : part_(std::move(source), std::move(name), block_bytes) {}

  Result<XmlEvent> next();

  // Valid until the next call of next(). An element without content gives start and end.
  std::string_view name() const { return element_; }  // without prefix
  std::string_view text() const { return text_; }     // references resolved
  // The attribute of that name, whatever its prefix; references resolved. Valid until the next call of either.
  std::optional<std::string_view> attribute(std::string_view name);

  Status finish() { return part_.finish(); }  // see PartStream
  // Behind a start: reads on to behind its end.
  Status skip_element();
  // Behind a start: the text of the element and of all inside it, up to behind its end.
  Result<std::string> read_text();

  Error fail(std::string_view what) const { return part_.fail(what); }

 private:
  struct Attribute {
    std::string_view name;
    std::string_view value;  // as it stands
  };

  Result<size_t> find(std::string_view end, size_t from);
  Status skip_past(std::string_view end);
  Result<size_t> find_tag_end();
  Result<XmlEvent> read_tag();
  Result<XmlEvent> read_cdata();
  Status read_text_token();
  Status parse_attributes(std::string_view tag);
  Result<std::string_view> resolve(std::string_view raw, std::string& scratch) const;

  std::string_view unread() const { return part_.unread(); }

  PartStream part_;
  bool has_started_ = false;
  bool is_end_pending_ = false;
  size_t depth_ = 0;
  std::string_view element_;
  std::string_view text_;
  std::vector<Attribute> attributes_;
  std::string scratch_;
  std::string attribute_scratch_;
};

}  // namespace aml::excel
