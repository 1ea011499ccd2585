#include "project/secrets.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "project/glob.h"

namespace aml::project {
namespace {

struct NameRule {
  std::string_view pattern;
  std::string_view what;
};

constexpr std::array kNameRules = {
    NameRule{".env", "environment file"},
    NameRule{".env.*", "environment file"},
    NameRule{"*.pem", "key or certificate"},
    NameRule{"*.key", "private key"},
    NameRule{"*.p12", "key store"},
    NameRule{"*.pfx", "key store"},
    NameRule{"*.ppk", "private key"},
    NameRule{"id_rsa", "SSH private key"},
    NameRule{"id_dsa", "SSH private key"},
    NameRule{"id_ecdsa", "SSH private key"},
    NameRule{"id_ecdsa_sk", "SSH private key"},
    NameRule{"id_ed25519", "SSH private key"},
    NameRule{"id_ed25519_sk", "SSH private key"},
    NameRule{".netrc", "password file"},
    NameRule{"_netrc", "password file"},
    NameRule{".pgpass", "password file"},
    NameRule{".git-credentials", "password file"},
    NameRule{".htpasswd", "password file"},
    NameRule{"kubeconfig", "cluster credentials"},
    NameRule{".aws/credentials", "AWS credentials"},
    NameRule{".docker/config.json", "registry credentials"},
    NameRule{".kube/config", "cluster credentials"},
};

// Templates that are committed on purpose.
constexpr std::array<std::string_view, 4> kHarmlessNames = {".env.example", ".env.sample", ".env.template",
                                                            ".env.dist"};

enum class Alphabet : uint8_t { upper_digits, letters, alnum, alnum_dash };

// A token: a prefix its issuer publishes, then at least so many characters of an alphabet.
struct TokenRule {
  std::string_view prefix;
  size_t length_min;
  size_t length_max;  // 0: any; otherwise a longer run is something else
  Alphabet alphabet;
  std::string_view what;
};

constexpr std::array kTokenRules = {
    TokenRule{"AKIA", 16, 16, Alphabet::upper_digits, "AWS access key"},
    TokenRule{"ASIA", 16, 16, Alphabet::upper_digits, "AWS access key"},
    TokenRule{"AIza", 35, 35, Alphabet::alnum_dash, "Google API key"},
    TokenRule{"ghp_", 36, 36, Alphabet::alnum, "GitHub token"},
    TokenRule{"gho_", 36, 36, Alphabet::alnum, "GitHub token"},
    TokenRule{"ghu_", 36, 36, Alphabet::alnum, "GitHub token"},
    TokenRule{"ghs_", 36, 0, Alphabet::alnum, "GitHub token"},
    TokenRule{"ghr_", 36, 0, Alphabet::alnum, "GitHub token"},
    TokenRule{"github_pat_", 40, 0, Alphabet::alnum_dash, "GitHub token"},
    TokenRule{"glpat-", 20, 0, Alphabet::alnum_dash, "GitLab token"},
    TokenRule{"xoxb-", 20, 0, Alphabet::alnum_dash, "Slack token"},
    TokenRule{"xoxp-", 20, 0, Alphabet::alnum_dash, "Slack token"},
    TokenRule{"xoxa-", 20, 0, Alphabet::alnum_dash, "Slack token"},
    TokenRule{"xoxs-", 20, 0, Alphabet::alnum_dash, "Slack token"},
    TokenRule{"hf_", 34, 40, Alphabet::letters, "Hugging Face token"},
    TokenRule{"sk-proj-", 40, 0, Alphabet::alnum_dash, "OpenAI key"},
    TokenRule{"sk-ant-", 40, 0, Alphabet::alnum_dash, "Anthropic key"},
    TokenRule{"sk-", 48, 48, Alphabet::alnum, "OpenAI key"},
    TokenRule{"sk_live_", 24, 0, Alphabet::alnum, "Stripe key"},
    TokenRule{"npm_", 36, 36, Alphabet::alnum, "npm token"},
    TokenRule{"pypi-AgEIcHlwaS5vcmc", 50, 0, Alphabet::alnum_dash, "PyPI token"},
};

// A file of one of these names is refused for a setting that is harmless elsewhere.
struct SettingRule {
  std::string_view name;
  std::string_view setting;
  std::string_view what;
};

constexpr std::array kSettingRules = {
    SettingRule{".npmrc", "_authToken", "npm token"},
    SettingRule{".npmrc", "_password", "npm password"},
    SettingRule{".pypirc", "password", "PyPI password"},
};

bool is_in(Alphabet alphabet, char c) {
  const auto byte = static_cast<unsigned char>(c);
  switch (alphabet) {
    case Alphabet::upper_digits: return std::isupper(byte) != 0 || std::isdigit(byte) != 0;
    case Alphabet::letters: return std::isalpha(byte) != 0;
    case Alphabet::alnum: return std::isalnum(byte) != 0;
    case Alphabet::alnum_dash: return std::isalnum(byte) != 0 || c == '-' || c == '_';
  }
  return false;
}

bool is_word(char c) { return is_in(Alphabet::alnum_dash, c); }

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// A pattern with a '/' is compared with the end of the path, another with its last part.
bool matches_name_rule(std::string_view pattern, std::string_view path) {
  if (pattern.find('/') == std::string_view::npos) return glob_matches(pattern, last_part(path), Slashes::separate);
  if (!path.ends_with(pattern)) return false;
  return path.size() == pattern.size() || path[path.size() - pattern.size() - 1] == '/';
}

int line_of(std::string_view content, size_t offset) {
  return 1 + static_cast<int>(std::count(content.begin(), content.begin() + static_cast<ptrdiff_t>(offset), '\n'));
}

// Documentation writes keys like AKIAIOSFODNN7EXAMPLE, ghp_xxxxxxxx… and sk-…: an example, or one character repeated.
bool is_placeholder(std::string_view body) {
  if (body.ends_with("EXAMPLE")) return true;
  return std::all_of(body.begin(), body.end(), [&](char c) { return c == body[0]; });
}

bool is_token(const TokenRule& rule, std::string_view content, size_t at) {
  if (at > 0 && is_word(content[at - 1])) return false;
  const std::string_view rest = content.substr(at + rule.prefix.size());
  const auto end = std::find_if_not(rest.begin(), rest.end(), [&](char c) { return is_in(rule.alphabet, c); });
  const auto length = static_cast<size_t>(end - rest.begin());
  if (length < rule.length_min || (rule.length_max != 0 && length > rule.length_max)) return false;
  return !is_placeholder(rest.substr(0, length));
}

std::optional<size_t> find_token(const TokenRule& rule, std::string_view content) {
  for (size_t at = content.find(rule.prefix); at != std::string_view::npos; at = content.find(rule.prefix, at + 1))
    if (is_token(rule, content, at)) return at;
  return std::nullopt;
}

// The header of a PEM private key with key material behind it; line ends may be written as \n in JSON. A program that
// only mentions the header has quotes there.
std::optional<size_t> find_private_key(std::string_view content) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  constexpr size_t kMaterialMin = 32;
  for (size_t at = content.find(kBegin); at != std::string_view::npos; at = content.find(kBegin, at + 1)) {
    const std::string_view header = content.substr(at + kBegin.size(), 48);
    const size_t key = header.find("PRIVATE KEY");
    const size_t dashes = header.find("-----");
    if (key == std::string_view::npos || dashes == std::string_view::npos || key > dashes) continue;
    std::string_view rest = content.substr(at + kBegin.size() + dashes + 5);
    size_t breaks = 0;
    for (; rest.starts_with("\n") || rest.starts_with("\r"); ++breaks) rest.remove_prefix(1);
    for (; rest.starts_with("\\n"); ++breaks) rest.remove_prefix(2);
    if (breaks == 0) continue;
    const auto end = std::find_if_not(rest.begin(), rest.end(),
                                      [](char c) { return is_in(Alphabet::alnum, c) || c == '+' || c == '/'; });
    const bool has_material = static_cast<size_t>(end - rest.begin()) >= kMaterialMin;
    if (has_material || rest.starts_with("Proc-Type:") || rest.starts_with("Version:")) return at;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Secret> find_secret_in_name(std::string_view path) {
  const std::string_view name = last_part(path);
  if (std::find(kHarmlessNames.begin(), kHarmlessNames.end(), name) != kHarmlessNames.end()) return std::nullopt;
  for (const NameRule& rule : kNameRules) {
    if (matches_name_rule(rule.pattern, path)) return Secret{std::string(rule.what), 0};
  }
  return std::nullopt;
}

std::optional<Secret> find_secret_in_content(std::string_view path, std::string_view content) {
  std::optional<Secret> first;
  size_t first_at = content.size();
  const auto consider = [&](std::optional<size_t> at, std::string_view what) {
    if (!at || *at >= first_at) return;
    first_at = *at;
    first = Secret{std::string(what), 0};
  };
  consider(find_private_key(content), "private key");
  for (const TokenRule& rule : kTokenRules) consider(find_token(rule, content), rule.what);
  for (const SettingRule& rule : kSettingRules) {
    if (last_part(path) != rule.name) continue;
    const size_t at = content.find(rule.setting);
    if (at != std::string_view::npos) consider(at, rule.what);
  }
  if (first) first->line = line_of(content, first_at);
  return first;
}

}  // namespace aml::project
