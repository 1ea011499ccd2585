#include "inspect/feature_type.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "inspect/value_shape.h"

namespace aml::inspect {
namespace {

using Predicate = bool (*)(std::string_view);

bool is_digit(char c) { return '0' <= c && c <= '9'; }
bool is_upper(char c) { return 'A' <= c && c <= 'Z'; }
bool is_letter(char c) { return is_upper(static_cast<char>(c & ~0x20)); }

// The words of a column's name in lower case: "userID_2 Name" is user, id, name.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  char last = ' ';
  for (const char c : name) {
    const bool starts_word = !is_letter(last) || (is_upper(c) && !is_upper(last));
    if (is_letter(c)) {
      if (starts_word) words.emplace_back();
      words.back().push_back(static_cast<char>(c | 0x20));
    }
    last = c;
  }
  return words;
}

constexpr std::string_view kIdWords = " id ids uuid guid index key idx no number unnamed ";
constexpr std::string_view kCategoryWords =
    " code codes zip zipcode postal type class category status gender sex flag group level rank grade state country "
    "city region county district lang language season race color colour iso cd ";
constexpr std::string_view kDateWords =
    " date time day timestamp datetime dob month year yr dt created updated birth hour week quarter ";
constexpr std::string_view kTextWords =
    " name title description desc comment comments text review summary notes note message content body headline "
    "address "
    "street author company ";
constexpr std::string_view kUrlWords = " url link website href image img web site uri photo ";
constexpr std::string_view kMoneyWords =
    " price cost amount salary revenue total fee income sales value pay budget gross ";
constexpr std::string_view kMeasureWords =
    " rate ratio percent pct avg mean sum count num min max std score weight height length width area temp population "
    "age size lat lon latitude longitude speed distance ";
constexpr std::string_view kStopWords =
    " the a an of and to in is for on with that this it as was are by be from at or i you have not his her my we they ";

// `list` has a space before and behind each of its words.
bool holds_word(std::string_view list, std::string_view word) {
  for (size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1))
    if (at > 0 && at + word.size() < list.size() && list[at - 1] == ' ' && list[at + word.size()] == ' ') return true;
  return false;
}

// What is measured once per column.
struct Look {
  const FeatureEvidence& evidence;
  std::vector<std::string> words;  // of the name

  double share(Predicate predicate) const {
    return average([predicate](std::string_view value) { return predicate(value) ? 1.0 : 0.0; });
  }
  template <class F>
  double average(F measure) const {
    if (evidence.samples.empty()) return 0;
    double sum = 0;
    for (const std::string_view value : evidence.samples) sum += static_cast<double>(measure(value));
    return sum / static_cast<double>(evidence.samples.size());
  }
  double has_word(std::string_view list) const {
    return std::any_of(words.begin(), words.end(), [list](const std::string& word) { return holds_word(list, word); })
               ? 1
               : 0;
  }
  double values() const { return static_cast<double>(evidence.rows - std::min(evidence.missing, evidence.rows)); }
  double distinct() const { return static_cast<double>(evidence.distinct); }
};

template <class P>
double share_of_characters(std::string_view value, P predicate) {
  return static_cast<double>(std::count_if(value.begin(), value.end(), predicate)) /
         static_cast<double>(std::max<size_t>(value.size(), 1));
}

// Of any size and sign on one scale.
double signed_log(double value) {
  return std::isfinite(value) ? std::copysign(std::log10(1 + std::abs(value)), value) : 0;
}

bool has_separators(std::string_view value) { return count_any(value, ";|") > 0; }
bool has_slash(std::string_view value) { return count_any(value, "/") > 0; }
bool has_joiner(std::string_view value) { return count_any(value, "_-") > 0; }
bool starts_like_number(std::string_view value) {
  return !is_plain_number(value) && !value.empty() &&
         (is_digit(value[0]) || count_any(value.substr(0, 1), "$<>~+-") > 0) &&
         std::any_of(value.begin(), value.end(), is_digit);
}
// As many pieces between separators as an enumeration has, not the few of a sentence.
bool looks_like_list(std::string_view value) {
  const size_t pieces = 1 + count_any(value, ";|,");
  return pieces > 1 && count_words(value) <= 2 * pieces;
}

double count_stop_words(std::string_view value) {
  size_t count = 0;
  for (size_t begin = 0; begin < value.size();) {
    const size_t end = std::min(value.find(' ', begin), value.size());
    std::string word(value.substr(begin, end - begin));
    for (char& c : word)
      if (is_upper(c)) c = static_cast<char>(c | 0x20);
    if (!word.empty() && holds_word(kStopWords, word)) ++count;
    begin = end + 1;
  }
  return static_cast<double>(count);
}

