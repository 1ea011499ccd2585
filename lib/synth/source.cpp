#include "synth/source.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "text/letter_case.h"

namespace aml::synth {
namespace {

std::string folded(std::string_view text) {
  std::string out;
  text::append_lower(out, text);
  return out;
}

// True when the filtered text and the output share two characters in a row that the text itself does not have, so
// that the filter can explain what no slice of the text can.
bool explains_more(std::string_view filtered, std::string_view raw, std::string_view output) {
  if (filtered == raw || filtered.empty()) return false;
  const std::string wanted = folded(output);
  const std::string before = folded(raw);
  const std::string after = folded(filtered);
  for (size_t at = 0; at + 2 <= after.size(); ++at) {
    size_t length = 2;
    if (wanted.find(after.substr(at, length)) == std::string::npos) continue;
    while (at + length < after.size() && wanted.find(after.substr(at, length + 1)) != std::string::npos) ++length;
    if (before.find(after.substr(at, length)) == std::string::npos) return true;
  }
  return false;
}

std::string distinct_symbols(std::string_view text) {
  std::string symbols;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = byte < 128 && (class_at(std::string_view(&c, 1), 0) & (kSymbol | kSpace)) != 0;
    if (is_plain && symbols.find(c) == std::string::npos) symbols.push_back(c);
  }
  return symbols;
}

std::vector<Filter> possible_filters(std::string_view text, std::string_view output) {
  std::vector<Filter> filters = {
      {Filter::Kind::trim}, {Filter::Kind::squeeze}, {Filter::Kind::initials}, {Filter::Kind::ascii}};
  for (const Token token : {Token::digits, Token::letters, Token::upper, Token::lower, Token::alnum, Token::nonspace})
    filters.push_back({Filter::Kind::keep, token});
  for (const Token token : {Token::digits, Token::symbols, Token::lower, Token::upper})
    filters.push_back({Filter::Kind::drop, token});
  const std::string inside = distinct_symbols(text);
  const std::string written = distinct_symbols(output);
  for (const char c : inside.substr(0, 12)) {
    if (output.find(c) != std::string_view::npos) continue;
    filters.push_back({Filter::Kind::drop, Token::literal, std::string(1, c)});
    for (const char d : written.substr(0, 6))
      if (text.find(d) == std::string_view::npos)
        filters.push_back({Filter::Kind::replace, Token::literal, std::string(1, c), std::string(1, d)});
  }
  return filters;
}

Source make_source(const Samples& samples, size_t column, const Filter& filter) {
  Source source{column, filter, {}, true};
  std::optional<size_t> length;
  for (const Cells& cells : samples.inputs) {
    if (!cells[column]) {
      source.texts.emplace_back();
      continue;
    }
    std::string text;
    append_filtered(text, filter, *cells[column]);
    const size_t chars = count_chars(text);
    source.is_fixed_length = source.is_fixed_length && chars == length.value_or(chars);
    length = chars;
    source.texts.emplace_back(std::move(text));
  }
  source.is_fixed_length = source.is_fixed_length && samples.rows() > 2;
  return source;
}

constexpr std::array kClassTokens = {Token::digits, Token::letters,  Token::upper,       Token::lower,   Token::alnum,
                                     Token::space,  Token::nonspace, Token::capitalized, Token::capital, Token::name,
                                     Token::number, Token::symbols,  Token::phrase};
constexpr size_t kSymbolPatternsMax = 16;
constexpr size_t kWordPatternsMax = 12;
constexpr int kOccurrencesMax = 8;
constexpr size_t kOffsetMax = 30;

bool is_plain(std::string_view text, size_t at) { return (class_at(text, at) & (kSymbol | kSpace)) == 0; }

// Words and runs of symbols of the pivot that most rows have too: " by ", "Model: ", "://".
std::vector<std::string> frequent_literals(const Source& source, std::string_view text) {
  std::vector<std::string> candidates;
  const auto add = [&](size_t begin, size_t end) {
    std::string literal(text.substr(begin, end - begin));
    if (literal.size() >= 2 && literal.size() <= 24 &&
        std::find(candidates.begin(), candidates.end(), literal) == candidates.end())
      candidates.push_back(std::move(literal));
  };
  std::vector<size_t> cuts;  // where words and symbol runs alternate
  for (size_t at = 0; at < text.size(); at += char_length(text, at))
    if (at == 0 || is_plain(text, at) != is_plain(text, previous_char(text, at))) cuts.push_back(at);
  cuts.push_back(text.size());
  for (size_t i = 0; i + 1 < cuts.size() && candidates.size() < 96; ++i)
    for (size_t j = i + 1; j < cuts.size() && j <= i + 3; ++j) add(cuts[i], cuts[j]);
  const auto count = [&](const std::string& literal) {
    return std::count_if(source.texts.begin(), source.texts.end(),
                         [&](const Cell& cell) { return cell && cell->find(literal) != std::string::npos; });
  };
  const auto rows =
      std::count_if(source.texts.begin(), source.texts.end(), [](const Cell& cell) { return cell.has_value(); });
  std::erase_if(candidates, [&](const std::string& literal) { return count(literal) * 5 < rows * 4 || rows < 2; });
  if (candidates.size() > kWordPatternsMax) candidates.resize(kWordPatternsMax);
  return candidates;
}

std::vector<Pattern> patterns_of(const Source& source, std::string_view text) {
  std::vector<Pattern> patterns;
  for (const char c : distinct_symbols(text).substr(0, kSymbolPatternsMax))
    patterns.push_back({Token::literal, std::string(1, c)});
  for (const Token token : kClassTokens) patterns.push_back({token});
  for (std::string& literal : frequent_literals(source, text)) patterns.push_back({Token::literal, std::move(literal)});
  return patterns;
}

// How clear a cut at `at` is: 0 within letters or digits of a kind, 1 where the kind changes, 2 between words.
int boundary_at(std::string_view text, size_t at) {
  if (at == 0 || at >= text.size()) return 2;
  const CharClass before = class_at(text, previous_char(text, at));
  const CharClass after = class_at(text, at);
  if (((before | after) & (kSymbol | kSpace)) != 0) return 2;
  return before == after || (before == kUpper && after == kLower) ? 0 : 1;
}

bool has_blank_end(std::string_view text) {
  return !text.empty() && (class_at(text, 0) == kSpace || class_at(text, previous_char(text, text.size())) == kSpace);
}

uint8_t classes_in(std::string_view text) {
  uint8_t classes = 0;
  for (size_t at = 0; at < text.size(); at += char_length(text, at)) classes |= class_at(text, at);
  return classes;
}

// A token, a field and the like read as one thing, whatever their two ends cost apart.
int pair_cost(const Region& region, bool is_fixed_length) {
  const Position& from = region.from;
  const Position& to = region.to;
  const int cost = cost_of(from, is_fixed_length) + cost_of(to, is_fixed_length);
  const bool same = from.left == to.left;
  if (from.kind == Position::Kind::before && to.kind == Position::Kind::past && same)
    return cost_of(from, is_fixed_length);
  if (from.kind == Position::Kind::after && to.kind == Position::Kind::next && same) return cost - 2;
  if (from.kind == Position::Kind::before && to.kind == Position::Kind::after && same && from.count == to.count)
    return cost_of(from, is_fixed_length) + 1;
  if (from.kind == Position::Kind::start && to.kind == Position::Kind::end) return 1;
  return cost;
}

}  // namespace

