#include "net/proxies.h"

namespace aml::net {

Proxies proxies_from(const LookUp& variable) {
  const auto first_of = [&](std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
      if (auto value = variable(name); value && !value->empty()) return *value;
    return std::string();
  };
  return {.http = first_of({"http_proxy", "all_proxy", "ALL_PROXY"}),
          .https = first_of({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}),
          .no_proxy = first_of({"no_proxy", "NO_PROXY"})};
}

std::string_view proxy_for(const Proxies& proxies, const Url& url) {
  if (is_loopback_host(url.host)) return {};
  return url.scheme == "https" ? proxies.https : proxies.http;
}

}  // namespace aml::net
