// When to ask again and how long to wait before: data and arithmetic, no sleeping.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/random.h"
#include "base/time.h"

namespace aml::net {

struct RetryPolicy {
  int tries_max = 6;  // the first one included
  int64_t base_ms = 500;
  int64_t cap_ms = 30'000;
  int64_t retry_after_cap_ms = 300'000;  // a server may ask for longer; it does not get it
};

// Answers that say "later" rather than "no": 408, 425, 429, 499, 500, 502, 503, 504, 522.
bool is_retryable_status(unsigned status);

// "120" or an HTTP date ("Wed, 21 Oct 2015 07:28:00 GMT"), as milliseconds from now; nothing for anything else.
std::optional<int64_t> parse_retry_after_ms(std::string_view value, Instant now);

// Before try `next_try` (2 is the first repetition): what the server asked for, else exponential with full jitter, so
// that clients that failed together do not come back together.
int64_t retry_delay_ms(const RetryPolicy& policy, int next_try, std::optional<int64_t> retry_after_ms,
                       const Random& random);

}  // namespace aml::net