std::vector<Source> make_sources(const Samples& samples) {
  std::vector<Source> sources;
  for (size_t column = 0; column < samples.columns; ++column) sources.push_back(make_source(samples, column, {}));
  for (size_t column = 0; column < samples.columns; ++column) {
    std::vector<Filter> used;
    for (size_t example = 0; example < samples.examples; ++example) {
      const Cell& cell = samples.inputs[example][column];
      if (!cell || cell->size() > 400) continue;
      for (const Filter& filter : possible_filters(*cell, samples.outputs[example])) {
        std::string filtered;
        append_filtered(filtered, filter, *cell);
        if (!explains_more(filtered, *cell, samples.outputs[example])) continue;
        if (used.size() < 6 && std::find(used.begin(), used.end(), filter) == used.end()) used.push_back(filter);
      }
    }
    for (const Filter& filter : used) sources.push_back(make_source(samples, column, filter));
  }
  return sources;
}

struct RegionFinder::Places {
  struct Place {
    Position position;
    std::vector<uint32_t> offsets;  // per row; for relative positions only the pivot's
    int cost = 0;
  };
  std::vector<Place> places;
};

namespace {
constexpr uint32_t kNone = UINT32_MAX;

uint32_t narrow(size_t offset) { return offset == kNowhere ? kNone : static_cast<uint32_t>(offset); }

// How much the unlabelled rows speak against a region: those where it fails, is empty, has characters of another
// kind, or cuts a word where the examples are cut between words.
class Penalty {
 public:
  Penalty(const Source& source, const Samples& samples, size_t pivot)
      : source_(source), samples_(samples), pivot_(pivot) {}

