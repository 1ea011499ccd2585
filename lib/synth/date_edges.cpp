// Parts of the output explained by dates and times of the input: each date found in the pivot gives readings (a region,
// an order of day and month, the formats the column needs), and each reading the elements, rounded times and ranges
// that stand in the output.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "synth/edges.h"

namespace aml::synth {
namespace {

constexpr size_t kInputMax = 200;
constexpr size_t kDateMax = 40;
constexpr size_t kSpansMax = 6;
constexpr size_t kRegionsPerDate = 4;
constexpr size_t kFormatsMax = 12;
constexpr int kUnreadable = 40;
constexpr int kSameReading = 2;  // what is left of a piece's cost when it reads the same date again

struct Span {
  size_t begin;
  size_t end;
  LoneNumbers lone;
};

bool is_word_char(std::string_view text, size_t at) { return (class_at(text, at) & (kDigit | kUpper | kLower)) != 0; }

bool has_dotted_date(const Cell& cell) {
  static const std::array kDotted = {*DateFormat::parse("d.M.yyyy"), *DateFormat::parse("d.M.yy")};
  return cell && std::any_of(kDotted.begin(), kDotted.end(),
                             [&](const DateFormat& format) { return format.read(*cell).has_value(); });
}

bool is_date(std::string_view text) {
  for (const DateOrder order : {DateOrder::month_first, DateOrder::day_first, DateOrder::year_day_month})
    if (!formats_of(text, order, LoneNumbers::no).empty()) return true;
  return false;
}

// The longest dates first; what lies inside another is left out, except for numbers on their own.
std::vector<Span> dates_in(std::string_view text) {
  std::vector<Span> spans;
  const std::vector<bool> cuts = cuts_of(text);
  for (size_t begin = 0; begin < text.size() && spans.size() < kSpansMax; ++begin) {
    if (!cuts[begin] || !is_word_char(text, begin)) continue;
    const bool is_covered = std::any_of(spans.begin(), spans.end(), [begin](const Span& s) { return begin < s.end; });
    for (size_t end = std::min(text.size(), begin + kDateMax); end > begin && !is_covered; --end) {
      if (!cuts[end] || !is_word_char(text, previous_char(text, end))) continue;
      if (!is_date(text.substr(begin, end - begin))) continue;
      spans.push_back({begin, end, LoneNumbers::no});
      break;
    }
  }
  const Pattern digits{Token::digits};
  for (auto match = find_match(digits, text, 0); match && spans.size() < kSpansMax;
       match = find_match(digits, text, match->end))
    spans.push_back({match->begin, match->end, LoneNumbers::yes});
  return spans;
}

// A way to read the dates of a region, and what it reads.
struct Reading {
  Region region;
  std::vector<DateFormat> formats;
  std::vector<DateTime> values;  // per example
  std::string rows;              // all values of all rows, to tell readings apart
  int cost = 0;
  bool is_lone = false;
  bool pads = false;  // the pivot's text has a zero in front of a part
};

// Of months and days: hours often have a zero where dates have none.
bool has_padding(std::string_view text) {
  for (size_t at = 1; at + 1 < text.size(); ++at) {
    const bool is_part = std::string_view("-/.").find(text[at - 1]) != std::string_view::npos;
    if (text[at] == '0' && is_part && class_at(text, at + 1) == kDigit) return true;
  }
  return false;
}

std::string describe(const DateTime& value) {
  return fmt::format("{},{},{},{},{},{};", value.year, value.month, value.day, value.hour, value.minute, value.second);
}

std::optional<DateTime> read(const std::vector<DateFormat>& formats, std::string_view text) {
  for (const DateFormat& format : formats)
    if (const auto value = format.read(text)) return value;
  return std::nullopt;
}

struct ElementCost {
  DateElement element;
  int cost;
};
constexpr std::array kElements = {ElementCost{DateElement::year4, 3},         ElementCost{DateElement::year2, 6},
                                  ElementCost{DateElement::month_name, 3},    ElementCost{DateElement::month_short, 4},
                                  ElementCost{DateElement::month2, 4},        ElementCost{DateElement::month, 3},
                                  ElementCost{DateElement::day2, 4},          ElementCost{DateElement::day, 3},
                                  ElementCost{DateElement::day_ordinal, 5},   ElementCost{DateElement::weekday_name, 4},
                                  ElementCost{DateElement::weekday_short, 4}, ElementCost{DateElement::hour2, 4},
                                  ElementCost{DateElement::hour, 3},          ElementCost{DateElement::half_hour2, 6},
                                  ElementCost{DateElement::half_hour, 4},     ElementCost{DateElement::minute2, 3},
                                  ElementCost{DateElement::minute, 5},        ElementCost{DateElement::second2, 3},
                                  ElementCost{DateElement::second, 5},        ElementCost{DateElement::half_upper, 3},
                                  ElementCost{DateElement::half_lower, 3},    ElementCost{DateElement::quarter, 6},
                                  ElementCost{DateElement::week, 9},          ElementCost{DateElement::day_of_year, 7},
                                  ElementCost{DateElement::nth_weekday, 10}};

// What a number on its own may become: its name, or a time.
bool suits_lone(DateElement element, const DateTime& value) {
  switch (element) {
    case DateElement::month_name:
    case DateElement::month_short:
    case DateElement::day_ordinal: return true;
    case DateElement::half_hour:
    case DateElement::half_hour2:
    case DateElement::half_upper:
    case DateElement::half_lower: return value.has_time();
    case DateElement::minute2: return value.minute != DateTime::kAbsent;
    default: return value.minute != DateTime::kAbsent || value.has_date();
  }
}

constexpr std::array<std::string_view, 16> kTimeFormats = {
    "h:mm:ss tt", "h:mm:sstt", "h:mm tt", "h:mmtt", "h tt",    "htt",  "h:mm:ss aa", "h:mm:ssaa",
    "h:mm aa",    "h:mmaa",    "h aa",    "haa",    "H:mm:ss", "H:mm", "HH:mm",      "H"};
constexpr std::array<int, 14> kUnitMinutes = {120, 60, 30, 15, 180, 240, 360, 20, 10, 5, 480, 720, 90, 45};

// A time as it stands in the output.
struct Written {
  size_t begin;
  size_t end;
  const DateFormat* format;
  DateTime value;
};

const std::vector<DateFormat>& time_formats() {
  static const std::vector<DateFormat> kFormats = [] {
    std::vector<DateFormat> formats;
    for (const std::string_view text : kTimeFormats) formats.push_back(*DateFormat::parse(text));
    return formats;
  }();
  return kFormats;
}

std::vector<Written> times_written(std::string_view output) {
  std::vector<Written> found;
  for (size_t begin = 0; begin < output.size() && found.size() < 64; ++begin) {
    const bool is_start = class_at(output, begin) == kDigit && (begin == 0 || class_at(output, begin - 1) != kDigit);
    if (!is_start) continue;
    for (const DateFormat& format : time_formats())
      for (size_t length = std::min<size_t>(11, output.size() - begin); length > 0; --length) {
        const std::string_view text = output.substr(begin, length);
        const auto value = format.read(text);
        if (!value) continue;
        std::string again;
        if (format.append(again, *value) && again == text) found.push_back({begin, begin + length, &format, *value});
      }
  }
  return found;
}

class DateEdges {
 public:
  DateEdges(std::vector<Edge>& edges, const EdgeTask& task)
      : edges_(edges), task_(task), output_(task.samples.outputs[task.pivot]), written_(times_written(output_)) {}

