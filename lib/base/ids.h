// Identities as types. A RunId is a UUIDv7 (RFC 9562) written as 32 lower-case hex digits: sortable by time and
// unique across machines without asking anyone.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace aml {

class RunId {
 public:
  RunId() = default;

  // `entropy` is 74 random bits (the low ten bits of the first word and all of the second).
  static RunId make(Instant now, std::array<uint64_t, 2> entropy);
  static std::optional<RunId> parse(std::string_view text);  // exactly 32 lower-case hex digits

  const std::string& text() const { return text_; }
  Instant created() const;  // to the millisecond
  auto operator<=>(const RunId&) const = default;

 private:
  explicit RunId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace aml