  int operator()(const std::vector<std::pair<uint32_t, uint32_t>>& slices) const {
    uint8_t classes = 0;
    for (size_t row = 0; row < samples_.examples; ++row) classes |= classes_in(text_of(row, slices[row]));
    const int begin = boundary_at(*source_.texts[pivot_], slices[pivot_].first);
    const int end = boundary_at(*source_.texts[pivot_], slices[pivot_].second);
    const bool has_blanks = has_blank_end(text_of(pivot_, slices[pivot_]));
    int rows = 0;
    int points = 0;
    for (size_t row = samples_.examples; row < samples_.rows(); ++row) {
      if (!source_.texts[row] || source_.texts[row]->empty()) continue;
      ++rows;
      const auto [from, to] = slices[row];
      if (from == kNone) {
        points += 40;
      } else if (from == to) {
        points += 30;
      } else {
        const std::string_view part = text_of(row, slices[row]);
        points += stranger_points(static_cast<uint8_t>(classes_in(part) & ~classes), classes);
        points += 5 * std::max(0, begin - boundary_at(*source_.texts[row], from));
        points += 5 * std::max(0, end - boundary_at(*source_.texts[row], to));
        if (!has_blanks && has_blank_end(part)) points += 6;
      }
    }
    return (begin == 0 ? 7 : 0) + (rows == 0 ? 0 : points / rows);
  }

  // Characters of kinds the examples do not have: digits among letters are common, blanks are not.
  static int stranger_points(uint8_t strangers, uint8_t known) {
    int points = 0;
    if ((strangers & kSpace) != 0) points += 6;
    if ((strangers & kSymbol) != 0) points += 4;
    if ((strangers & kDigit) != 0) points += 5;
    const uint8_t letters = kUpper | kLower;
    if ((strangers & letters) != 0) points += (known & letters) != 0 ? 2 : 6;
    return points;
  }

 private:
  std::string_view text_of(size_t row, const std::pair<uint32_t, uint32_t>& part) const {
    if (!source_.texts[row] || part.first == kNone) return {};
    return std::string_view(*source_.texts[row]).substr(part.first, part.second - part.first);
  }
  const Source& source_;
  const Samples& samples_;
  size_t pivot_;
};

}  // namespace

RegionFinder::RegionFinder(const Source& source, const Samples& samples, size_t pivot)
    : source_(source), samples_(samples), pivot_(pivot) {
  if (source.texts[pivot]) text_ = *source.texts[pivot];
  patterns_ = patterns_of(source, text_);
}
RegionFinder::~RegionFinder() = default;
RegionFinder::RegionFinder(RegionFinder&&) noexcept = default;

const RegionFinder::Places& RegionFinder::places_at(size_t offset) {
  auto& slot = places_[offset];
  if (slot) return *slot;
  std::vector<Position> positions;
  if (offset == 0) positions.push_back({Position::Kind::start});
  if (offset == text_.size()) positions.push_back({Position::Kind::end});
  std::vector<const Pattern*> ending;
  std::vector<const Pattern*> beginning;
  for (const Pattern& pattern : patterns_) {
    int total = 0;
    std::optional<int> begin;
    std::optional<int> end;
    for (auto match = find_match(pattern, text_, 0); match; match = find_match(pattern, text_, match->end)) {
      ++total;
      if (match->begin == offset) begin = total;
      if (match->end == offset) end = total;
    }
    const auto add = [&](Position::Kind kind, int count) {
      if (count <= kOccurrencesMax) positions.push_back({kind, count, pattern});
      if (total + 1 - count <= kOccurrencesMax) positions.push_back({kind, count - total - 1, pattern});
    };
    if (begin) add(Position::Kind::before, *begin);
    if (end) add(Position::Kind::after, *end);
    const bool is_edge_token = pattern.token == Token::digits || pattern.token == Token::upper ||
                               pattern.token == Token::lower ||
                               (pattern.token == Token::literal && pattern.literal.size() == 1);
    if (begin && is_edge_token) beginning.push_back(&pattern);
    if (end && is_edge_token) ending.push_back(&pattern);
  }
  for (const Pattern* left : ending)
    for (const Pattern* right : beginning)
      for (const int count : {1, 2, 3, -1, -2, -3}) {
        const Position edge{Position::Kind::edge, count, *left, *right};
        if (locate(edge, text_) == offset) positions.push_back(edge);
      }
  const size_t from_left = count_chars(text_.substr(0, offset));
  const size_t from_right = count_chars(text_.substr(offset));
  if (from_left > 0 && from_left <= kOffsetMax)
    positions.push_back({Position::Kind::offset, static_cast<int>(from_left)});
  if (from_right > 0 && from_right <= kOffsetMax)
    positions.push_back({Position::Kind::offset, -static_cast<int>(from_right)});

  slot = std::make_unique<Places>();
  std::unordered_map<std::string, size_t> known;
  for (Position& position : positions) {
    Places::Place place{position, {}, cost_of(position, source_.is_fixed_length)};
    for (const Cell& cell : source_.texts) place.offsets.push_back(cell ? narrow(locate(position, *cell)) : kNone);
    const std::string key(reinterpret_cast<const char*>(place.offsets.data()), place.offsets.size() * sizeof(uint32_t));
    const auto [found, is_new] = known.emplace(key, slot->places.size());
    if (is_new) slot->places.push_back(std::move(place));
    else if (place.cost < slot->places[found->second].cost) slot->places[found->second] = std::move(place);
  }
  return *slot;
}