double is_of_one_length(const Look& look) {
  const auto& samples = look.evidence.samples;
  return !samples.empty() && std::all_of(samples.begin(), samples.end(),
                                         [&](std::string_view value) { return value.size() == samples[0].size(); });
}

// How much of its range a column of whole numbers fills.
double density(const Look& look) {
  const double range = look.evidence.max - look.evidence.min;
  if (!(range >= 0) || look.share(is_plain_integer) < 0.9) return 0;
  return std::min(2.0, look.distinct() / (range + 1));
}

struct Feature {
  std::string_view name;
  double (*measure)(const Look&);
};

constexpr std::array kFeatures = {
    Feature{"missing_share",
            [](const Look& l) {
              return static_cast<double>(l.evidence.missing) /
                     static_cast<double>(std::max<uint64_t>(l.evidence.rows, 1));
            }},
    Feature{"distinct_log", [](const Look& l) { return std::log10(l.distinct() + 1); }},
    Feature{"distinct_share", [](const Look& l) { return l.distinct() / std::max(l.values(), 1.0); }},
    Feature{"min_log", [](const Look& l) { return signed_log(l.evidence.min); }},
    Feature{"max_log", [](const Look& l) { return signed_log(l.evidence.max); }},
    Feature{"mean_log", [](const Look& l) { return signed_log(l.evidence.mean); }},
    Feature{"sd_log", [](const Look& l) { return signed_log(l.evidence.sd); }},
    Feature{"density", density},
    Feature{"number", [](const Look& l) { return l.share(is_plain_number); }},
    Feature{"integer", [](const Look& l) { return l.share(is_plain_integer); }},
    Feature{"leading_zero", [](const Look& l) { return l.share(has_leading_zero); }},
    Feature{"unit", [](const Look& l) { return l.share(is_number_with_unit); }},
    Feature{"like_number", [](const Look& l) { return l.share(starts_like_number); }},
    Feature{"date", [](const Look& l) { return l.share(looks_like_date); }},
    Feature{"compact_date", [](const Look& l) { return l.share(looks_like_compact_date); }},
    Feature{"year", [](const Look& l) { return l.share(is_year); }},
    Feature{"month_or_weekday", [](const Look& l) { return l.share(is_month_or_weekday); }},
    Feature{"url", [](const Look& l) { return l.share(is_url); }},
    Feature{"hex_id", [](const Look& l) { return l.share(is_hex_id); }},
    Feature{"bracketed", [](const Look& l) { return l.share(is_bracketed); }},
    Feature{"list", [](const Look& l) { return l.share(looks_like_list); }},
    Feature{"separators", [](const Look& l) { return l.share(has_separators); }},
    Feature{"slash", [](const Look& l) { return l.share(has_slash); }},
    Feature{"joiner", [](const Look& l) { return l.share(has_joiner); }},
    Feature{"sentence_end", [](const Look& l) { return l.share(has_sentence_end); }},
    Feature{"delimiters", [](const Look& l) { return l.average([](auto v) { return count_any(v, ",;|"); }); }},
    Feature{"stop_words", [](const Look& l) { return l.average(count_stop_words); }},
    Feature{"words", [](const Look& l) { return l.average(count_words); }},
    Feature{"characters", [](const Look& l) { return l.average([](auto v) { return v.size(); }); }},
    Feature{"digits", [](const Look& l) { return l.average([](auto v) { return share_of_characters(v, is_digit); }); }},
    Feature{"letters",
            [](const Look& l) { return l.average([](auto v) { return share_of_characters(v, is_letter); }); }},
    Feature{"capitals",
            [](const Look& l) { return l.average([](auto v) { return share_of_characters(v, is_upper); }); }},
    Feature{"one_length", is_of_one_length},
    Feature{"name_length", [](const Look& l) { return static_cast<double>(l.evidence.name.size()); }},
    Feature{"name_words", [](const Look& l) { return static_cast<double>(l.words.size()); }},
    Feature{"name_digits", [](const Look& l) { return share_of_characters(l.evidence.name, is_digit); }},
    Feature{"name_id",
            [](const Look& l) {
              const bool ends_in_id = !l.words.empty() && l.words.back().ends_with("id");
              return std::max(l.has_word(kIdWords), ends_in_id ? 1.0 : 0.0);
            }},
    Feature{"name_category", [](const Look& l) { return l.has_word(kCategoryWords); }},
    Feature{"name_date", [](const Look& l) { return l.has_word(kDateWords); }},
    Feature{"name_text", [](const Look& l) { return l.has_word(kTextWords); }},
    Feature{"name_url", [](const Look& l) { return l.has_word(kUrlWords); }},
    Feature{"name_money", [](const Look& l) { return l.has_word(kMoneyWords); }},
    Feature{"name_measure", [](const Look& l) { return l.has_word(kMeasureWords); }},
};

