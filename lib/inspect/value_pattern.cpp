#include "inspect/value_pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "text/unicode.h"

namespace aml::inspect {
namespace {

constexpr size_t kRunsMax = 24;      // a value with more has no shape worth a name
constexpr size_t kShapesMax = 2000;  // different ones counted; later ones go uncounted
constexpr double kCoveredMin = 0.8;  // by the patterns shown, or a coarser kind is tried

// From fine to coarse. At `words`, letters and digits are one kind, and so are the separators between words.
enum class Fineness : uint8_t { cased, letters, words };
constexpr std::array kFinenesses = {Fineness::cased, Fineness::letters, Fineness::words};

bool is_between(char c, char low, char high) { return low <= c && c <= high; }

// One byte for the kind of a character: a class, or the character itself where it stands for itself.
constexpr char kDigit = 'd', kUpper = 'U', kLower = 'l', kLetter = 'L', kWord = 'w', kOther = 'x';

char kind_of(std::string_view character, Fineness fineness) {
  const char c = character[0];
  const bool is_digit = is_between(c, '0', '9');
  const bool is_upper = is_between(c, 'A', 'Z'), is_lower = is_between(c, 'a', 'z');
  const bool is_foreign = (static_cast<uint8_t>(c) & 0x80) != 0;
  if (fineness == Fineness::words && (is_digit || is_upper || is_lower || is_foreign)) return kWord;
  if (is_digit) return kDigit;
  if (is_foreign) return fineness == Fineness::cased ? kOther : kLetter;
  if (is_upper || is_lower) return fineness == Fineness::letters ? kLetter : (is_upper ? kUpper : kLower);
  return 0;
}

struct Run {
  char kind = 0;  // 0: `literal` stands for itself
  char literal = 0;
  bool has_foreign = false;                 // characters beyond ASCII
  uint32_t length_min = 0, length_max = 0;  // in characters
};

struct Shape {
  std::vector<Run> runs;
  uint64_t count = 0;
  uint64_t first = 0;  // value it was first seen at: the order of equals
};

std::optional<std::vector<Run>> runs_of(std::string_view value, Fineness fineness) {
  std::vector<Run> runs;
  while (!value.empty()) {
    const size_t length = text::utf8_sequence_length(value);
    if (length == 0) return std::nullopt;
    const char kind = kind_of(value.substr(0, length), fineness);
    const char literal = kind == 0 ? value[0] : '\0';
    value.remove_prefix(length);
    if (runs.empty() || runs.back().kind != kind || runs.back().literal != literal) {
      if (runs.size() == kRunsMax) return std::nullopt;
      runs.push_back({kind, literal});
    }
    ++runs.back().length_max;
    runs.back().has_foreign = runs.back().has_foreign || length > 1;
  }
  for (Run& run : runs) run.length_min = run.length_max;
  return runs;
}

std::string key_of(const std::vector<Run>& runs) {
  std::string key;
  for (const Run& run : runs) {
    key.push_back(run.kind);
    key.push_back(run.literal);
  }
  return key;
}

std::string_view class_of(const Run& run) {
  switch (run.kind) {
    case kDigit: return "\\d";
    case kUpper: return "[A-Z]";
    case kLower: return "[a-z]";
    case kLetter: return run.has_foreign ? "[A-Za-z[:^ascii:]]" : "[A-Za-z]";
    case kOther: return "[[:^ascii:]]";
    default: return run.has_foreign ? "[\\w[:^ascii:]]" : "\\w";
  }
}

std::string expression_of(const std::vector<Run>& runs) {
  constexpr std::string_view kSpecial = "\\.+*?()|[]{}^$";
  std::string text;
  for (const Run& run : runs) {
    if (run.kind != 0) text += class_of(run);
    else if (run.literal == '\n') text += "\\n";
    else if (run.literal == '\t') text += "\\t";
    else if (static_cast<uint8_t>(run.literal) < 0x20 || run.literal == 0x7f)
      text += fmt::format("\\x{:02x}", static_cast<unsigned>(run.literal));
    else {
      if (kSpecial.find(run.literal) != std::string_view::npos) text += '\\';
      text += run.literal;
    }
    if (run.length_min != run.length_max) text += fmt::format("{{{},{}}}", run.length_min, run.length_max);
    else if (run.length_max > 1) text += fmt::format("{{{}}}", run.length_max);
  }
  return text;
}

std::vector<Shape> shapes_of(const std::vector<std::string_view>& values, Fineness fineness) {
  std::map<std::string, Shape> shapes;
  for (size_t i = 0; i < values.size(); ++i) {
    auto runs = runs_of(values[i], fineness);
    if (!runs || runs->empty()) continue;
    const std::string key = key_of(*runs);
    const auto known = shapes.find(key);
    if (known == shapes.end()) {
      if (shapes.size() < kShapesMax) shapes.emplace(key, Shape{std::move(*runs), 1, i});
      continue;
    }
    Shape& shape = known->second;
    ++shape.count;
    for (size_t run = 0; run < runs->size(); ++run) {
      shape.runs[run].length_min = std::min(shape.runs[run].length_min, (*runs)[run].length_min);
      shape.runs[run].length_max = std::max(shape.runs[run].length_max, (*runs)[run].length_max);
      shape.runs[run].has_foreign = shape.runs[run].has_foreign || (*runs)[run].has_foreign;
    }
  }
  std::vector<Shape> order;
  for (auto& [key, shape] : shapes) order.push_back(std::move(shape));
  std::sort(order.begin(), order.end(),
            [](const Shape& a, const Shape& b) { return a.count != b.count ? a.count > b.count : a.first < b.first; });
  return order;
}

}  // namespace

ValuePatterns find_patterns(const std::vector<std::string_view>& values, size_t patterns_max) {
  ValuePatterns found{values.size(), {}};
  for (const Fineness fineness : kFinenesses) {
    std::vector<Shape> shapes = shapes_of(values, fineness);
    if (shapes.size() > patterns_max) shapes.resize(patterns_max);
    uint64_t covered = 0;
    for (const Shape& shape : shapes) covered += shape.count;
    if (static_cast<double>(covered) < kCoveredMin * static_cast<double>(values.size())) continue;
    for (const Shape& shape : shapes) found.patterns.push_back({expression_of(shape.runs), shape.count});
    break;
  }
  return found;
}

}  // namespace aml::inspect
