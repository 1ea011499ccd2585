// Which proxy a request goes through. The usual variables are read by the main program and passed in.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "net/url.h"

namespace aml::net {

struct Proxies {
  std::string http;      // for http:// addresses; empty: none
  std::string https;     // for https:// addresses
  std::string no_proxy;  // "example.com,.internal,10.0.0.1" or "*": hosts reached directly
};

// From http_proxy, https_proxy, all_proxy and no_proxy. Upper case counts too, except HTTP_PROXY, which in a CGI
// program is a header of the request.
using LookUp = std::function<std::optional<std::string>(std::string_view name)>;
Proxies proxies_from(const LookUp& variable);

// Empty: connect directly. Loopback hosts are always reached directly. no_proxy is left to libcurl.
std::string_view proxy_for(const Proxies& proxies, const Url& url);

}  // namespace aml::net
