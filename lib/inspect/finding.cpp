#include "inspect/finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "inspect/inspection.h"
#include "inspect/value_shape.h"
#include "table/classify.h"
#include "table/profile_text.h"
#include "text/unicode.h"
#include "text/yaml_scalar.h"

namespace aml::inspect {
namespace {

using table::ColumnProfile;
using table::ColumnType;
using text::yaml_scalar;

constexpr size_t kShownMax = 24;       // columns of a value in a message
constexpr size_t kVariantsMax = 2000;  // different values looked at for variants
constexpr double kSparseShare = 0.95;
constexpr uint64_t kIdentifiersMin = 20;  // with fewer values, all different is no surprise
constexpr double kCorrelatedMin = 0.98;
constexpr double kOutlierRanges = 3;  // interquartile ranges beyond the quartiles: Tukey's "far out"

struct Look {
  const ColumnProfile& profile;
  const ColumnInspection& inspection;
  const table::Column& sample;
  const std::vector<double>& numbers;
  std::vector<Finding>& findings;

  void add(FindingKind kind, std::string message, std::string step = {}) const {
    findings.push_back({kind, std::move(message), std::move(step)});
  }
  std::string name() const { return yaml_scalar(profile.name); }
};

std::string in_quotes(std::string_view value) { return fmt::format("'{}'", text::fit_for_display(value, kShownMax)); }

std::string values_of(uint64_t count) { return fmt::format("{} value{}", count, count == 1 ? "" : "s"); }

void find_few_values(const Look& look) {
  const ColumnProfile& profile = look.profile;
  if (profile.rows < 2) return;  // of one row nothing can be said
  const std::string drop = fmt::format("drop: [{}]", look.name());
  if (look.inspection.feature_type == FeatureType::empty) return look.add(FindingKind::empty, "no value at all", drop);
  if (profile.distinct == 1 && !profile.top.empty())
    return look.add(FindingKind::constant, fmt::format("every value is {}", in_quotes(profile.top[0].text)), drop);
  const double missing =
      static_cast<double>(profile.missing) / static_cast<double>(std::max<uint64_t>(profile.rows, 1));
  if (missing > kSparseShare)
    return look.add(FindingKind::sparse, fmt::format("{:.1f} % of the rows have no value", 100 * missing), drop);
  if (look.inspection.feature_type == FeatureType::identifier && profile.values >= kIdentifiersMin &&
      profile.distinct * 20 >= profile.values * 19)
    look.add(FindingKind::identifier, "tells rows apart, and a model would learn them by heart", drop);
}

void find_spaces(const Look& look) {
  if (look.profile.type != ColumnType::text) return;
  uint64_t count = 0;
  for (size_t row = 0; row < look.sample.rows(); ++row) {
    const std::string_view value = look.sample.texts()[row].view();
    if (look.sample.is_valid(row) && table::trim(value).size() < value.size()) ++count;
  }
  if (count > 0)
    look.add(FindingKind::spaces,
             fmt::format("{} of the sample {} a space at an end", values_of(count), count == 1 ? "has" : "have"),
             fmt::format("trim: [{}]", look.name()));
}

// Lower case, and every run of spaces and joiners one space.
std::string folded(std::string_view value) {
  std::string result;
  for (const char c : table::trim(value)) {
    const bool is_gap = c == ' ' || c == '_' || c == '-' || c == '\t';
    if (is_gap && (result.empty() || result.back() == ' ')) continue;
    result.push_back(is_gap ? ' ' : ('A' <= c && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c));
  }
  return result;
}

// Spellings of one value, the most frequent first.
using Spellings = std::vector<std::pair<std::string, uint64_t>>;

std::vector<Spellings> find_spellings(const table::Column& sample) {
  std::map<std::string, uint64_t, std::less<>> counts;
  for (size_t row = 0; row < sample.rows(); ++row) {
    if (!sample.is_valid(row)) continue;
    const std::string_view value = table::trim(sample.texts()[row].view());
    if (value.empty() || !text::can_be_yaml_key(value)) continue;
    const auto known = counts.find(value);
    if (known != counts.end()) ++known->second;
    else if (counts.size() == kVariantsMax) return {};
    else counts.emplace(value, 1);
  }
  std::map<std::string, Spellings> groups;
  for (const auto& [value, count] : counts) groups[folded(value)].emplace_back(value, count);
  std::vector<Spellings> found;
  for (auto& [key, spellings] : groups) {
    if (spellings.size() < 2) continue;
    std::stable_sort(spellings.begin(), spellings.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    found.push_back(std::move(spellings));
  }
  return found;
}

void find_variants(const Look& look) {
  const FeatureType type = look.inspection.feature_type;
  const bool is_free = type == FeatureType::text || type == FeatureType::url || type == FeatureType::identifier;
  if (look.profile.type != ColumnType::text || is_free) return;
  const std::vector<Spellings> groups = find_spellings(look.sample);
  if (groups.empty()) return;
  std::string mapping;
  for (const Spellings& spellings : groups)
    for (size_t i = 1; i < spellings.size(); ++i)
      mapping += fmt::format("{}{}: {}", mapping.empty() ? "" : ", ", yaml_scalar(spellings[i].first),
                             yaml_scalar(spellings[0].first));
  const Spellings& first = groups[0];
  look.add(
      FindingKind::variants,
      fmt::format("{} and {} differ in case or spaces only{}", in_quotes(first[0].first), in_quotes(first[1].first),
                  groups.size() > 1 ? fmt::format(", and so do {} more", groups.size() - 1) : ""),
      fmt::format("replace: {{{}: {{{}}}}}", look.name(), mapping));
}

// Numbers people write for "missing", when they lie outside of all others.
bool is_sentinel(std::string_view value, const ColumnProfile& profile) {
  constexpr std::array<std::string_view, 9> kSentinels = {"-9",  "-99",  "-999",  "-9999", "-99999",
                                                          "999", "9999", "99999", "999999"};
  if (std::find(kSentinels.begin(), kSentinels.end(), value) == kSentinels.end()) return false;
  return value == profile.min || value == profile.max;
}

void find_placeholders(const Look& look) {
  const ColumnProfile& profile = look.profile;
  std::vector<std::string> words;
  uint64_t count = 0;
  for (const auto& word : profile.missing_words) {
    if (!text::can_be_yaml_key(word.text)) continue;
    words.push_back(word.text);
    count += word.count;
  }
  if (table::is_numeric(profile.type) && profile.distinct > 2) {
    for (const auto& value : profile.top) {
      const bool is_far =
          look.inspection.box && profile.numbers && (look.inspection.box->below > 0 || look.inspection.box->above > 0);
      if (value.count < 2 || !is_far || !is_sentinel(value.text, profile)) continue;
      words.push_back(value.text);
      count += value.count;
    }
  }
  if (words.empty()) return;
  std::string mapping, shown;
  for (const std::string& word : words) {
    mapping += fmt::format("{}{}: null", mapping.empty() ? "" : ", ", yaml_scalar(word));
    shown += (shown.empty() ? "" : ", ") + in_quotes(word);
  }
  look.add(FindingKind::placeholder,
           fmt::format("{} {} {}, which may mean missing", values_of(count), count == 1 ? "is" : "are", shown),
           fmt::format("replace: {{{}: {{{}}}}}", look.name(), mapping));
}

void find_types(const Look& look) {
  const ColumnProfile& profile = look.profile;
  if (profile.misfit)
    look.add(FindingKind::mixed_types,
             fmt::format("{} of {} values are {}s, but not {} at {}", profile.misfit->fitting, profile.values,
                         name_of(profile.misfit->type), in_quotes(profile.misfit->text), profile.misfit->place),
             fmt::format("cast: {{{}: {}}}", look.name(), name_of(profile.misfit->type)));
  if (profile.type != ColumnType::text)
    look.add(FindingKind::typed,
             fmt::format("every value is a{} {}", profile.type == ColumnType::int64 ? "n" : "", name_of(profile.type)),
             fmt::format("cast: {{{}: {}}}", look.name(), name_of(profile.type)));
}

void find_leading_zeros(const Look& look) {
  if (look.profile.type != ColumnType::text) return;
  uint64_t digits = 0, zeros = 0, values = 0;
  std::string first;
  for (size_t row = 0; row < look.sample.rows(); ++row) {
    if (!look.sample.is_valid(row)) continue;
    const std::string_view value = table::trim(look.sample.texts()[row].view());
    ++values;
    if (is_plain_integer(value)) ++digits;
    if (!has_leading_zero(value)) continue;
    if (zeros++ == 0) first = value;
  }
  if (zeros > 0 && digits * 10 >= values * 9)
    look.add(FindingKind::leading_zeros,
             fmt::format("values such as {} would lose their zeros as numbers", in_quotes(first)),
             fmt::format("cast: {{{}: text}}", look.name()));
}

void find_outliers(const Look& look) {
  const auto& box = look.inspection.box;
  if (!box || !table::is_numeric(look.profile.type)) return;
  const double range = box->q75 - box->q25;
  const double low = box->q25 - kOutlierRanges * range, high = box->q75 + kOutlierRanges * range;
  if (!(range > 0)) return;
  uint64_t count = 0;
  for (const double value : look.numbers) count += value < low || value > high ? 1 : 0;
  if (count == 0) return;
  const std::string column = fmt::format("[{}]", look.profile.name);
  if (look.profile.name.find(']') != std::string::npos) return;
  const std::string condition = fmt::format("{0} >= {1} and {0} <= {2} or is_missing({0})", column,
                                            text::Json(low).dump(), text::Json(high).dump());
  look.add(FindingKind::outliers,
           fmt::format("{} of the sample lie beyond {} … {}, three interquartile ranges from the quartiles",
                       values_of(count), table::short_number(low), table::short_number(high)),
           "filter: " + text::Json(condition).dump());
}

bool look_the_same(const TableInspection& table, size_t a, size_t b) {
  const ColumnProfile &left = table.profile.columns[a], &right = table.profile.columns[b];
  if (left.values != right.values || left.distinct != right.distinct || left.type != right.type) return false;
  const table::Column &x = *table.sample.columns[a], &y = *table.sample.columns[b];
  for (size_t row = 0; row < table.sample.rows; ++row)
    if (x.is_valid(row) != y.is_valid(row) || !(x.texts()[row] == y.texts()[row])) return false;
  return true;
}

}  // namespace

std::string_view name_of(FindingKind kind) {
  constexpr std::array<std::string_view, 13> kNames = {
      "spaces",     "variants", "placeholder", "mixed_types", "leading_zeros", "typed",    "outliers",
      "correlated", "empty",    "constant",    "sparse",      "identifier",    "duplicate"};
  return kNames[static_cast<size_t>(kind)];
}

std::vector<Finding> find_in_column(const ColumnProfile& profile, const ColumnInspection& inspection,
                                    const table::Column& sample, const std::vector<double>& numbers) {
  std::vector<Finding> findings;
  const Look look{profile, inspection, sample, numbers, findings};
  find_spaces(look);
  find_variants(look);
  find_placeholders(look);
  find_types(look);
  find_leading_zeros(look);
  find_outliers(look);
  find_few_values(look);
  // Some names cannot stand in a package.
  if (!text::can_be_yaml_key(profile.name))
    for (Finding& finding : findings) finding.step.clear();
  return findings;
}

void find_between_columns(TableInspection& table) {
  const auto& columns = table.profile.columns;
  for (size_t i = 1; i < columns.size(); ++i) {
    if (columns[i].distinct < 2) continue;
    for (size_t j = 0; j < i; ++j) {
      if (!look_the_same(table, j, i)) continue;
      table.columns[i].findings.push_back({FindingKind::duplicate,
                                           fmt::format("the same as {}{}", in_quotes(columns[j].name),
                                                       table.sample_is_all() ? "" : " in all rows of the sample"),
                                           fmt::format("drop: [{}]", yaml_scalar(columns[i].name))});
      break;
    }
  }
  const CorrelationMatrix& matrix = table.correlations;
  for (size_t i = 1; i < matrix.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      const auto r = matrix.pearson_at(j, i);
      if (!r || std::abs(*r) < kCorrelatedMin) continue;
      for (size_t column = 0; column < columns.size(); ++column)
        if (columns[column].name == matrix.names[i])
          table.columns[column].findings.push_back(
              {FindingKind::correlated, fmt::format("correlation {:.3f} with {}", *r, in_quotes(matrix.names[j])), {}});
      break;
    }
  }
}

std::string suggest_package(const TableInspection& table) {
  struct Suggestion {
    FindingKind kind;
    size_t column;
    const Finding* finding;
  };
  std::vector<Suggestion> order;
  for (size_t column = 0; column < table.columns.size(); ++column)
    for (const Finding& finding : table.columns[column].findings)
      if (!finding.step.empty()) order.push_back({finding.kind, column, &finding});
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.kind < b.kind; });
  // A column that will go needs no other step, and goes once.
  std::set<size_t> dropped;
  for (const Suggestion& suggestion : order)
    if (suggestion.kind >= FindingKind::empty) dropped.insert(suggestion.column);
  // A table needs a column.
  if (dropped.size() == table.columns.size()) {
    dropped.clear();
    std::erase_if(order, [](const Suggestion& suggestion) { return suggestion.kind >= FindingKind::empty; });
  }
  std::string steps;
  for (const Suggestion& suggestion : order) {
    const bool is_drop = suggestion.kind >= FindingKind::empty;
    if (is_drop ? dropped.erase(suggestion.column) == 0 : dropped.contains(suggestion.column)) continue;
    const std::string& name = table.profile.columns[suggestion.column].name;
    steps += fmt::format("  # {}: {}\n  - {}\n", text::fit_for_display(name, 40), suggestion.finding->message,
                         suggestion.finding->step);
  }
  return steps.empty() ? steps : "version: 1\nsteps:\n" + steps;
}

}  // namespace aml::inspect
