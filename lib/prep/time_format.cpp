#include "prep/time_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/time.h"
#include "prep/instant.h"
#include "table/scalar.h"

namespace aml::prep {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> kWeekdays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                       "Friday", "Saturday", "Sunday"};
constexpr std::string_view kReadable = "YymdbBaAHIpMSfzjse";
constexpr std::string_view kWritable = "YymdbBaAHIpMSfzjseuqGV";
constexpr size_t kShortName = 3;
constexpr size_t kFormatBytesMax = 256;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

// What has been read of a text. Nothing is checked against the calendar before the end.
struct Fields {
  std::optional<int64_t> year, day_of_year, unix_seconds, offset, weekday;
  int64_t month = 1, day = 1, hour = 0, minute = 0, second = 0, nanosecond = 0;
  bool is_twelve_hour = false, is_afternoon = false;
};

// Reads a text from its start.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool is_at_end() const { return rest_.empty(); }

  std::optional<int64_t> digits(size_t least, size_t most) {
    size_t size = 0;
    int64_t value = 0;
    for (; size < most && size < rest_.size() && is_digit(rest_[size]); ++size)
      value = value * 10 + (rest_[size] - '0');
    if (size < least) return std::nullopt;
    rest_.remove_prefix(size);
    return value;
  }

  bool take(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool take(std::string_view word) {
    if (!starts_with_word(rest_, word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  // The index of a name, whole or its first three letters.
  template <size_t count>
  std::optional<int64_t> name_among(const std::array<std::string_view, count>& names) {
    for (const bool is_whole : {true, false})
      for (size_t i = 0; i < count; ++i)
        if (take(is_whole ? names[i] : names[i].substr(0, kShortName))) return static_cast<int64_t>(i);
    return std::nullopt;
  }

  bool literal(std::string_view wanted) {
    for (const char c : wanted) {
      if (!take(c)) return false;
      if (c == ' ') skip_spaces();
    }
    return true;
  }

  void skip_spaces() { rest_.remove_prefix(std::min(rest_.size(), rest_.find_first_not_of(' '))); }

  // Nanoseconds of a fraction of any length up to nine digits.
  std::optional<int64_t> fraction() {
    const size_t before = rest_.size();
    auto value = digits(1, 9);
    for (size_t size = before - rest_.size(); value && size < 9; ++size) *value *= 10;
    return value;
  }

  std::optional<int64_t> offset() {
    if (take('Z') || take('z')) return 0;
    const bool is_west = take('-');
    if (!is_west && !take('+')) return std::nullopt;
    const auto hours = digits(2, 2);
    if (!hours || *hours > 23) return std::nullopt;
    const bool has_colon = take(':');
    const auto minutes = digits(2, 2);
    if ((has_colon && !minutes) || minutes.value_or(0) > 59) return std::nullopt;
    const int64_t seconds = *hours * 3600 + minutes.value_or(0) * 60;
    return is_west ? -seconds : seconds;
  }

 private:
  std::string_view rest_;
};

bool set(int64_t& field, std::optional<int64_t> value) {
  if (value) field = *value;
  return value.has_value();
}

bool set(std::optional<int64_t>& field, std::optional<int64_t> value) {
  field = value;
  return value.has_value();
}

bool read_half_of_day(Cursor& cursor, Fields& fields) {
  fields.is_afternoon = cursor.take(std::string_view("PM"));
  return fields.is_afternoon || cursor.take(std::string_view("AM"));
}

bool read_short_year(Cursor& cursor, Fields& fields) {
  const auto year = cursor.digits(2, 2);
  if (year) fields.year = *year + (*year < 69 ? 2000 : 1900);
  return year.has_value();
}

bool read_month_name(Cursor& cursor, Fields& fields) {
  const auto month = cursor.name_among(kMonths);
  if (month) fields.month = *month + 1;
  return month.has_value();
}

bool read_unix_seconds(Cursor& cursor, Fields& fields) {
  const bool is_negative = cursor.take('-');
  if (!set(fields.unix_seconds, cursor.digits(1, 11))) return false;
  if (is_negative) fields.unix_seconds = -*fields.unix_seconds;
  return true;
}

bool read_part(char directive, Cursor& cursor, Fields& fields) {
  switch (directive) {
    case 'Y': return set(fields.year, cursor.digits(4, 4));
    case 'y': return read_short_year(cursor, fields);
    case 'm': return set(fields.month, cursor.digits(1, 2));
    case 'e': cursor.skip_spaces(); [[fallthrough]];
    case 'd': return set(fields.day, cursor.digits(1, 2));
    case 'b':
    case 'B': return read_month_name(cursor, fields);
    case 'a':
    case 'A': return set(fields.weekday, cursor.name_among(kWeekdays));
    case 'I': fields.is_twelve_hour = true; [[fallthrough]];
    case 'H': return set(fields.hour, cursor.digits(1, 2));
    case 'p': return read_half_of_day(cursor, fields);
    case 'M': return set(fields.minute, cursor.digits(1, 2));
    case 'S': return set(fields.second, cursor.digits(1, 2));
    case 'f': return set(fields.nanosecond, cursor.fraction());
    case 'z': return set(fields.offset, cursor.offset());
    case 'j': return set(fields.day_of_year, cursor.digits(1, 3));
    default: return read_unix_seconds(cursor, fields);
  }
}

bool settle_hour(Fields& fields) {
  if (!fields.is_twelve_hour) return fields.hour <= 23;
  if (fields.hour < 1 || fields.hour > 12) return false;
  fields.hour = fields.hour % 12 + (fields.is_afternoon ? 12 : 0);
  return true;
}

std::optional<int64_t> days_of(const Fields& fields) {
  const auto year = static_cast<int>(*fields.year);
  if (fields.day_of_year) {
    const int64_t days = days_from_civil({year, 1, 1}) + *fields.day_of_year - 1;
    return *fields.day_of_year >= 1 && civil_from_days(days).year == year ? std::optional(days) : std::nullopt;
  }
  const CivilDate date{year, static_cast<unsigned>(fields.month), static_cast<unsigned>(fields.day)};
  return is_valid_civil(date) ? std::optional(days_from_civil(date)) : std::nullopt;
}

std::optional<ClockTime> settle(Fields& fields) {
  if (fields.unix_seconds) {
    const int64_t seconds = *fields.unix_seconds;
    const int64_t days = floor_quotient(seconds, kDaySeconds);
    return ClockTime{days, (seconds - days * kDaySeconds) * kSecondNs + fields.nanosecond, 0};
  }
  if (!settle_hour(fields) || fields.minute > 59 || fields.second > 59) return std::nullopt;
  const auto days = days_of(fields);
  if (!days || (fields.weekday && *fields.weekday + 1 != weekday_of(*days))) return std::nullopt;
  const int64_t seconds = fields.hour * 3600 + fields.minute * 60 + fields.second;
  return ClockTime{*days, seconds * kSecondNs + fields.nanosecond, fields.offset};
}

// With zeros, or spaces, in front up to `width`.
void write_number(std::string& out, int64_t value, size_t width, char fill = '0') {
  std::array<char, 24> digits;
  size_t size = 0;
  for (uint64_t rest = static_cast<uint64_t>(std::abs(value)); rest > 0 || size == 0; rest /= 10)
    digits[size++] = static_cast<char>('0' + rest % 10);
  if (value < 0) out += '-';
  for (size_t i = size; i < width; ++i) out += fill;
  while (size > 0) out += digits[--size];
}

// As many digits as are needed, in threes.
void write_fraction(std::string& out, int64_t nanosecond) {
  if (nanosecond % 1'000'000 == 0) write_number(out, nanosecond / 1'000'000, 3);
  else if (nanosecond % 1'000 == 0) write_number(out, nanosecond / 1'000, 6);
  else write_number(out, nanosecond, 9);
}

void write_offset(std::string& out, int64_t seconds) {
  const int64_t minutes = std::abs(seconds) / 60;
  out += seconds < 0 ? '-' : '+';
  write_number(out, minutes / 60, 2);
  out += ':';
  write_number(out, minutes % 60, 2);
}

// The format with its short forms written out.
std::string write_out(std::string_view written) {
  std::string format;
  for (size_t i = 0; i < written.size(); ++i) {
    const std::string_view next = written.substr(i, 2);
    if (next == "%F") format += "%Y-%m-%d";
    else if (next == "%T") format += "%H:%M:%S";
    else if (next == "%R") format += "%H:%M";
    else if (next == "%%") format += next;
    else {
      format += written[i];
      continue;
    }
    ++i;
  }
  return format;
}

bool is_among(std::string_view letters, char c) { return letters.find(c) != std::string_view::npos; }

}  // namespace

Result<TimeFormat> TimeFormat::compile(std::string_view written, Use use) {
  if (written.empty() || written.size() > kFormatBytesMax)
    return Error{ErrorKind::bad_data, fmt::format("a format has 1 to {} bytes", kFormatBytesMax),
                 "for example %Y-%m-%d"};
  const std::string format = write_out(written);
  TimeFormat result;
  bool has_year = false;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || format.substr(i, 2) == "%%") {
      result.add_literal(format[i]);
      if (format[i] == '%') ++i;
      continue;
    }
    const bool is_unpadded = format.substr(i + 1, 1) == "-";
    i += is_unpadded ? 2 : 1;
    const char directive = i < format.size() ? format[i] : '\0';
    const std::string_view known = use == Use::read ? kReadable : kWritable;
    if (directive == '\0' || !is_among(known, directive))
      return Error{
          ErrorKind::bad_data,
          fmt::format("format '{}' has an unknown directive '%{}'", written, directive == '\0' ? ' ' : directive),
          "see DATE FORMATS in aml-prep(5), for example %d.%m.%Y %H:%M"};
    has_year = has_year || is_among("Yys", directive);
    result.has_time_ = result.has_time_ || is_among("HIpMSfzs", directive);
    result.has_zone_ = result.has_zone_ || is_among("zs", directive);
    result.parts_.push_back({directive, is_unpadded, {}});
  }
  if (use == Use::read && !has_year)
    return Error{ErrorKind::bad_data, fmt::format("format '{}' names no year", written),
                 "add %Y, or %y for two digits"};
  return result;
}

