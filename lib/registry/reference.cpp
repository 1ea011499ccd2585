#include "registry/reference.h"

#include <fmt/format.h>

#include <algorithm>

#include "net/url.h"

namespace aml::registry {
namespace {

constexpr size_t kNameBytesMax = 255;  // host, '/' and repository: what most clients and registries accept
constexpr size_t kTagBytesMax = 128;

bool is_lower_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_word(char c) { return is_lower_alphanumeric(c) || (c >= 'A' && c <= 'Z') || c == '_'; }

// Runs of lower-case letters and digits, with one '.', one or two '_', or any number of '-' between two runs.
bool is_path_part(std::string_view part) {
  if (part.empty() || !is_lower_alphanumeric(part.front()) || !is_lower_alphanumeric(part.back())) return false;
  for (size_t i = 0; i < part.size();) {
    if (is_lower_alphanumeric(part[i])) {
      ++i;
      continue;
    }
    const size_t end = std::min(part.find_first_not_of(part[i], i), part.size());
    const size_t run_max = part[i] == '.' ? 1 : part[i] == '_' ? 2 : part[i] == '-' ? part.size() : 0;
    if (end - i > run_max || !is_lower_alphanumeric(part[end])) return false;
    i = end;
  }
  return true;
}

bool is_repository(std::string_view name) {
  for (;;) {
    const size_t slash = name.find('/');
    if (!is_path_part(name.substr(0, slash))) return false;
    if (slash == name.npos) return true;
    name.remove_prefix(slash + 1);
  }
}

bool is_tag(std::string_view tag) {
  return !tag.empty() && tag.size() <= kTagBytesMax && is_word(tag.front()) &&
         std::all_of(tag.begin(), tag.end(), [](char c) { return is_word(c) || c == '.' || c == '-'; });
}

Error bad_reference(std::string_view text, std::string_view why) {
  return Error{ErrorKind::usage, fmt::format("'{}' is not an image name: {}", text.substr(0, 300), why),
               "write HOST[:PORT]/NAME[:TAG], for example localhost:5000/penguins:1"};
}

bool looks_like_host(std::string_view part) {
  return part == "localhost" || part.find_first_of(".:") != part.npos || part.starts_with('[');
}

}  // namespace

std::string Reference::text() const {
  std::string text = host.empty() ? repository : host + "/" + repository;
  if (!tag.empty()) text.append(1, ':').append(tag);
  if (digest) text.append(1, '@').append(digest->text());
  return text;
}

std::string Reference::selector() const { return digest ? digest->text() : tag; }

Result<Reference> parse_reference(std::string_view text) {
  Reference reference;
  std::string_view rest = text;
  if (const size_t at = rest.find('@'); at != rest.npos) {
    const std::string_view digest = rest.substr(at + 1);
    reference.digest = digest.starts_with("sha256:") ? Digest::parse(digest) : std::nullopt;
    if (!reference.digest) return bad_reference(text, "what follows '@' is not a sha256 digest");
    rest = rest.substr(0, at);
  }
  if (const size_t slash = rest.find('/'); slash != rest.npos && looks_like_host(rest.substr(0, slash))) {
    reference.host = rest.substr(0, slash);
    if (!net::Url::parse("https://" + reference.host).ok()) return bad_reference(text, "the host is not valid");
    rest = rest.substr(slash + 1);
  }
  if (const size_t colon = rest.find(':'); colon != rest.npos) {
    reference.tag = rest.substr(colon + 1);
    if (!is_tag(reference.tag))
      return bad_reference(
          text, "a tag is up to 128 letters, digits, '_', '.' and '-', and starts with none of the last two");
    rest = rest.substr(0, colon);
  }
  if (!is_repository(rest))
    return bad_reference(text, "a name is made of lower-case letters and digits, with '.', '_' or '-' in between");
  if (reference.host.size() + 1 + rest.size() > kNameBytesMax)
    return bad_reference(text, fmt::format("it is longer than {} bytes", kNameBytesMax));
  reference.repository = rest;
  if (reference.tag.empty() && !reference.digest) reference.tag = "latest";
  return reference;
}

Status check_has_host(const Reference& reference) {
  if (!reference.host.empty()) return {};
  return Error{ErrorKind::usage, fmt::format("'{}' names no registry", reference.text()),
               fmt::format("put the host in front, for example localhost:5000/{}", reference.text())};
}

}  // namespace aml::registry
