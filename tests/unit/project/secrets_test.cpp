#include "project/secrets.h"

#include <doctest/doctest.h>

#include <string>

using namespace aml::project;

namespace {

// Built from parts, so that this file is no secret itself.
std::string joined(const char* prefix, const char* body) { return std::string(prefix) + body; }
std::string random_text(size_t length) {
  const std::string digits = "a1B2c3D4e5F6g7H8i9J0kLmNoPqRsTuVwXyZ";
  std::string text;
  while (text.size() < length) text += digits;
  return text.substr(0, length);
}
std::string upper_text(size_t length) { return std::string("Q7WE9RTZUI4OPAS2DFGH3").substr(0, length); }

std::string found(std::string_view content, std::string_view path = "a.py") {
  const auto secret = find_secret_in_content(path, content);
  return secret ? secret->what + ":" + std::to_string(secret->line) : "";
}

}  // namespace

TEST_CASE("files that usually hold secrets are found by name") {
  for (const char* name : {".env", "x/.env.production", "server.pem", "tls/my.key", "id_rsa", "x/id_ed25519", ".netrc",
                           ".pgpass", ".aws/credentials", "home/.docker/config.json", ".kube/config", "kubeconfig"})
    CHECK_MESSAGE(find_secret_in_name(name).has_value(), name);
  for (const char* name : {".env.example", "id_rsa.pub", "environment.yml", "keys.py", "aws/credentials",
                           "docker/config.json", "x.aws/credentials", "config", "key", "monkey"})
    CHECK_MESSAGE(!find_secret_in_name(name).has_value(), name);
}

TEST_CASE("tokens are found with their line") {
  CHECK(found("a\nb = '" + joined("AKIA", upper_text(16).c_str()) + "'\n") == "AWS access key:2");
  CHECK(found(joined("AIza", random_text(35).c_str())) == "Google API key:1");
  CHECK(found("\n\ntoken: " + joined("ghp_", random_text(36).c_str())) == "GitHub token:3");
  CHECK(found(joined("github_pat_", random_text(60).c_str())) == "GitHub token:1");
  CHECK(found(joined("xoxb-", random_text(30).c_str())) == "Slack token:1");
  CHECK(found(joined("hf_", "abcdefghijABCDEFGHIJabcdefghijKLMN")) == "Hugging Face token:1");
  CHECK(found(joined("sk-proj-", random_text(60).c_str())) == "OpenAI key:1");
  CHECK(found(joined("sk-", random_text(48).c_str())) == "OpenAI key:1");
  CHECK(found(joined("glpat-", random_text(20).c_str())) == "GitLab token:1");
}

TEST_CASE("the first of several secrets is named") {
  const std::string github = joined("ghp_", random_text(36).c_str());
  const std::string aws = joined("AKIA", upper_text(16).c_str());
  CHECK(found("x\n" + github + "\n" + aws) == "GitHub token:2");
  CHECK(found("x\n" + aws + "\n" + github) == "AWS access key:2");
}

TEST_CASE("private keys are found, also inside JSON") {
  const std::string begin = joined("-----BEGIN ", "RSA PRIVATE KEY-----");
  CHECK(found("x\n" + begin + "\n" + random_text(64) + "\n") == "private key:2");
  CHECK(found(begin + "\r\n" + random_text(64)) == "private key:1");
  CHECK(found("{\"private_key\": \"" + begin + "\\n" + random_text(64) + "\\n\"}") == "private key:1");
  CHECK(found(begin + "\nProc-Type: 4,ENCRYPTED\n") == "private key:1");
}

TEST_CASE("code and prose that only mention secrets pass") {
  CHECK(found("header = '-----BEGIN PRIVATE KEY-----'\n") == "");
  CHECK(found(joined("-----BEGIN ", "PUBLIC KEY-----\n") + random_text(64)) == "");
  CHECK(found("prefix AKIA, or ghp_, and sk-learn, mask-rcnn-resnet50-fpn-coco-2017-trained-weights") == "");
  CHECK(found(joined("AKIA", "IOSFODNN7EXAMPLE")) == "");
  CHECK(found(joined("ghp_", std::string(36, 'x').c_str())) == "");
  CHECK(found(joined("xAKIA", upper_text(16).c_str())) == "");
  CHECK(found(joined("AKIA", upper_text(16).c_str()) + "X") == "");
}

TEST_CASE("package manager settings are refused for their tokens only") {
  CHECK(found("registry=https://r.example/\n", ".npmrc") == "");
  CHECK(found("registry=x\n//r/:_authToken=abc\n", "web/.npmrc") == "npm token:2");
  CHECK(found("password = abc\n", ".pypirc") == "PyPI password:1");
  CHECK(found("password = abc\n", "settings.ini") == "");
}
