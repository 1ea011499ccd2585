#include "synth/region_finder.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace aml::synth {
namespace {

constexpr std::array kClassTokens = {Token::digits, Token::letters,  Token::upper,       Token::lower,   Token::alnum,
                                     Token::space,  Token::nonspace, Token::capitalized, Token::capital, Token::name,
                                     Token::number, Token::symbols,  Token::phrase};
constexpr size_t kSymbolPatternsMax = 16;
constexpr size_t kWordPatternsMax = 12;
constexpr int kOccurrencesMax = 8;
constexpr size_t kOffsetMax = 30;
constexpr int kPlusMax = 20;

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

using Slices = std::vector<std::pair<uint32_t, uint32_t>>;

// The regions found so far, one for each different set of slices: the simplest.
class Pool {
 public:
  Pool(const Source& source, const Samples& samples, size_t pivot, const Accept& accept)
      : source_(source), samples_(samples), pivot_(pivot), accept_(accept), penalty_(source, samples, pivot) {}

  void add(const Position& from, const Position& to, Slices slices) {
    if (!is_accepted(slices)) return;
    Region region{source_.column, source_.filter, from, to};
    const int base = pair_cost(region, source_.is_fixed_length) + cost_of(source_.filter);
    const std::string key(reinterpret_cast<const char*>(slices.data()), slices.size() * sizeof(slices[0]));
    const auto [slot, is_new] = known_.emplace(key, found_.size());
    if (is_new) {
      const int penalty = penalty_(slices);
      found_.push_back({std::move(region), std::move(slices), base, penalty});
      return;
    }
    Found& other = found_[slot->second];
    if (base >= other.base) return;
    other.base = base;
    other.region = std::move(region);
  }

  std::vector<FoundRegion> cheapest(size_t count) {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Found& a, const Found& b) { return a.base + a.penalty < b.base + b.penalty; });
    if (found_.size() > count) found_.resize(count);
    std::vector<FoundRegion> result;
    for (Found& one : found_) {
      result.push_back({std::move(one.region), {}, one.base + one.penalty});
      for (size_t row = 0; row < samples_.rows(); ++row) result.back().slices.push_back(part(one.slices[row], row));
    }
    return result;
  }

 private:
  struct Found {
    Region region;
    Slices slices;
    int base;
    int penalty;
  };

  bool is_accepted(const Slices& slices) const {
    for (size_t row = 0; row < samples_.examples; ++row) {
      const auto text = part(slices[row], row);
      if (!text || (row != pivot_ && !accept_(row, *text))) return false;
    }
    return true;
  }

  std::optional<std::string_view> part(const std::pair<uint32_t, uint32_t>& slice, size_t row) const {
    if (slice.first == kNone) return std::nullopt;
    return std::string_view(*source_.texts[row]).substr(slice.first, slice.second - slice.first);
  }

  const Source& source_;
  const Samples& samples_;
  size_t pivot_;
  const Accept& accept_;
  Penalty penalty_;
  std::vector<Found> found_;
  std::unordered_map<std::string, size_t> known_;
};

}  // namespace

struct RegionFinder::Places {
  struct Place {
    Position position;
    std::vector<uint32_t> offsets;  // per row; for relative positions only the pivot's
    int cost = 0;
  };
  std::vector<Place> places;
};

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
    // Matches of "--" in "---" are others when counted from the right.
    if (place.offsets[pivot_] != offset) continue;
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
  if (plus.count > 0 && plus.count <= kPlusMax) relative.push_back(&plus);

  Pool pool(source_, samples_, pivot_, accept);
  for (const Places::Place& start : starts.places) {
    for (const Places::Place& place : ends.places) {
      Slices slices(samples_.rows(), {kNone, kNone});
      for (size_t row = 0; row < samples_.rows(); ++row)
        if (start.offsets[row] != kNone && place.offsets[row] != kNone && start.offsets[row] <= place.offsets[row])
          slices[row] = {start.offsets[row], place.offsets[row]};
      pool.add(start.position, place.position, std::move(slices));
    }
    for (const Position* to : relative) {
      Slices slices(samples_.rows(), {kNone, kNone});
      for (size_t row = 0; row < samples_.rows(); ++row) {
        if (start.offsets[row] == kNone) continue;
        const uint32_t offset = narrow(locate(*to, *source_.texts[row], start.offsets[row]));
        if (offset != kNone) slices[row] = {start.offsets[row], offset};
      }
      pool.add(start.position, *to, std::move(slices));
    }
  }
  return pool.cheapest(count);
}

}  // namespace aml::synth
