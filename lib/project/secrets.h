// Finds what must not end up in a snapshot: private keys, tokens, password files. By name first, then by content.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace aml::project {

struct Secret {
  std::string what;  // "private key", "AWS access key"
  int line = 0;      // 0: the name gave it away
};

// `path` is relative to the project. Names alone: .env, id_rsa, *.pem, .aws/credentials, …
std::optional<Secret> find_secret_in_name(std::string_view path);

// The first secret in a file's content. Only shapes that issuers publish are looked for, with the length and alphabet
// they have, so that code which merely mentions a prefix passes. Some names add a rule: .npmrc, .pypirc, kubeconfig.
std::optional<Secret> find_secret_in_content(std::string_view path, std::string_view content);

}  // namespace aml::project
