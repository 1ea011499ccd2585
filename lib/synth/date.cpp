#include "synth/date.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "synth/token.h"

namespace aml::synth {
namespace {

constexpr std::array<std::string_view, kDateElements> kNames = {
    "",   "yyyy", "yy", "MMMM", "MMM", "MM", "M", "dd", "d",  "do", "dddd", "ddd", "HH", "H",
    "hh", "h",    "mm", "m",    "ss",  "s",  "f", "tt", "aa", "q",  "w",    "j",   "n",  "z",
};
constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> kWeekdays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                       "Friday", "Saturday", "Sunday"};

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_long = month == 2 && (year == DateTime::kAbsent || is_leap(year));
  return kDays[static_cast<size_t>(month - 1)] + (is_long ? 1 : 0);
}

int day_of_year(const DateTime& value) {
  int days = value.day;
  for (int month = 1; month < value.month; ++month) days += days_in_month(value.year, month);
  return days;
}

// Days since 1 January of year 1, a Monday, in the Gregorian calendar.
int day_number(const DateTime& value) {
  const int before = value.year - 1;
  return before * 365 + before / 4 - before / 100 + before / 400 + day_of_year(value) - 1;
}

int weekday_of(const DateTime& value) { return day_number(value) % 7; }  // 0 is Monday

int iso_week(const DateTime& value) {
  const int thursday = day_of_year(value) - weekday_of(value) + 3;  // of the same week, as a day of this year
  if (thursday < 1) return iso_week({value.year - 1, 12, 31});
  if (thursday > (is_leap(value.year) ? 366 : 365)) return 1;
  return (thursday - 1) / 7 + 1;
}

void append_padded(std::string& out, int value, size_t width) {
  std::array<char, 12> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  const auto digits = static_cast<size_t>(end - buffer.data());
  if (digits < width) out.append(width - digits, '0');
  out.append(buffer.data(), digits);
}

std::string_view ordinal_ending(int value) {
  if (value / 10 % 10 == 1) return "th";
  constexpr std::array<std::string_view, 10> kEndings = {"th", "st", "nd", "rd", "th", "th", "th", "th", "th", "th"};
  return kEndings[static_cast<size_t>(value % 10)];
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool begins_with_word(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i)
    if (lower(text[i]) != lower(word[i])) return false;
  return true;
}

// Reads the elements of one format from left to right.
struct Reader {
  std::string_view text;
  size_t at = 0;
  DateTime value = {};
  enum class Half : uint8_t { unknown, morning, afternoon };
  Half half = Half::unknown;
  int year_day = DateTime::kAbsent;

  bool take_number(int& target, size_t width_min, size_t width_max, int low, int high) {
    size_t end = at;
    int number = 0;
    for (; end < text.size() && end - at < width_max && text[end] >= '0' && text[end] <= '9'; ++end)
      number = number * 10 + (text[end] - '0');
    if (end - at < width_min || number < low || number > high) return false;
    at = end;
    target = number;
    return true;
  }

  template <size_t N>
  bool take_name(const std::array<std::string_view, N>& names, size_t length, int& target) {
    for (size_t i = 0; i < N; ++i) {
      const std::string_view name = names[i].substr(0, length);
      if (!begins_with_word(text.substr(at), name)) continue;
      at += name.size();
      target = static_cast<int>(i) + 1;
      return true;
    }
    return false;
  }

  // Where all digits run together, the first part has one digit if their number is odd: 930, 8142089.
  size_t leading_digits() const {
    const size_t end = std::min(text.find_first_not_of("0123456789", at), text.size());
    return (end - at) % 2 == 1 ? 1 : 2;
  }

  bool take_half() {
    const std::string_view rest = text.substr(at);
    if (!begins_with_word(rest, "am") && !begins_with_word(rest, "pm")) return false;
    half = lower(rest[0]) == 'p' ? Half::afternoon : Half::morning;
    at += 2;
    return true;
  }

  bool take_ordinal() {
    if (!take_number(value.day, 1, 2, 1, 31)) return false;
    if (!begins_with_word(text.substr(at), ordinal_ending(value.day))) return false;
    at += 2;
    return true;
  }

  bool take_offset() {
    if (at < text.size() && text[at] == 'Z') return ++at, true;
    if (at >= text.size() || (text[at] != '+' && text[at] != '-')) return false;
    ++at;
    int ignored = 0;
    if (!take_number(ignored, 2, 2, 0, 14)) return false;
    if (at < text.size() && text[at] == ':') ++at;
    return take_number(ignored, 2, 2, 0, 59);
  }