  void run() {
    for (size_t source = 0; source < task_.sources.size(); ++source) {
      const Cell& text = task_.sources[source].texts[task_.pivot];
      if (!text || text->size() > kInputMax || task_.sources[source].filter.kind != Filter::Kind::none) continue;
      for (const Span& span : dates_in(*text)) add_readings(source, span);
    }
    for (const Reading& reading : readings_) explain(reading);
  }

 private:
  void add_readings(size_t source, const Span& span) {
    const std::string_view text =
        std::string_view(*task_.sources[source].texts[task_.pivot]).substr(span.begin, span.end - span.begin);
    // Where nothing decides, points between the numbers speak for the day in front.
    const bool has_points =
        std::any_of(task_.sources[source].texts.begin(), task_.sources[source].texts.end(), has_dotted_date);
    std::array<DateOrder, 3> orders = {DateOrder::month_first, DateOrder::day_first, DateOrder::year_day_month};
    if (has_points) std::swap(orders[0], orders[1]);
    int extra = 0;
    for (const DateOrder order : orders) {
      const std::vector<std::string> first = formats_of(text, order, span.lone);
      const auto accept = [&](size_t, std::string_view slice) { return !formats_of(slice, order, span.lone).empty(); };
      if (first.empty()) continue;
      for (const FoundRegion& region : task_.finders[source].find(span.begin, span.end, kRegionsPerDate, accept))
        for (const std::string& format : first) add_reading(region, order, format, span.lone, extra);
      extra += 3;
    }
  }

