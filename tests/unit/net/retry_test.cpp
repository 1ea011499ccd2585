#include "net/retry.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::net;

TEST_CASE("answers that say later are told from answers that say no") {
  for (const unsigned status : {408U, 429U, 500U, 502U, 503U, 504U, 522U}) CHECK(is_retryable_status(status));
  for (const unsigned status : {200U, 301U, 400U, 401U, 403U, 404U, 416U, 501U})
    CHECK_FALSE(is_retryable_status(status));
}

TEST_CASE("Retry-After is seconds or a date") {
  const Instant now = *parse_rfc3339("2015-10-21T07:27:00Z");
  CHECK(parse_retry_after_ms("120", now) == 120'000);
  CHECK(parse_retry_after_ms("0", now) == 0);
  CHECK(parse_retry_after_ms("Wed, 21 Oct 2015 07:28:00 GMT", now) == 60'000);
  CHECK(parse_retry_after_ms("Wed, 21 Oct 2015 07:26:00 GMT", now) == 0);  // passed already
  for (const char* text : {"", "-1", "soon", "1.5", "Wed, 21 Oct 2015 07:28:00 CET", "Wed, 31 Feb 2015 07:28:00 GMT"})
    CHECK_FALSE(parse_retry_after_ms(text, now).has_value());
}

TEST_CASE("the wait doubles up to its cap and is spread over its whole range") {
  const RetryPolicy policy{.base_ms = 100, .cap_ms = 1000};
  const int64_t ceilings[] = {100, 200, 400, 800, 1000, 1000};
  for (uint64_t seed = 0; seed < 200; ++seed)
    for (int i = 0; i < 6; ++i) {
      const int64_t delay = retry_delay_ms(policy, i + 2, std::nullopt, Random(seed, 0));
      CHECK((delay >= 0 && delay < ceilings[i]));
    }
  const RetryPolicy slow{.base_ms = 1'000'000, .cap_ms = 1'000'000};
  CHECK(retry_delay_ms(slow, 2, std::nullopt, Random(1, 0)) != retry_delay_ms(slow, 2, std::nullopt, Random(2, 0)));
}

TEST_CASE("what the server asks for goes before, up to a limit") {
  const RetryPolicy policy{.retry_after_cap_ms = 5000};
  CHECK(retry_delay_ms(policy, 2, 3000, Random(1, 0)) == 3000);
  CHECK(retry_delay_ms(policy, 2, 60'000, Random(1, 0)) == 5000);
}
