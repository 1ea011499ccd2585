#include "registry/reference.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::registry;

namespace {
const std::string kHex(64, 'a');
Reference parsed(std::string_view text) {
  const auto reference = parse_reference(text);
  REQUIRE_MESSAGE(reference.ok(), text);
  return *reference;
}
}  // namespace

TEST_CASE("a reference has a host, a repository and a tag or digest") {
  CHECK(parsed("localhost:5000/penguins:1") == Reference{"localhost:5000", "penguins", "1", {}});
  CHECK(parsed("registry.example.com/team/models/penguins:v1.0-rc_2") ==
        Reference{"registry.example.com", "team/models/penguins", "v1.0-rc_2", {}});
  CHECK(parsed("localhost/a") == Reference{"localhost", "a", "latest", {}});
  CHECK(parsed("[::1]:5000/a:b") == Reference{"[::1]:5000", "a", "b", {}});
  CHECK(parsed("h.io/a@sha256:" + kHex) == Reference{"h.io", "a", "", Digest::parse(kHex)});
  CHECK(parsed("h.io/a:t@sha256:" + kHex) == Reference{"h.io", "a", "t", Digest::parse(kHex)});
}

TEST_CASE("without a dot, a colon or localhost the first part is no host") {
  CHECK(parsed("penguins:1") == Reference{"", "penguins", "1", {}});
  CHECK(parsed("team/penguins") == Reference{"", "team/penguins", "latest", {}});
}

TEST_CASE("the text of a reference is what was parsed, with its tag") {
  for (const std::string text : {"localhost:5000/penguins:1", "penguins:1", "h.io/a/b:t"})
    CHECK(parsed(text).text() == text);
  CHECK(parsed("h.io/a").text() == "h.io/a:latest");
  CHECK(parsed("h.io/a@sha256:" + kHex).text() == "h.io/a@sha256:" + kHex);
  CHECK(parsed("h.io/a:t@sha256:" + kHex).selector() == "sha256:" + kHex);
  CHECK(parsed("h.io/a:t").selector() == "t");
}

TEST_CASE("repository names follow the distribution spec") {
  for (const char* name : {"a", "a0", "a.b", "a_b", "a__b", "a-b", "a---b", "a/b.c/d_e"})
    CHECK(parsed(name).repository == name);
  for (const char* name : {"", "A", "a..b", "a___b", "_a", "a-", "a//b", "a/", "/a", "a._b", "a b", "ä", "a+b"}) {
    const auto reference = parse_reference(name);
    REQUIRE_FALSE(reference.ok());
    CHECK(reference.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("what is wrong with a reference is said") {
  const auto why = [](const std::string& text) { return parse_reference(text).error().message; };
  CHECK(why("Penguins") ==
        "'Penguins' is not an image name: a name is made of lower-case letters and digits, with '.', "
        "'_' or '-' in between");
  CHECK(why("a:") ==
        "'a:' is not an image name: a tag is up to 128 letters, digits, '_', '.' and '-', and starts with "
        "none of the last two");
  CHECK(why("a:.b").find("a tag is") != std::string::npos);
  CHECK(why("a:" + std::string(129, 't')).find("a tag is") != std::string::npos);
  CHECK(why("a@sha256:12").ends_with("what follows '@' is not a sha256 digest"));
  CHECK(why("a@" + kHex).ends_with("what follows '@' is not a sha256 digest"));
  CHECK(why("a.b:x/c").ends_with("the host is not valid"));
  CHECK(why("h.io/" + std::string(251, 'a')).ends_with("it is longer than 255 bytes"));
  CHECK(parse_reference("h.io/" + std::string(250, 'a')).ok());
  CHECK(check_has_host(parsed("penguins:1")).error().message == "'penguins:1' names no registry");
  CHECK(check_has_host(parsed("localhost/penguins:1")).ok());
}
