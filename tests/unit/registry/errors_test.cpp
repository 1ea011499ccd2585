#include "registry/errors.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::registry;

namespace {
Error refused(unsigned status, std::string body) {
  return refusal("h:1", "take it", {.status = status, .body = std::move(body)});
}
}  // namespace

TEST_CASE("the codes and messages of the registry are passed on") {
  CHECK(
      refused(400, R"({"errors":[{"code":"MANIFEST_INVALID","message":"bad\n config"},{"code":"DENIED"}]})").message ==
      "registry 'h:1' refused to take it: 400 MANIFEST_INVALID: bad config; DENIED");
  CHECK(refused(404, "").kind == ErrorKind::not_found);
  CHECK(refused(404, "").message == "registry 'h:1' refused to take it: 404");
  CHECK(refused(503, "").kind == ErrorKind::system);
}

TEST_CASE("anything else that comes back is shown as one short line of text") {
  CHECK(refused(502, "<html>\r\n\t<b>Bad\x1b[31m Gateway</b></html>\n").message ==
        "registry 'h:1' refused to take it: 502 <html> <b>Bad?[31m Gateway</b></html>");
  CHECK(refused(500, std::string(5000, 'x')).message.size() < 260);
}

TEST_CASE("a login that is wanted says what to do instead") {
  const Error error = refused(401, R"({"errors":[{"code":"UNAUTHORIZED"}]})");
  CHECK(error.kind == ErrorKind::system);
  CHECK(error.message == "registry 'h:1' wants a login to take it, which is not supported yet");
  CHECK(error.hint.starts_with("use a registry with anonymous access, or save the image"));
}
