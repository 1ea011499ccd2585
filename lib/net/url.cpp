#include "net/url.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace aml::net {
namespace {

Error bad_url(std::string_view text, std::string_view why) {
  return Error{ErrorKind::usage, fmt::format("'{}' is not a usable address: {}", text.substr(0, 300), why),
               "write it as https://HOST[:PORT]/PATH"};
}

uint16_t default_port(std::string_view scheme) { return scheme == "http" ? 80 : 443; }

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

std::optional<std::array<uint8_t, 4>> parse_ipv4(const std::string& host) {
  std::array<uint8_t, 4> bytes{};
  if (inet_pton(AF_INET, host.c_str(), bytes.data()) != 1) return std::nullopt;
  return bytes;
}

std::optional<std::array<uint8_t, 16>> parse_ipv6(const std::string& host) {
  std::array<uint8_t, 16> bytes{};
  if (inet_pton(AF_INET6, host.c_str(), bytes.data()) != 1) return std::nullopt;
  return bytes;
}

// Splits "host:port", "[::1]:port" or "host" into the parts of `url`.
Status parse_authority(Url& url, std::string_view authority, std::string_view text) {
  if (authority.find('@') != authority.npos) return bad_url(text, "it holds a user name");
  std::string_view port;
  if (authority.starts_with('[')) {
    const size_t end = authority.find(']');
    if (end == authority.npos) return bad_url(text, "']' is missing");
    url.host = lower(authority.substr(1, end - 1));
    if (!parse_ipv6(url.host)) return bad_url(text, "the address in brackets is not IPv6");
    port = authority.substr(end + 1);
  } else {
    const size_t colon = std::min(authority.find(':'), authority.size());
    url.host = lower(authority.substr(0, colon));
    if (url.host.empty()) return bad_url(text, "the host is missing");
    if (!std::all_of(url.host.begin(), url.host.end(), is_host_character))
      return bad_url(text, "the host holds a character that no host may");
    port = authority.substr(colon);
  }
  url.port = default_port(url.scheme);
  if (port.empty()) return {};
  const auto [end, error] = std::from_chars(port.data() + 1, port.data() + port.size(), url.port);
  if (port[0] != ':' || error != std::errc() || end != port.data() + port.size() || url.port == 0)
    return bad_url(text, "the port is not a number from 1 to 65535");
  return {};
}

// Removes "." and ".." parts (RFC 3986 5.2.4).
std::string remove_dots(std::string_view path) {
  std::string result;
  while (!path.empty()) {
    const size_t slash = std::min(path.find('/', 1), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(slash);
    const bool is_last = path.empty();
    if (part == "/..") result.resize(std::min(result.rfind('/'), result.size()));
    if (part != "/." && part != "/..") result += part;
    if (is_last && (part == "/." || part == "/..")) result += '/';
  }
  return result.empty() ? "/" : result;
}

void set_path_and_query(Url& url, std::string_view target) {
  target = target.substr(0, target.find('#'));
  const size_t question = std::min(target.find('?'), target.size());
  url.path = question == 0 ? std::string_view("/") : target.substr(0, question);
  url.query = question < target.size() ? std::string(target.substr(question + 1)) : std::string();
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  Url url;
  const size_t separator = text.find("://");
  if (separator == text.npos) return bad_url(text, "it does not start with http:// or https://");
  url.scheme = lower(text.substr(0, separator));
  if (url.scheme != "http" && url.scheme != "https") return bad_url(text, "it does not start with http:// or https://");
  if (std::any_of(text.begin(), text.end(), [](char c) { return c >= 0 && (c <= ' ' || c == 127); }))
    return bad_url(text, "it holds a space or a control character");
  const std::string_view rest = text.substr(separator + 3);
  const size_t path = std::min(rest.find_first_of("/?#"), rest.size());
  TRY(parse_authority(url, rest.substr(0, path), text));
  set_path_and_query(url, rest.substr(path));
  return url;
}

std::string Url::authority() const {
  const std::string bracketed = host.find(':') == host.npos ? host : "[" + host + "]";
  return port == default_port(scheme) ? bracketed : fmt::format("{}:{}", bracketed, port);
}

std::string Url::text() const {
  return fmt::format("{}://{}{}{}{}", scheme, authority(), path, query.empty() ? "" : "?", query);
}

bool Url::has_same_origin(const Url& other) const {
  return scheme == other.scheme && host == other.host && port == other.port;
}

Result<Url> resolve(const Url& base, std::string_view reference) {
  if (reference.find("://") < reference.find_first_of("/?#")) return Url::parse(reference);
  if (reference.starts_with("//")) return Url::parse(base.scheme + ":" + std::string(reference));
  Url url = base;
  if (reference.starts_with('?')) {
    url.query = reference.substr(1);
  } else if (reference.starts_with('/')) {
    set_path_and_query(url, reference);
  } else if (!reference.empty()) {
    set_path_and_query(url, base.path.substr(0, base.path.rfind('/') + 1) + std::string(reference));
  }
  url.path = remove_dots(url.path);
  return Url::parse(url.text());  // what a server sent is checked like what a user typed
}

void add_query(Url& url, std::string_view name, std::string_view value) {
  if (!url.query.empty()) url.query += '&';
  url.query += fmt::format("{}={}", name, percent_encode(value));
}

std::string percent_encode(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                          c == '.' || c == '_' || c == '~';
    if (is_plain) result += c;
    else result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return result;
}

bool is_loopback_host(std::string_view host) {
  const std::string name(host);
  if (name == "localhost" || name.ends_with(".localhost")) return true;
  if (const auto ipv4 = parse_ipv4(name)) return (*ipv4)[0] == 127;
  const auto ipv6 = parse_ipv6(name);
  return ipv6 && *ipv6 == std::array<uint8_t, 16>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
}

bool is_private_address(std::string_view host) {
  if (is_loopback_host(host)) return true;
  const std::string name(host);
  if (const auto ipv4 = parse_ipv4(name)) {
    const auto [a, b, c, d] = *ipv4;
    return a == 0 || a == 10 || (a == 100 && b >= 64 && b < 128) || (a == 169 && b == 254) ||
           (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168);
  }
  const auto ipv6 = parse_ipv6(name);
  if (!ipv6) return false;
  const bool starts_with_zeros = std::all_of(ipv6->begin(), ipv6->begin() + 8, [](uint8_t byte) { return byte == 0; });
  // fc00::/7 unique local, fe80::/10 link-local, ::/64 with unspecified and IPv4-mapped addresses
  return ((*ipv6)[0] & 0xfe) == 0xfc || ((*ipv6)[0] == 0xfe && ((*ipv6)[1] & 0xc0) == 0x80) || starts_with_zeros;
}

}  // namespace aml::net