// A leaf has no feature, and its `below` is the FeatureType.
struct Node {
  static constexpr uint8_t kLeaf = UINT8_MAX;
  uint8_t feature;
  float threshold;
  uint16_t below, above;  // where to go for values up to the threshold, and beyond it
};
constexpr uint16_t kNumber = static_cast<uint16_t>(FeatureType::number);
constexpr uint16_t kCategory = static_cast<uint16_t>(FeatureType::category);
constexpr uint16_t kDate = static_cast<uint16_t>(FeatureType::date);
constexpr uint16_t kText = static_cast<uint16_t>(FeatureType::text);
constexpr uint16_t kUrl = static_cast<uint16_t>(FeatureType::url);
constexpr uint16_t kList = static_cast<uint16_t>(FeatureType::list);
constexpr uint16_t kQuantity = static_cast<uint16_t>(FeatureType::quantity);
constexpr uint16_t kIdentifier = static_cast<uint16_t>(FeatureType::identifier);
constexpr uint16_t kUnclear = static_cast<uint16_t>(FeatureType::unclear);

constexpr auto leaf(uint16_t type) { return Node{Node::kLeaf, 0, type, 0}; }
constexpr Node kTree[] = {
#include "inspect/feature_type_tree.inc"
};

FeatureType ask_tree(std::span<const float> features) {
  const Node* node = kTree;
  while (node->feature != Node::kLeaf)
    node = kTree + (features[node->feature] <= node->threshold ? node->below : node->above);
  return static_cast<FeatureType>(node->below);
}

bool are_yes_and_no(std::span<const std::string_view> samples) {
  static constexpr std::string_view kWords = " 0 1 y n t f yes no true false on off ";
  return std::all_of(samples.begin(), samples.end(), [](std::string_view value) {
    std::string word(value);
    for (char& c : word)
      if (is_upper(c)) c = static_cast<char>(c | 0x20);
    return holds_word(kWords, word);
  });
}

constexpr std::array<std::string_view, 13> kNames = {"empty",    "constant",   "boolean", "number", "category",
                                                     "date",     "text",       "url",     "email",  "list",
                                                     "quantity", "identifier", "unclear"};

}  // namespace

std::string_view name_of(FeatureType type) { return kNames[static_cast<size_t>(type)]; }

std::vector<std::string_view> feature_names() {
  std::vector<std::string_view> names;
  for (const Feature& feature : kFeatures) names.push_back(feature.name);
  return names;
}

std::vector<float> measure_features(const FeatureEvidence& evidence) {
  const Look look{evidence, words_of(evidence.name)};
  std::vector<float> values;
  for (const Feature& feature : kFeatures) values.push_back(static_cast<float>(feature.measure(look)));
  return values;
}

FeatureType infer_feature_type(const FeatureEvidence& evidence) {
  if (evidence.distinct == 0 || evidence.missing >= evidence.rows) return FeatureType::empty;
  if (evidence.distinct == 1) return FeatureType::constant;
  if (evidence.distinct == 2 && are_yes_and_no(evidence.samples)) return FeatureType::boolean;
  const auto emails = std::count_if(evidence.samples.begin(), evidence.samples.end(), is_email);
  if (emails > 0 && static_cast<double>(emails) > 0.9 * static_cast<double>(evidence.samples.size()))
    return FeatureType::email;
  const auto dates = std::count_if(evidence.samples.begin(), evidence.samples.end(), looks_like_date);
  if (dates > 0 && static_cast<double>(dates) > 0.99 * static_cast<double>(evidence.samples.size()))
    return FeatureType::date;
  const FeatureType type = ask_tree(measure_features(evidence));
  // Benchmarks have few columns as long as people's: a tree that never saw a million different values calls them
  // categories.
  if (type == FeatureType::category && evidence.distinct > 20 &&
      20 * evidence.distinct > 19 * (evidence.rows - evidence.missing))
    return FeatureType::identifier;
  return type;
}

std::string_view benchmark_class_of(FeatureType type) {
  constexpr std::array<std::string_view, 13> kClasses = {"not-generalizable", "not-generalizable",
                                                         "categorical",       "numeric",
                                                         "categorical",       "datetime",
                                                         "sentence",          "url",
                                                         "context-specific",  "list",
                                                         "embedded-number",   "not-generalizable",
                                                         "context-specific"};
  return kClasses[static_cast<size_t>(type)];
}

}  // namespace aml::inspect
