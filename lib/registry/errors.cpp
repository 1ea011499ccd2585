#include "registry/errors.h"

#include <fmt/format.h>

#include "text/json.h"

namespace aml::registry {
namespace {

constexpr size_t kBodyShownMax = 200;

// One line of printable text, because the sender may be anything.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text.substr(0, kBodyShownMax)) {
    const bool is_space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (is_space && (line.empty() || line.back() == ' ')) continue;
    if (is_space) line += ' ';
    else line += c >= ' ' && c <= '~' ? c : '?';
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

// "CODE: message; CODE: message" of a distribution-spec error body, or nothing.
std::string spec_errors(const std::string& body) {
  const auto json = text::parse_json(body);
  if (!json.ok()) return {};
  std::string text;
  for (const text::Json& error : (*json)["errors"].items()) {
    if (!text.empty()) text += "; ";
    text += one_line(error.string_or("code", "error"));
    if (const std::string message = one_line(error.string_or("message", "")); !message.empty()) text += ": " + message;
  }
  return text;
}

std::string reason_of(const net::Response& response) {
  std::string reason = spec_errors(response.body);
  return reason.empty() ? one_line(response.body) : reason;
}

}  // namespace

Error refusal(std::string_view host, std::string_view what, const net::Response& response) {
  if (response.status == 401)
    return Error{ErrorKind::system,
                 fmt::format("registry '{}' wants a login to {}, which is not supported yet", host, what),
                 "use a registry with anonymous access, or save the image with 'amldeploy build -o image.tar' and copy "
                 "it with 'skopeo copy --dest-creds USER oci-archive:image.tar docker://HOST/NAME:TAG'"};
  const std::string reason = reason_of(response);
  Error error{ErrorKind::system, fmt::format("registry '{}' refused to {}: {}{}{}", host, what, response.status,
                                             reason.empty() ? "" : " ", reason)};
  if (response.status == 404) {
    error.kind = ErrorKind::not_found;
    error.hint = "check the name and the tag";
  }
  if (response.status == 403) error.hint = "ask who runs the registry for the right to do this";
  if (response.status == 429 || response.status >= 500)
    error.hint = "the registry is overloaded or broken; try again later";
  return error;
}

}  // namespace aml::registry
