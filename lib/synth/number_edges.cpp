// Numbers of the output explained by numbers of the input: each pair gives the factors, roundings and formats that
// lead from one to the other.
#include <algorithm>
#include <array>
#include <set>

#include "synth/edges.h"
#include "synth/units.h"

namespace aml::synth {
namespace {

constexpr size_t kNumbersMax = 12;
constexpr size_t kRegionsPerNumber = 5;
constexpr int kUnreadable = 30;

struct Span {
  size_t begin;
  size_t end;
  auto operator<=>(const Span&) const = default;
};

// Numbers with sign and groups, the digit runs in them, and the whole text.
std::vector<Span> numbers_in(std::string_view text) {
  std::set<Span> spans;
  if (parse_decimal(text)) spans.insert({0, text.size()});
  for (const Token token : {Token::number, Token::digits}) {
    const Pattern pattern{token};
    for (auto match = find_match(pattern, text, 0); match && spans.size() < kNumbersMax;
         match = find_match(pattern, text, match->end))
      spans.insert({match->begin, match->end});
  }
  return {spans.begin(), spans.end()};
}

// A number as it stands in the output.
struct Written {
  Span span;
  Decimal value;
  std::vector<NumberFormat> formats;  // that write it so, the plainest first
};

int decimals_of(std::string_view text) {
  const size_t point = text.find('.');
  return point == std::string_view::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

std::vector<NumberFormat> formats_for(std::string_view text) {
  const bool has_sign = text[0] == '-';
  const size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(has_sign ? 1 : 0, point - (has_sign ? 1 : 0));
  NumberFormat format;
  format.has_groups = whole.find(',') != std::string_view::npos;
  const bool has_zeros = whole.size() > 1 && whole[0] == '0';
  const int digits = static_cast<int>(whole.size());
  std::vector<NumberFormat> formats;
  const int decimals = decimals_of(text);
  const auto add_decimals = [&](NumberFormat base) {
    base.decimals_min = base.decimals_max = decimals;
    formats.push_back(base);
    base.decimals_min = 0;
    formats.push_back(base);
    base.decimals_max = NumberFormat::kAllDecimals;
    formats.push_back(base);
    if (decimals > 0) {
      base.decimals_min = decimals;
      formats.push_back(base);
    }
  };
  if (!has_zeros) {
    format.whole_min = whole.empty() ? 0 : 1;
    add_decimals(format);
  }
  if (digits > 1 && !format.has_groups) {
    format.whole_min = digits;
    add_decimals(format);
  }
  if (!format.has_groups && digits < 4 && !has_zeros) {
    format.whole_min = 1;
    format.has_groups = true;
    add_decimals(format);
  }
  return formats;
}

// Blanks around a number may be part of it.
void add_padded(std::vector<Written>& found, std::string_view output, const Written& plain) {
  size_t begin = plain.span.begin;
  size_t end = plain.span.end;
  if (end < output.size() && output[end] == '.') ++end;
  while (begin > 0 && output[begin - 1] == ' ') --begin;
  while (end < output.size() && output[end] == ' ') ++end;
  if (begin > 0) begin = plain.span.begin;  // only where the number is all there is on that side
  if (end < output.size()) end = plain.span.end;
  if (begin == plain.span.begin && end == plain.span.end) return;
  const std::string_view number = output.substr(plain.span.begin, plain.span.end - plain.span.begin);
  const size_t point = std::min(number.find('.'), number.size());
  const int left = static_cast<int>(plain.span.begin + point - begin);
  const int right = static_cast<int>(end - plain.span.begin - point);
  for (const bool pads_left : {true, false})
    for (const bool pads_right : {true, false}) {
      if ((pads_left && begin == plain.span.begin) || (pads_right && end == plain.span.end)) continue;
      if (!pads_left && !pads_right) continue;
      Written padded{{pads_left ? begin : plain.span.begin, pads_right ? end : plain.span.end}, plain.value, {}};
      for (NumberFormat format : plain.formats) {
        if (format.whole_min > 1 || format.has_groups) continue;
        if (pads_left) format.pad_left = left;
        if (pads_right) format.pad_right = right;
        padded.formats.push_back(format);
      }
      found.push_back(std::move(padded));
    }
}

std::vector<Written> numbers_written(std::string_view output) {
  std::set<Span> spans;
  for (const Token token : {Token::number, Token::digits}) {
    const Pattern pattern{token};
    for (auto match = find_match(pattern, output, 0); match; match = find_match(pattern, output, match->end)) {
      spans.insert({match->begin, match->end});
      if (output[match->begin] == '-' || output[match->begin] == '+') spans.insert({match->begin + 1, match->end});
      const bool lacks_zero = match->begin > 0 && output[match->begin - 1] == '.';
      if (lacks_zero) spans.insert({match->begin - 1, match->end});
    }
  }
  std::vector<Written> found;
  for (const Span& span : spans) {
    const std::string_view text = output.substr(span.begin, span.end - span.begin);
    const auto value = parse_decimal(text);
    if (!value || text[0] == '+' || found.size() >= 2 * kNumbersMax) continue;
    found.push_back({span, *value, formats_for(text)});
    add_padded(found, output, Written(found.back()));
  }
  return found;
}

struct Step {
  Decimal factor = {1, 0};
  Rounding rounding = {};
  int cost = 0;
};

constexpr std::array<Decimal, 11> kFactors = {
    Decimal{1, 0}, Decimal{100, 0}, Decimal{1000, 0}, Decimal{1000000, 0}, Decimal{1000000000, 0}, Decimal{1, 2},
    Decimal{1, 3}, Decimal{1, 6},   Decimal{1, 9},    Decimal{10, 0},      Decimal{1, 1}};

constexpr size_t kRoundedFactors = 1;  // who scales a number seldom rounds it to more than decimals

Decimal power_of_ten(int exponent) {
  Decimal value{1, std::max(0, -exponent)};
  for (; exponent > 0; --exponent) value.units *= 10;
  return value;
}

// Roundings from `from` to `to`: multiples of 1, 5, 2, 2.5 and 3 times powers of ten.
void add_roundings(std::vector<Step>& steps, const Step& base, const Decimal& from, const Decimal& to) {
  struct Unit {
    Decimal digits;
    int cost;
  };
  constexpr std::array<Unit, 5> kUnits = {Unit{{1, 0}, 0}, {{5, 0}, 3}, {{2, 0}, 5}, {{25, 1}, 6}, {{3, 0}, 8}};
  for (int exponent = -6; exponent <= 6; ++exponent)
    for (const Unit& unit : kUnits) {
      const auto size = multiply(unit.digits, power_of_ten(exponent));
      for (const RoundingMode mode : {RoundingMode::nearest, RoundingMode::down, RoundingMode::up}) {
        Step step = base;
        step.rounding = {mode, *size, {}, {}};
        const auto rounded = round(from, step.rounding);
        if (!rounded || compare(*rounded, to) != 0) continue;
        const bool is_kept = compare(from, to) == 0;
        step.cost +=
            9 + unit.cost + (mode == RoundingMode::nearest ? 0 : 4) + (is_kept ? 8 : 0) + std::abs(exponent) / 2;
        // The coarsest unit that fits says most; finer ones follow.
        steps.push_back(step);
      }
    }
}

std::vector<Step> steps_between(const Decimal& from, const Decimal& to) {
  std::vector<Step> steps;
  for (size_t i = 0; i < kFactors.size(); ++i) {
    const auto scaled = multiply(from, kFactors[i]);
    if (!scaled) continue;
    const Step base{kFactors[i], {}, i == 0 ? 0 : i < 9 ? 6 : 10};
    steps.push_back(base);  // the format may round
    if (i < kRoundedFactors) add_roundings(steps, base, *scaled, to);
  }
  return steps;
}

// `is_exact`: the text shows all decimals there are, and no more.
int format_cost(const NumberFormat& format, std::string_view text, bool is_exact) {
  int cost = 0;
  if (format.has_groups && text.find(',') == std::string_view::npos) cost += 5;
  if (format.whole_min > 1) cost += text[0] == '0' ? 1 : 5;
  if (format.decimals_max == NumberFormat::kAllDecimals) cost += format.decimals_min > 0 ? 5 : is_exact ? 0 : 1;
  else if (format.decimals_min != format.decimals_max) cost += 4;
  else cost += is_exact ? 4 : format.decimals_max > 0 ? 1 : 3;
  return cost + (format.pad_left + format.pad_right > 0 ? 3 : 0);
}

class NumberEdges {
 public:
  NumberEdges(std::vector<Edge>& edges, const EdgeTask& task)
      : edges_(edges), task_(task), output_(task.samples.outputs[task.pivot]), written_(numbers_written(output_)) {}

  void run() {
    if (written_.empty()) return;
    for (size_t source = 0; source < task_.sources.size(); ++source) {
      const Cell& text = task_.sources[source].texts[task_.pivot];
      const bool is_plain = task_.sources[source].filter.kind == Filter::Kind::none ||
                            task_.sources[source].filter.kind == Filter::Kind::drop;
      if (!text || text->size() > 400 || !is_plain) continue;
      for (const Span& span : numbers_in(*text)) explain(source, span);
    }
  }

 private:
  void explain(size_t source, const Span& span) {
    const auto accept = [](size_t, std::string_view text) { return parse_decimal(text).has_value(); };
    for (const FoundRegion& region : task_.finders[source].find(span.begin, span.end, kRegionsPerNumber, accept)) {
      values_.clear();
      for (size_t example = 0; example < task_.samples.examples; ++example)
        values_.push_back(parse_decimal(*region.slices[example]).value_or(Decimal{}));
      const int cost = kPieceCost + region.cost + unreadable(region);
      for (const Written& written : written_) {
        add_steps(region, written, cost);
        if (task_.samples.examples > 1) add_scalings(region, written, cost);
        for (const Written& upper : written_) add_range(region, written, upper, cost);
      }
    }
  }

  int unreadable(const FoundRegion& region) const {
    int rows = 0;
    int bad = 0;
    for (size_t row = task_.samples.examples; row < task_.samples.rows(); ++row) {
      if (!region.slices[row] || region.slices[row]->empty()) continue;
      ++rows;
      bad += parse_decimal(*region.slices[row]) ? 0 : 1;
    }
    return rows == 0 ? 0 : kUnreadable * bad / rows;
  }

  void add_steps(const FoundRegion& region, const Written& written, int cost) {
    const std::string_view text = output_.substr(written.span.begin, written.span.end - written.span.begin);
    for (const Step& step : steps_between(values_[task_.pivot], written.value))
      for (const NumberFormat& format : written.formats) {
        const bool rounds = step.rounding.mode != RoundingMode::none;
        if (rounds && format.decimals_max < NumberFormat::kAllDecimals && format.decimals_min != format.decimals_max)
          continue;  // said twice
        const NumberPiece piece{region.region, step.factor, step.rounding, format};
        if (write(piece, task_.pivot) != text) continue;
        const bool is_exact = is_shown_exactly(piece, decimals_of(text));
        add(written.span.begin, {piece}, cost + step.cost + format_cost(format, text, is_exact));
      }
  }

  // Another unit, or a factor that fits: told by one example only too many would.
  void add_scalings(const FoundRegion& region, const Written& written, int cost) {
    const std::string_view text = output_.substr(written.span.begin, written.span.end - written.span.begin);
    std::vector<NumberFormat> formats = written.formats;
    for (const int digits : {significant_digits(text), 6, 8}) {
      NumberFormat format;
      format.significant = digits;
      formats.push_back(format);
    }
    const auto try_factor = [&](const Decimal& factor, int factor_cost) {
      for (const NumberFormat& format : formats) {
        const NumberPiece piece{region.region, factor, {}, format};
        if (write(piece, task_.pivot) == text)
          add(written.span.begin, {piece}, cost + factor_cost + format_cost(format, text, false));
      }
    };
    for (const Decimal& factor : unit_factors()) try_factor(factor, 14);
    if (const auto ratio = shortest_ratio(written.value, values_[task_.pivot])) try_factor(*ratio, 18);
  }

  static int significant_digits(std::string_view text) {
    const size_t first = text.find_first_of("123456789");
    if (first == std::string_view::npos) return 1;
    return static_cast<int>(std::count_if(text.begin() + static_cast<std::ptrdiff_t>(first), text.end(),
                                          [](char c) { return c >= '0' && c <= '9'; }));
  }

  bool is_shown_exactly(const NumberPiece& piece, int decimals) const {
    const auto scaled = multiply(values_[task_.pivot], piece.factor);
    return scaled && piece.rounding.mode == RoundingMode::none && scaled->scale == decimals;
  }

  // "20-25": bins of one width, of which the output shows both ends, the upper one inclusive or not.
  void add_range(const FoundRegion& region, const Written& low, const Written& high, int cost) {
    const Decimal& value = values_[task_.pivot];
    const bool is_behind = high.span.begin > low.span.end && high.span.begin <= low.span.end + 6;
    if (!is_behind || compare(low.value, value) > 0 || compare(value, high.value) > 0) return;
    const auto shift = subtract(high.value, low.value);
    if (!shift || shift->units <= 0 || !separates(low.span.end, high.span.begin)) return;
    const Decimal step{1, std::max(low.value.scale, high.value.scale)};
    for (const bool is_inclusive : {false, true}) {
      const auto width = is_inclusive ? synth::add(*shift, step) : shift;
      if (!width || !is_round(*width)) continue;
      Rounding rounding{RoundingMode::down, *width, {}, {}};
      const auto aligned = round(low.value, rounding);
      if (!aligned) continue;
      const auto anchor = subtract(low.value, *aligned);
      if (!anchor) continue;
      rounding.anchor = *anchor;
      const auto bin = round(value, rounding);
      if (!bin || compare(*bin, low.value) != 0) continue;
      for (const NumberFormat& format : low.formats) {
        const NumberPiece first{region.region, {1, 0}, rounding, format};
        NumberPiece second = first;
        second.rounding.shift = *shift;
        const std::string between(output_.substr(low.span.end, high.span.begin - low.span.end));
        add(low.span.begin, {first, LiteralPiece{between}, second},
            cost + 8 + (is_zero(*anchor) ? 0 : 8) + (is_inclusive ? 2 : 0) + format_cost(format, "0", true));
      }
    }
  }

  // Bins are 5 or 25 wide, not 1721.
  static bool is_round(const Decimal& width) {
    Int128 digits = width.units;
    while (digits != 0 && digits % 10 == 0) digits /= 10;
    constexpr std::array<int, 9> kDigits = {1, 2, 3, 4, 5, 6, 12, 15, 25};
    return std::any_of(kDigits.begin(), kDigits.end(), [digits](int nice) { return digits == nice; });
  }

  // What stands between the ends of a range.
  bool separates(size_t begin, size_t end) const {
    std::string_view between = output_.substr(begin, end - begin);
    while (between.starts_with(' ')) between.remove_prefix(1);
    while (between.ends_with(' ')) between.remove_suffix(1);
    constexpr std::array<std::string_view, 5> kSigns = {"-", "\u2013", "to", "..", "~"};
    return std::find(kSigns.begin(), kSigns.end(), between) != kSigns.end();
  }

  std::string write(const NumberPiece& piece, size_t example) const {
    std::string out;
    const auto scaled = multiply(values_[example], piece.factor);
    const auto rounded = scaled ? round(*scaled, piece.rounding) : std::nullopt;
    if (rounded) append_formatted(out, *rounded, piece.format);
    return out;
  }

  void add(size_t begin, std::vector<Piece> pieces, int cost) {
    Edge edge{begin, {}, std::move(pieces), cost};
    for (size_t example = 0; example < task_.samples.examples; ++example) {
      std::string value;
      for (const Piece& piece : edge.pieces) {
        const auto* number = std::get_if<NumberPiece>(&piece);
        const std::string part = number != nullptr ? write(*number, example) : std::get<LiteralPiece>(piece).text;
        if (part.empty()) return;  // out of range
        value += part;
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
  std::vector<Decimal> values_;  // of the region at hand, per example
};

}  // namespace

void add_number_edges(std::vector<Edge>& edges, const EdgeTask& task) { NumberEdges(edges, task).run(); }

}  // namespace aml::synth