  // The formats the rows need, beginning with the one chosen for the pivot.
  void add_reading(const FoundRegion& found, DateOrder order, const std::string& pivot_format, LoneNumbers lone,
                   int extra) {
    Reading reading{
        found.region, {*DateFormat::parse(pivot_format)}, {}, {}, found.cost + extra, lone == LoneNumbers::yes};
    int rows = 0;
    int bad = 0;
    for (size_t row = 0; row < task_.samples.rows(); ++row) {
      if (!found.slices[row] || found.slices[row]->empty()) continue;
      const std::string_view text = *found.slices[row];
      auto value = read(reading.formats, text);
      if (!value && !reading.is_lone && reading.formats.size() < kFormatsMax)
        if (const std::vector<std::string> formats = formats_of(text, order, lone); !formats.empty()) {
          reading.formats.push_back(*DateFormat::parse(formats.front()));
          value = reading.formats.back().read(text);
        }
      reading.rows += value ? describe(*value) : "-;";
      if (row < task_.samples.examples) {
        if (!value) return;
        reading.values.push_back(*value);
      } else {
        ++rows;
        bad += value ? 0 : 1;
      }
    }
    if (reading.values.size() != task_.samples.examples) return;
    reading.pads = has_padding(*found.slices[task_.pivot]);
    reading.cost += rows == 0 ? 0 : kUnreadable * bad / rows;
    const auto is_same = [&](const Reading& other) {
      return other.rows == reading.rows && other.region.column == reading.region.column;
    };
    if (std::none_of(readings_.begin(), readings_.end(), is_same)) readings_.push_back(std::move(reading));
  }

  void explain(const Reading& reading) {
    const auto id = static_cast<uint32_t>(&reading - readings_.data()) + 1;
    const DateTime& value = reading.values[task_.pivot];
    for (const ElementCost& element : kElements) {
      if (reading.is_lone && !suits_lone(element.element, value)) continue;
      std::string text;
      if (!append_element(text, element.element, value)) continue;
      for (size_t at = output_.find(text); at != std::string_view::npos; at = output_.find(text, at + 1))
        add(reading, id, at, {piece(reading, {}, *DateFormat::parse(name_of(element.element)))},
            kPieceCost + reading.cost + element.cost + (reading.is_lone ? 6 : 0) +
                context_cost(reading, element.element, at));
    }
    if (!value.has_time()) return;
    for (const Written& written : written_) {
      const bool has_half = written.format->text().find_first_of("ta") != std::string::npos;
      if (reading.is_lone && !has_half) continue;  // a mere number need not be an hour
      add_rounded(reading, id, written);
      for (const Written& upper : written_) add_range(reading, id, written, upper);
    }
  }

  // What stands around an element speaks for or against it: Q in front of a quarter, PM behind an hour of twelve.
  int context_cost(const Reading& reading, DateElement element, size_t at) const {
    const DateTime& value = reading.values[task_.pivot];
    const char before = at == 0 ? '\0' : output_[at - 1];
    if (element == DateElement::quarter && before == 'Q') return -5;
    if (element == DateElement::week && before == 'W') return -7;
    const bool is_full_hour = element == DateElement::hour || element == DateElement::hour2;
    std::string half;
    if (is_full_hour && append_element(half, DateElement::half_upper, value) &&
        output_.find(half) != std::string_view::npos)
      return 4;
    return (reading.pads || shows_padding(value)) && is_unpadded(element) ? 2 : 0;
  }

  // A zero in front of one part speaks for zeros in front of the others.
  bool shows_padding(const DateTime& value) const {
    for (const DateElement element :
         {DateElement::month2, DateElement::day2, DateElement::hour2, DateElement::half_hour2}) {
      std::string text;
      if (append_element(text, element, value) && text[0] == '0' && output_.find(text) != std::string_view::npos)
        return true;
    }
    return false;
  }

