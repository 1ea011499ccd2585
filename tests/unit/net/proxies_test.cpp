#include "net/proxies.h"

#include <doctest/doctest.h>

#include <map>

using namespace aml::net;

namespace {
Proxies proxies_of(std::map<std::string, std::string, std::less<>> variables) {
  return proxies_from([&](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  });
}
}  // namespace

TEST_CASE("the usual variables name the proxies") {
  CHECK(proxies_of({{"http_proxy", "http://p:1"}}).http == "http://p:1");
  CHECK(proxies_of({{"http_proxy", "http://p:1"}}).https.empty());
  CHECK(proxies_of({{"HTTPS_PROXY", "http://p:2"}}).https == "http://p:2");
  CHECK(proxies_of({{"https_proxy", "lower"}, {"HTTPS_PROXY", "upper"}}).https == "lower");
  CHECK(proxies_of({{"all_proxy", "http://p:3"}}).http == "http://p:3");
  CHECK(proxies_of({{"NO_PROXY", "a,b"}}).no_proxy == "a,b");
  CHECK(proxies_of({{"HTTP_PROXY", "http://p:1"}}).http.empty());
}

TEST_CASE("the scheme chooses the proxy and loopback needs none") {
  const Proxies proxies{"http://plain:1", "http://secure:2", ""};
  CHECK(proxy_for(proxies, Url::parse("http://a/").value()) == "http://plain:1");
  CHECK(proxy_for(proxies, Url::parse("https://a/").value()) == "http://secure:2");
  CHECK(proxy_for(proxies, Url::parse("http://127.0.0.1:5000/").value()).empty());
  CHECK(proxy_for(proxies, Url::parse("https://localhost/").value()).empty());
}
