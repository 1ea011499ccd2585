#include "prep/local_time.h"

#include <fmt/format.h>

#include <algorithm>

namespace aml::prep {

using table::CellProblem;

Outcome LocalCalendar::instant_of(int64_t& out, const ClockTime& time) const {
  if (!is_date(time.days)) return CellProblem::out_of_range;
  const int64_t local = time.days * kDaySeconds + floor_quotient(time.day_ns, kSecondNs);
  int64_t utc = local - time.offset_seconds.value_or(0);
  int64_t fraction = time.day_ns % kSecondNs;
  if (!time.offset_seconds) {
    const TimeZone::Meaning meaning = zone.to_utc(local);
    if (meaning.kind != TimeZone::Kind::unique && unclear == Unclear::error)
      return meaning.kind == TimeZone::Kind::repeated ? CellProblem::ambiguous_time : CellProblem::skipped_time;
    utc = unclear == Unclear::later ? meaning.later : meaning.earlier;
    if (meaning.kind == TimeZone::Kind::skipped) fraction = 0;
  }
  const bool overflows = __builtin_mul_overflow(utc, kSecondNs, &out) || __builtin_add_overflow(out, fraction, &out);
  return overflows ? Outcome(CellProblem::out_of_range) : Outcome::valid();
}

std::vector<std::string> unclear_names() { return {"error", "earlier", "later"}; }

Result<LocalCalendar> read_calendar(const Constants& constants, size_t index) {
  LocalCalendar calendar;
  if (index < constants.size()) {
    auto zone = TimeZone::find(constants.text(index));
    if (!zone.ok()) return constants.error(index, zone.error().message, zone.error().hint);
    calendar.zone = std::move(*zone);
  }
  if (index + 1 < constants.size()) {
    const auto names = unclear_names();
    const auto found = std::find(names.begin(), names.end(), constants.text(index + 1));
    if (found == names.end())
      return constants.error(index + 1, fmt::format("unknown policy '{}'", constants.text(index + 1)),
                             fmt::format("known are {}", fmt::join(names, ", ")));
    calendar.unclear = static_cast<Unclear>(found - names.begin());
  }
  return calendar;
}

}  // namespace aml::prep