  bool take(DateElement element, bool is_tight) {
    int ignored = 0;
    const size_t width = is_tight ? 2 : 1;
    switch (element) {
      case DateElement::year4: return take_number(value.year, 4, 4, 1, 9999);
      case DateElement::year2:
        if (!take_number(value.year, 2, 2, 0, 99)) return false;
        value.year += value.year < 50 ? 2000 : 1900;
        return true;
      case DateElement::month_name: return take_name(kMonths, std::string_view::npos, value.month);
      case DateElement::month_short: return take_name(kMonths, 3, value.month);
      case DateElement::month2: return take_number(value.month, width, 2, 1, 12);
      case DateElement::month: return take_number(value.month, 1, is_tight ? leading_digits() : 2, 1, 12);
      case DateElement::day2: return take_number(value.day, width, 2, 1, 31);
      case DateElement::day: return take_number(value.day, 1, is_tight ? leading_digits() : 2, 1, 31);
      case DateElement::day_ordinal: return take_ordinal();
      case DateElement::weekday_name: return take_name(kWeekdays, std::string_view::npos, ignored);
      case DateElement::weekday_short: return take_name(kWeekdays, 3, ignored);
      case DateElement::hour2:
      case DateElement::hour: return take_number(value.hour, 1, is_tight ? leading_digits() : 2, 0, 24);
      case DateElement::half_hour2:
      case DateElement::half_hour: return take_number(value.hour, width, 2, 0, 23);
      case DateElement::minute2:
      case DateElement::minute: return take_number(value.minute, width, 2, 0, 59);
      case DateElement::second2:
      case DateElement::second: return take_number(value.second, width, 2, 0, 60);
      case DateElement::fraction: return take_number(ignored, 1, 9, 0, 999999999);
      case DateElement::half_upper:
      case DateElement::half_lower: return take_half();
      case DateElement::day_of_year: return take_number(year_day, 1, 3, 1, 366);
      case DateElement::offset: return take_offset();
      default: return false;
    }
  }

  bool finish() {
    if (at != text.size()) return false;
    if (half != Half::unknown && value.hour != DateTime::kAbsent && value.hour <= 12)
      value.hour = value.hour % 12 + (half == Half::afternoon ? 12 : 0);
    if (value.hour == 24) {
      if (value.minute > 0 || value.second > 0) return false;
      value.hour = 0;
    }
    if (year_day != DateTime::kAbsent && value.year != DateTime::kAbsent) {
      if (year_day == 366 && !is_leap(value.year)) return false;
      value.month = 1;
      for (; year_day > days_in_month(value.year, value.month); ++value.month)
        year_day -= days_in_month(value.year, value.month);
      value.day = year_day;
    }
    const bool has_day = value.day != DateTime::kAbsent && value.month != DateTime::kAbsent;
    return !has_day || value.day <= days_in_month(value.year, value.month);
  }
};

bool is_numeric(DateElement element) {
  switch (element) {
    case DateElement::literal:
    case DateElement::month_name:
    case DateElement::month_short:
    case DateElement::day_ordinal:
    case DateElement::weekday_name:
    case DateElement::weekday_short:
    case DateElement::half_upper:
    case DateElement::half_lower:
    case DateElement::offset: return false;
    default: return true;
  }
}

int twelve(int hour) { return hour % 12 == 0 ? 12 : hour % 12; }

}  // namespace

int DateTime::second_of_day() const {
  return std::max(hour, 0) * 3600 + std::max(minute, 0) * 60 + std::max(second, 0);
}

std::string_view name_of(DateElement element) { return kNames[static_cast<size_t>(element)]; }

std::optional<DateFormat> DateFormat::parse(std::string_view text) {
  DateFormat format;
  format.text_ = text;
  const auto add_literal = [&](std::string_view literal) {
    if (!format.items_.empty() && format.items_.back().element == DateElement::literal)
      format.items_.back().literal += literal;
    else format.items_.push_back({DateElement::literal, std::string(literal)});
  };
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '\'') {
      const size_t close = text.find('\'', at + 1);
      if (close == std::string_view::npos) return std::nullopt;
      add_literal(close == at + 1 ? "'" : text.substr(at + 1, close - at - 1));
      at = close + 1;
      continue;
    }
    if ((class_at(text, at) & (kUpper | kLower)) == 0) {
      add_literal(text.substr(at, 1));
      ++at;
      continue;
    }
    size_t best = 0;
    for (size_t i = 1; i < kDateElements; ++i)
      if (text.substr(at).starts_with(kNames[i]) && kNames[i].size() > kNames[best].size()) best = i;
    if (best == 0) return std::nullopt;
    const auto element = static_cast<DateElement>(best);
    if (!format.items_.empty() && is_numeric(element)) format.items_.back().is_tight = true;
    format.items_.push_back({element});
    at += kNames[best].size();
  }
  if (format.items_.empty()) return std::nullopt;
  return format;
}

