#include "store/format.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::store;

namespace {
const std::string kUuid = "0123456789abcdef0123456789abcdef";
}

TEST_CASE("a format line survives a round trip") {
  const Format format{1, kUuid};
  CHECK(encode_format(format) == "amlstore 1 " + kUuid + "\n");
  CHECK(parse_format(encode_format(format), "format").value() == format);
}

TEST_CASE("a later version may add to the format line") {
  CHECK(parse_format("amlstore 7 " + kUuid + " features=x\n", "format")->major == 7);
}

TEST_CASE("a damaged format line is refused with its file's name") {
  for (const std::string& line : {std::string(), "amlstore 1 " + kUuid, "amlstore 0 " + kUuid + "\n",
                                  "amlstore x " + kUuid + "\n", "amlstore 1 " + kUuid.substr(1) + "\n",
                                  "amlstore 1" + kUuid + "\n", "otherstore 1 " + kUuid + "\n", std::string(50, '\0')}) {
    CAPTURE(line);
    const auto format = parse_format(line, "x/format");
    REQUIRE(!format.ok());
    CHECK(format.error().kind == ErrorKind::bad_data);
    CHECK(format.error().message == "'x/format' does not begin with \"amlstore MAJOR UUID\"");
  }
}

TEST_CASE("escaped fields hold no separator and come back as they were") {
  const std::string text("a\tb\nc\rd\\e\0f", 11);
  CHECK(escape_field(text) == "a\\tb\\nc\\rd\\\\e\\0f");
  CHECK(unescape_field(escape_field(text)) == text);
  CHECK(unescape_field("\\x\\") == "\\x\\");
}
