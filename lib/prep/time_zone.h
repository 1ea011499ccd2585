// A time zone of the system's zone data: its offsets from UTC, and which instants a local time can mean. The offsets
// are taken once as a table over the years a timestamp can have, so that a look-up is a short search.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace aml::prep {

// What a local time means that clocks show twice or never, because they were put back or forward.
enum class Unclear : uint8_t {
  error,    // it is one
  earlier,  // the first of both; a time that is skipped is the moment of the jump
  later,    // the second of both; likewise
};

class TimeZone {
 public:
  // "Europe/Berlin", "UTC", or a fixed offset: "+02:00". The message of an error has no place.
  static Result<TimeZone> find(std::string_view name);
  static TimeZone utc() { return TimeZone({{INT64_MIN / 2, 0}}); }

  // All times are seconds since 1970-01-01T00:00:00, of UTC or of the clocks in the zone.
  int64_t offset_at(int64_t utc) const { return periods_[period_at(utc)].offset; }
  int64_t to_local(int64_t utc) const { return utc + offset_at(utc); }

  enum class Kind : uint8_t { unique, repeated, skipped };
  struct Meaning {
    Kind kind = Kind::unique;
    int64_t earlier = 0;
    int64_t later = 0;
  };
  Meaning to_utc(int64_t local) const;

 private:
  struct Period {
    int64_t begin = 0;  // UTC
    int64_t offset = 0;
  };
  explicit TimeZone(std::vector<Period> periods) : periods_(std::move(periods)) {}
  size_t period_at(int64_t utc) const;

  std::vector<Period> periods_;  // ascending; the first begins before all times
};

}  // namespace aml::prep
