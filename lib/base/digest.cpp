#include "base/digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstring>

#include "base/bytes.h"
#include "base/check.h"

namespace aml {

struct Sha256::Context {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> evp{EVP_MD_CTX_new()};
};

std::optional<Digest> Digest::parse(std::string_view text) {
  static constexpr std::string_view kPrefix = "sha256:";
  if (text.starts_with(kPrefix)) text.remove_prefix(kPrefix.size());
  if (text.size() != 64 || std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'F'; }))
    return std::nullopt;
  const auto bytes = from_hex(text);
  if (!bytes) return std::nullopt;
  std::array<uint8_t, 32> array{};
  std::memcpy(array.data(), bytes->data(), array.size());
  return Digest(array);
}

std::string Digest::hex() const { return to_hex(bytes_); }

std::string Digest::text() const { return "sha256:" + hex(); }

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  AML_CHECK(EVP_DigestInit_ex(context_->evp.get(), EVP_sha256(), nullptr) == 1);
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
  AML_CHECK(EVP_DigestUpdate(context_->evp.get(), bytes.data(), bytes.size()) == 1);
}

Digest Sha256::finish() {
  std::array<uint8_t, 32> bytes{};
  AML_CHECK(EVP_DigestFinal_ex(context_->evp.get(), bytes.data(), nullptr) == 1);
  return Digest(bytes);
}

Digest sha256(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.finish();
}

}  // namespace aml