RegionFinder::Places& RegionFinder::relative_places(size_t begin) {
  auto& slot = relatives_[begin];
  if (slot) return *slot;
  slot = std::make_unique<Places>();
  for (const Pattern& pattern : patterns_)
    for (const Position::Kind kind : {Position::Kind::past, Position::Kind::next}) {
      const Position position{kind, 0, pattern};
      const size_t offset = locate(position, text_, begin);
      if (offset != kNowhere && offset > begin)
        slot->places.push_back({position, {narrow(offset)}, cost_of(position, source_.is_fixed_length)});
    }
  return *slot;
}

std::vector<FoundRegion> RegionFinder::find(size_t begin, size_t end, size_t count, const Accept& accept) {
  const Places& starts = places_at(begin);
  const Places& ends = places_at(end);
  std::vector<const Position*> relative;
  for (const Places::Place& place : relative_places(begin).places)
    if (place.offsets[0] == end) relative.push_back(&place.position);
  const Position plus{Position::Kind::plus, static_cast<int>(count_chars(text_.substr(begin, end - begin)))};
  if (plus.count > 0 && plus.count <= 20) relative.push_back(&plus);

  using Slices = std::vector<std::pair<uint32_t, uint32_t>>;
  struct Found {
    Region region;
    Slices slices;
    int cost;
  };
  std::vector<Found> found;
  std::unordered_map<std::string, size_t> known;
  const Penalty penalty(source_, samples_, pivot_);
  const auto consider = [&](const Places::Place& start, const Position& to, Slices slices) {
    for (size_t row = 0; row < samples_.examples; ++row) {
      if (slices[row].first == kNone) return;
      if (row == pivot_) continue;
      const std::string_view text = *source_.texts[row];
      if (!accept(row, text.substr(slices[row].first, slices[row].second - slices[row].first))) return;
    }
    Region region{source_.column, source_.filter, start.position, to};
    const int base = pair_cost(region, source_.is_fixed_length) + cost_of(source_.filter);
    const std::string key(reinterpret_cast<const char*>(slices.data()), slices.size() * sizeof(slices[0]));
    const auto [slot, is_new] = known.emplace(key, found.size());
    if (is_new) {
      const int cost = base + penalty(slices);
      found.push_back({std::move(region), std::move(slices), cost});
    } else {
      Found& other = found[slot->second];
      const int other_base = pair_cost(other.region, source_.is_fixed_length) + cost_of(source_.filter);
      if (base >= other_base) return;
      other.cost += base - other_base;
      other.region = std::move(region);
    }
  };
  for (const Places::Place& start : starts.places) {
    for (const Places::Place& place : ends.places) {
      Slices slices(samples_.rows(), {kNone, kNone});
      for (size_t row = 0; row < samples_.rows(); ++row)
        if (start.offsets[row] != kNone && place.offsets[row] != kNone && start.offsets[row] <= place.offsets[row])
          slices[row] = {start.offsets[row], place.offsets[row]};
      consider(start, place.position, std::move(slices));
    }
    for (const Position* to : relative) {
      Slices slices(samples_.rows(), {kNone, kNone});
      for (size_t row = 0; row < samples_.rows(); ++row) {
        if (start.offsets[row] == kNone) continue;
        const uint32_t offset = narrow(locate(*to, *source_.texts[row], start.offsets[row]));
        if (offset != kNone) slices[row] = {start.offsets[row], offset};
      }
      consider(start, *to, std::move(slices));
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.cost < b.cost; });
  if (found.size() > count) found.resize(count);

  std::vector<FoundRegion> result;
  for (Found& one : found) {
    FoundRegion region{std::move(one.region), {}, one.cost};
    for (size_t row = 0; row < samples_.rows(); ++row) {
      if (one.slices[row].first == kNone) region.slices.emplace_back();
      else
        region.slices.emplace_back(std::string_view(*source_.texts[row])
                                       .substr(one.slices[row].first, one.slices[row].second - one.slices[row].first));
    }
    result.push_back(std::move(region));
  }
  return result;
}

}  // namespace aml::synth
