// Instants as clocks in a zone show them, and back: what the functions of dates and the casts of times share.
#pragma once

#include "prep/functions.h"
#include "prep/instant.h"
#include "prep/time_format.h"
#include "prep/time_zone.h"

namespace aml::prep {

struct LocalCalendar {
  TimeZone zone = TimeZone::utc();
  Unclear unclear = Unclear::error;

  ClockTime at(int64_t ns) const {
    const int64_t offset = zone.offset_at(seconds_of(ns));
    const int64_t local = seconds_of(ns) + offset;
    const int64_t days = floor_quotient(local, kDaySeconds);
    return {days, (local - days * kDaySeconds) * kSecondNs + (ns - seconds_of(ns) * kSecondNs), offset};
  }

  // The instant; a time that the clocks show twice or never is what `unclear` says.
  Outcome instant_of(int64_t& out, const ClockTime& time) const;
};

// Constants that name a zone and a policy, at `index` and behind it, where they are given.
Result<LocalCalendar> read_calendar(const Constants& constants, size_t index);
std::vector<std::string> unclear_names();  // "error", "earlier", "later", as the enum has them

}  // namespace aml::prep