void TimeFormat::add_literal(char c) {
  if (parts_.empty() || parts_.back().directive != 0) parts_.push_back({});
  parts_.back().literal += c;
}

std::optional<ClockTime> TimeFormat::read(std::string_view text) const {
  Cursor cursor(table::trim(text));
  Fields fields;
  for (const Part& part : parts_)
    if (!(part.directive == 0 ? cursor.literal(part.literal) : read_part(part.directive, cursor, fields)))
      return std::nullopt;
  return cursor.is_at_end() ? settle(fields) : std::nullopt;
}

void TimeFormat::write(std::string& out, const ClockTime& time) const {
  const CivilDate date = civil_from_days(time.days);
  const int64_t second = time.day_ns / kSecondNs;
  const int64_t hour = second / 3600;
  for (const Part& part : parts_) {
    const auto number = [&](int64_t value, size_t width) { write_number(out, value, part.is_unpadded ? 1 : width); };
    switch (part.directive) {
      case 0: out += part.literal; break;
      case 'Y': number(date.year, 4); break;
      case 'y': number(date.year % 100, 2); break;
      case 'm': number(date.month, 2); break;
      case 'd': number(date.day, 2); break;
      case 'e': write_number(out, date.day, 2, ' '); break;
      case 'b': out += kMonths[date.month - 1].substr(0, kShortName); break;
      case 'B': out += kMonths[date.month - 1]; break;
      case 'a': out += kWeekdays[static_cast<size_t>(weekday_of(time.days) - 1)].substr(0, kShortName); break;
      case 'A': out += kWeekdays[static_cast<size_t>(weekday_of(time.days) - 1)]; break;
      case 'H': number(hour, 2); break;
      case 'I': number((hour + 11) % 12 + 1, 2); break;
      case 'p': out += hour < 12 ? "AM" : "PM"; break;
      case 'M': number(second / 60 % 60, 2); break;
      case 'S': number(second % 60, 2); break;
      case 'f': write_fraction(out, time.day_ns % kSecondNs); break;
      case 'z': write_offset(out, time.offset_seconds.value_or(0)); break;
      case 'j': number(day_of_year(time.days), 3); break;
      case 's': number(time.days * kDaySeconds + second - time.offset_seconds.value_or(0), 1); break;
      case 'u': number(weekday_of(time.days), 1); break;
      case 'q': number((date.month + 2) / 3, 1); break;
      case 'G': number(iso_week_of(time.days).year, 4); break;
      default: number(iso_week_of(time.days).week, 2); break;
    }
  }
}

// 1970-01-01 was a Thursday.
int64_t weekday_of(int64_t days) { return ((days + 3) % 7 + 7) % 7 + 1; }

int64_t day_of_year(int64_t days) { return days - days_from_civil({civil_from_days(days).year, 1, 1}) + 1; }

// A week belongs to the year its Thursday is in.
IsoWeek iso_week_of(int64_t days) {
  const int64_t thursday = days - weekday_of(days) + 4;
  return {civil_from_days(thursday).year, (day_of_year(thursday) - 1) / 7 + 1};
}

}  // namespace aml::prep