  static bool is_unpadded(DateElement element) {
    return element == DateElement::month || element == DateElement::day || element == DateElement::hour ||
           element == DateElement::half_hour;
  }

  static DatePiece piece(const Reading& reading, const TimeRounding& rounding, const DateFormat& format) {
    return {reading.region, reading.formats, rounding, format};
  }

  void add_rounded(const Reading& reading, uint32_t id, const Written& written) {
    const int wanted = written.value.second_of_day();
    for (size_t i = 0; i < kUnitMinutes.size(); ++i)
      for (const TimeRounding::Mode mode :
           {TimeRounding::Mode::down, TimeRounding::Mode::nearest, TimeRounding::Mode::up}) {
        const TimeRounding rounding{mode, kUnitMinutes[i] * 60, 0, 0};
        if (round(reading.values[task_.pivot], rounding).second_of_day() != wanted) continue;
        const bool shows_minutes = written.format->text().find("mm") != std::string::npos;
        const int unit_cost = shows_minutes && kUnitMinutes[i] >= 60 ? 5 : static_cast<int>(i) / 2;
        std::string unrounded;
        written.format->append(unrounded, reading.values[task_.pivot]);
        const bool changes_nothing = unrounded == output_.substr(written.begin, written.end - written.begin);
        const std::string& format = written.format->text();
        const int padding_cost = reading.pads && format.starts_with('H') && !format.starts_with("HH") ? 2 : 0;
        const int mode_cost = mode == TimeRounding::Mode::down ? 0 : mode == TimeRounding::Mode::nearest ? 2 : 4;
        add(reading, id, written.begin, {piece(reading, rounding, *written.format)},
            kPieceCost + reading.cost + 10 + mode_cost + unit_cost + padding_cost + (changes_nothing ? 10 : 0));
      }
  }

  // "5AM-7AM", "10:00-11:59": bins of one width, of which the output shows both ends.
  void add_range(const Reading& reading, uint32_t id, const Written& low, const Written& high) {
    const bool is_behind = high.begin > low.end && high.begin <= low.end + 6 && high.format == low.format;
    if (!is_behind) return;
    const int from = low.value.second_of_day();
    const int shift = (high.value.second_of_day() - from + kSecondsPerDay) % kSecondsPerDay;
    for (const int gap : {0, 1, 60, 600}) {
      const int width = shift + gap;
      const auto unit = std::find_if(kUnitMinutes.begin(), kUnitMinutes.end(),
                                     [width](int minutes) { return minutes * 60 == width; });
      if (unit == kUnitMinutes.end()) continue;
      const TimeRounding rounding{TimeRounding::Mode::down, width, from % width, 0};
      if (round(reading.values[task_.pivot], rounding).second_of_day() != from) continue;
      TimeRounding upper = rounding;
      upper.shift_s = shift;
      const std::string between(output_.substr(low.end, high.begin - low.end));
      add(reading, id, low.begin,
          {piece(reading, rounding, *low.format), LiteralPiece{between}, piece(reading, upper, *low.format)},
          kPieceCost + reading.cost + 8 + (rounding.anchor_s == 0 ? 0 : 4) + (gap == 0 ? 0 : 2));
    }
  }

  void add(const Reading& reading, uint32_t id, size_t begin, std::vector<Piece> pieces, int cost) {
    Edge edge{begin, {}, std::move(pieces), cost, id, kPieceCost + reading.cost - kSameReading};
    for (size_t example = 0; example < task_.samples.examples; ++example) {
      std::string value;
      for (const Piece& one : edge.pieces) {
        if (const auto* literal = std::get_if<LiteralPiece>(&one)) {
          value += literal->text;
          continue;
        }
        const auto& date = std::get<DatePiece>(one);
        if (!date.output.append(value, round(reading.values[example], date.rounding))) return;
      }
      if (task_.samples.outputs[example].find(value) == std::string::npos) return;
      edge.values.push_back(std::move(value));
    }
    if (output_.substr(begin).starts_with(edge.values[task_.pivot])) edges_.push_back(std::move(edge));
  }

  std::vector<Edge>& edges_;
  const EdgeTask& task_;
  std::string_view output_;
  std::vector<Written> written_;
  std::vector<Reading> readings_;
};

}  // namespace

void add_date_edges(std::vector<Edge>& edges, const EdgeTask& task) { DateEdges(edges, task).run(); }

}  // namespace aml::synth
