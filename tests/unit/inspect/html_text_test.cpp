#include "inspect/html_text.h"

#include <doctest/doctest.h>

using namespace aml::inspect;

TEST_CASE("nothing that means something to a page stays as it is") {
  CHECK(html_text("<script>\"a\" & 'b'</script>") == "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;");
}

TEST_CASE("control characters, broken bytes and turned text are replaced") {
  CHECK(html_text("a\x1b[31m") == "a\xef\xbf\xbd[31m");
  CHECK(html_text("\xff") == "\xef\xbf\xbd");
  CHECK(html_text("\xc2\x85") == "\xef\xbf\xbd");
  CHECK(html_text("\xe2\x80\xae") == "\xef\xbf\xbd");
  CHECK(html_text("\xe2\x80\x93\xc3\xa9") == "\xe2\x80\x93\xc3\xa9");
}

TEST_CASE("long text is cut before it is escaped") { CHECK(html_text("<<<<<<", 3) == "&lt;&lt;…"); }
