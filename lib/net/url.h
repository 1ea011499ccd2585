// http and https addresses in their parts (RFC 3986, without user names and fragments).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace aml::net {

struct Url {
  std::string scheme;      // "http" or "https"
  std::string host;        // lower case; an IPv6 address without its brackets
  uint16_t port = 0;       // never 0 once parsed
  std::string path = "/";  // starts with '/', percent signs as given
  std::string query = {};  // without '?'

  static Result<Url> parse(std::string_view text);

  std::string text() const;
  std::string authority() const;  // "host" or "host:port", as in the Host header
  bool has_same_origin(const Url& other) const;
  bool operator==(const Url&) const = default;
};

// What a Location header means: an absolute address, or one relative to the address it came from.
Result<Url> resolve(const Url& base, std::string_view reference);

// Adds "name=value" to the query, the value percent-encoded.
void add_query(Url& url, std::string_view name, std::string_view value);

std::string percent_encode(std::string_view text);  // all but letters, digits and "-._~"

bool is_loopback_host(std::string_view host);  // localhost, *.localhost, 127.0.0.0/8, ::1

// An address literal that only means something inside one network: loopback, private, link-local, unspecified. A
// server that sends us to one, without being there itself, may want to reach what it cannot.
bool is_private_address(std::string_view host);

}  // namespace aml::net
