#include "excel/xml_reader.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::excel;

namespace {

// All events in short: "<a k=v>", "text", "</>"; ends in the message where there is an error.
std::string events_of(const std::string& xml, size_t piece_bytes = 1000) {
  XmlReader reader(std::make_unique<table::testing::PieceSource>(xml, piece_bytes), "p", piece_bytes);
  std::string all;
  std::string text;
  for (;;) {
    const auto event = reader.next();
    if (event.ok() && *event == XmlEvent::text) {
      text += reader.text();
      continue;
    }
    all += std::exchange(text, "");
    if (!event.ok()) return all + "! " + event.error().message;
    if (*event == XmlEvent::at_end) return all;
    if (*event == XmlEvent::end) all += "</>";
    if (*event != XmlEvent::start) continue;
    all += fmt::format("<{}", reader.name());
    if (const auto value = reader.attribute("k")) all += fmt::format(" {}", *value);
    all += ">";
  }
}

}  // namespace

TEST_CASE("elements, attributes and texts, however the bytes arrive") {
  const std::string xml =
      "\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a > b --><x:a xmlns:x='u' z='1' x:k = \"1 &lt; 2 > "
      "0\">t&amp;&#65;&#x20ac;"
      "<b k='&quot;'/><![CDATA[<raw>&amp;]]>\r\nend</x:a> ";
  for (size_t piece = 1; piece < 40; ++piece)
    CHECK(events_of(xml, piece) == "<a 1 < 2 > 0>t&A€<b \"></><raw>&amp;\nend</>");
}

TEST_CASE("what is not well-formed is refused with its place") {
  CHECK(events_of("<a>") == "<a>! p: byte 3: the part ends inside an element");
  CHECK(events_of("</a>") == "! p: byte 0: 'a' ends without a start");
  CHECK(events_of("<a k=1>") == "! p: byte 0: an attribute without quotes");
  CHECK(events_of("<a k>") == "! p: byte 0: an attribute without a value");
  CHECK(events_of("<a k='1>") == "! p: byte 0: the part ends inside a tag");
  CHECK(events_of("<>") == "! p: byte 0: a tag without a name");
  CHECK(events_of("<a>&nbsp;</a>") == "<a>! p: byte 3: an unknown reference behind '&'");
  CHECK(events_of("<a><!-- x</a>") == "<a>! p: byte 7: '-->' is missing, the part may be cut short");
  CHECK(events_of("\xff\xfe<") == "! p: byte 0: UTF-16 is not read here");
}

TEST_CASE("entities of one's own are refused") {
  CHECK(events_of("<!DOCTYPE a [<!ENTITY b 'bomb'>]><a>&b;</a>") ==
        "! p: byte 0: a document type is not allowed in a workbook");
}

TEST_CASE("a tag or text without an end does not fill the memory") {
  CHECK(events_of("<a>" + std::string(5 << 20, 'x') + "</a>", 1 << 16)
            .ends_with("a tag, text or record is longer than 4.0 MiB"));
  CHECK(events_of("<a " + std::string(5 << 20, ' ') + "/>", 1 << 16)
            .ends_with("a tag, text or record is longer than 4.0 MiB"));
}

TEST_CASE("elements are skipped or read with all that is inside") {
  XmlReader reader(std::make_unique<StringSource>("<a><b>1<c>2</c></b><d>x<e>y</e>z</d><f/></a>"), "p");
  CHECK(*reader.next() == XmlEvent::start);
  CHECK(*reader.next() == XmlEvent::start);
  CHECK(reader.skip_element().ok());
  CHECK(*reader.next() == XmlEvent::start);
  CHECK(*reader.read_text() == "xyz");
  CHECK(*reader.next() == XmlEvent::start);
  CHECK(reader.name() == "f");
  CHECK(*reader.read_text() == "");
  CHECK(*reader.next() == XmlEvent::end);
  CHECK(*reader.next() == XmlEvent::at_end);
}
