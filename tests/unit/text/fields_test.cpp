#include "text/fields.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::text;

TEST_CASE("a record becomes one object that names its type first") {
  Fields record{"run", "01", {}};
  record.add("id", "01", "1").add("duration_seconds", 0.5, "500 ms").add("name", Json());
  CHECK(to_json(record).dump() == R"({"type":"run","id":"01","duration_seconds":0.5,"name":null})");
}

TEST_CASE("people see the display, and the unit once") {
  const Field with_display{"duration_seconds", 0.5, "500 ms"};
  CHECK(display_text(with_display) == "500 ms");
  CHECK(display_key(with_display) == "duration");
  CHECK(display_key({"size_bytes", 10, "10 B"}) == "size");
  const Field plain{"duration_seconds", 0.5};
  CHECK(display_text(plain) == "0.5");
  CHECK(display_key(plain) == "duration_seconds");
  CHECK(display_text({"tags", Json::array().push("a")}) == R"(["a"])");
  CHECK(display_text({"name", Json()}).empty());
}

TEST_CASE("tabs and line ends cannot break a line of tsv") {
  CHECK(escape_tsv("a\tb\nc\rd\\e") == "a\\tb\\nc\\rd\\\\e");
}
