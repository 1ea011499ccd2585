#include "net/url.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::net;

namespace {
std::string resolved(std::string_view base, std::string_view reference) {
  const auto url = resolve(Url::parse(base).value(), reference);
  return url.ok() ? url->text() : url.error().message;
}
}  // namespace

TEST_CASE("an address is taken apart and put together") {
  const auto url = Url::parse("HTTPS://Registry.Example.COM:8443/v2/a%2Fb?x=1&y=2#part");
  REQUIRE(url.ok());
  CHECK(url->scheme == "https");
  CHECK(url->host == "registry.example.com");
  CHECK(url->port == 8443);
  CHECK(url->path == "/v2/a%2Fb");
  CHECK(url->query == "x=1&y=2");
  CHECK(url->text() == "https://registry.example.com:8443/v2/a%2Fb?x=1&y=2");
  CHECK(Url::parse("http://[::1]:5000").value().text() == "http://[::1]:5000/");
  CHECK(Url::parse("http://h:80").value().authority() == "h");
  CHECK(Url::parse("https://h?q").value().text() == "https://h/?q");
}

TEST_CASE("what is no address is refused with the reason") {
  const auto why = [](std::string_view text) { return Url::parse(text).error().message; };
  CHECK(why("ftp://a") == "'ftp://a' is not a usable address: it does not start with http:// or https://");
  CHECK(why("localhost:5000").ends_with("it does not start with http:// or https://"));
  CHECK(why("http://").ends_with("the host is missing"));
  CHECK(why("http://user:pw@h/").ends_with("it holds a user name"));
  CHECK(why("http://h:0/").ends_with("the port is not a number from 1 to 65535"));
  CHECK(why("http://h:65536/").ends_with("the port is not a number from 1 to 65535"));
  CHECK(why("http://h:8x/").ends_with("the port is not a number from 1 to 65535"));
  CHECK(why("http://h:/").ends_with("the port is not a number from 1 to 65535"));
  CHECK(why("http://a b/").ends_with("it holds a space or a control character"));
  CHECK(why("http://h/\r\nX: y").ends_with("it holds a space or a control character"));
  CHECK(why("http://[::1").ends_with("']' is missing"));
  CHECK(why("http://[nonsense]/").ends_with("the address in brackets is not IPv6"));
  CHECK(why("http://a,b/").ends_with("the host holds a character that no host may"));
}

TEST_CASE("a reference is resolved against the address it came from") {
  const std::string_view base = "http://h:1/a/b/c?d=e";
  CHECK(resolved(base, "https://other/x") == "https://other/x");
  CHECK(resolved(base, "//other/x") == "http://other/x");
  CHECK(resolved(base, "/x?y") == "http://h:1/x?y");
  CHECK(resolved(base, "x/y") == "http://h:1/a/b/x/y");
  CHECK(resolved(base, "?z") == "http://h:1/a/b/c?z");
  CHECK(resolved(base, "../x") == "http://h:1/a/x");
  CHECK(resolved(base, "/../../x/./y/..") == "http://h:1/x/");
  CHECK(resolved(base, "/u?next=http://other/") == "http://h:1/u?next=http://other/");
  CHECK(resolved(base, "") == "http://h:1/a/b/c?d=e");
  CHECK(resolved(base, "file:///etc/passwd").ends_with("it does not start with http:// or https://"));
}

TEST_CASE("queries grow by encoded values") {
  Url url = Url::parse("http://h/p").value();
  add_query(url, "digest", "sha256:ab");
  add_query(url, "n", "a b/ü");
  CHECK(url.text() == "http://h/p?digest=sha256%3Aab&n=a%20b%2F%C3%BC");
}

TEST_CASE("loopback and private addresses are known by their literals only") {
  for (const char* host : {"localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "::1"}) CHECK(is_loopback_host(host));
  for (const char* host : {"example.com", "128.0.0.1", "localhost.example.com", "127.0.0.1.example.com", "::2"})
    CHECK_FALSE(is_loopback_host(host));
  for (const char* host : {"127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
                           "100.64.0.1", "0.0.0.0", "::", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1"})
    CHECK(is_private_address(host));
  for (const char* host : {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2001:db8::1", "registry.example.com"})
    CHECK_FALSE(is_private_address(host));
}
