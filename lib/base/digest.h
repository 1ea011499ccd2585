// SHA-256 digests: the name of everything the store keeps. Written "sha256:<64 hex>" as in OCI.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace aml {

class Digest {
 public:
  Digest() = default;
  explicit Digest(std::array<uint8_t, 32> bytes) : bytes_(bytes) {}

  // Accepts "sha256:<64 lower-case hex>" and the bare 64 digits; nothing else.
  static std::optional<Digest> parse(std::string_view text);

  std::string hex() const;   // 64 digits
  std::string text() const;  // "sha256:" + hex()
  auto operator<=>(const Digest&) const = default;

 private:
  std::array<uint8_t, 32> bytes_{};
};

// Feeds bytes piece by piece. finish() may be called once.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::string_view bytes);
  Digest finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

Digest sha256(std::string_view bytes);

}  // namespace aml