std::optional<DateTime> DateFormat::read(std::string_view text) const {
  Reader reader{text};
  for (const Item& item : items_) {
    if (item.element == DateElement::literal) {
      if (!text.substr(reader.at).starts_with(item.literal)) return std::nullopt;
      reader.at += item.literal.size();
    } else if (!reader.take(item.element, item.is_tight)) {
      return std::nullopt;
    }
  }
  if (!reader.finish()) return std::nullopt;
  return reader.value;
}

bool DateFormat::append(std::string& out, const DateTime& value) const {
  for (const Item& item : items_) {
    if (item.element == DateElement::literal) out.append(item.literal);
    else if (!append_element(out, item.element, value)) return false;
  }
  return true;
}

bool append_element(std::string& out, DateElement element, const DateTime& value) {
  const auto number = [&out](int part, size_t width) {
    if (part == DateTime::kAbsent) return false;
    append_padded(out, part, width);
    return true;
  };
  const auto text = [&out](bool is_present, std::string_view word) {
    if (is_present) out.append(word);
    return is_present;
  };
  const bool has_month = value.month != DateTime::kAbsent;
  const bool has_date = value.has_date();
  switch (element) {
    case DateElement::year4: return number(value.year, 4);
    case DateElement::year2: return number(value.year == DateTime::kAbsent ? value.year : value.year % 100, 2);
    case DateElement::month_name: return has_month && text(true, kMonths[static_cast<size_t>(value.month - 1)]);
    case DateElement::month_short:
      return has_month && text(true, kMonths[static_cast<size_t>(value.month - 1)].substr(0, 3));
    case DateElement::month2: return number(value.month, 2);
    case DateElement::month: return number(value.month, 1);
    case DateElement::day2: return number(value.day, 2);
    case DateElement::day: return number(value.day, 1);
    case DateElement::day_ordinal: return number(value.day, 1) && text(true, ordinal_ending(value.day));
    case DateElement::weekday_name: return has_date && text(true, kWeekdays[static_cast<size_t>(weekday_of(value))]);
    case DateElement::weekday_short:
      return has_date && text(true, kWeekdays[static_cast<size_t>(weekday_of(value))].substr(0, 3));
    case DateElement::hour2: return number(value.hour, 2);
    case DateElement::hour: return number(value.hour, 1);
    case DateElement::half_hour2: return value.has_time() && number(twelve(value.hour), 2);
    case DateElement::half_hour: return value.has_time() && number(twelve(value.hour), 1);
    case DateElement::minute2: return value.has_time() && number(std::max(0, value.minute), 2);
    case DateElement::minute: return value.has_time() && number(std::max(0, value.minute), 1);
    case DateElement::second2: return value.has_time() && number(std::max(0, value.second), 2);
    case DateElement::second: return value.has_time() && number(std::max(0, value.second), 1);
    case DateElement::half_upper: return text(value.has_time(), value.hour < 12 ? "AM" : "PM");
    case DateElement::half_lower: return text(value.has_time(), value.hour < 12 ? "am" : "pm");
    case DateElement::quarter: return has_month && number((value.month - 1) / 3 + 1, 1);
    case DateElement::week: return has_date && number(iso_week(value), 1);
    case DateElement::day_of_year: return has_date && number(day_of_year(value), 1);
    case DateElement::nth_weekday: return value.day != DateTime::kAbsent && number((value.day - 1) / 7 + 1, 1);
    default: return false;
  }
}

std::string_view name_of(TimeRounding::Mode mode) {
  constexpr std::array<std::string_view, 4> kModes = {"none", "nearest", "down", "up"};
  return kModes[static_cast<size_t>(mode)];
}

DateTime round(const DateTime& value, const TimeRounding& rounding) {
  if (!value.has_time() || rounding == TimeRounding{}) return value;
  const int time = value.second_of_day();
  int rounded = time;
  if (rounding.mode != TimeRounding::Mode::none) {
    const int offset = ((time - rounding.anchor_s) % rounding.unit_s + rounding.unit_s) % rounding.unit_s;
    rounded = time - offset;
    if (rounding.mode == TimeRounding::Mode::up && offset != 0) rounded += rounding.unit_s;
    if (rounding.mode == TimeRounding::Mode::nearest && offset * 2 >= rounding.unit_s) rounded += rounding.unit_s;
  }
  rounded = ((rounded + rounding.shift_s) % kSecondsPerDay + kSecondsPerDay) % kSecondsPerDay;
  DateTime result = value;
  result.hour = rounded / 3600;
  result.minute = rounded / 60 % 60;
  result.second = rounded % 60;
  return result;
}

}  // namespace aml::synth
