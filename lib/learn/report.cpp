#include "learn/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/unicode.h"

namespace aml::learn {
namespace {

constexpr size_t kNameColumns = 16;

std::string cell(const std::string& text, size_t width) {
  const std::string fitted = text::fit_for_display(text, kNameColumns);
  return std::string(width - std::min(width, text::display_width(fitted)), ' ') + fitted;
}

std::string display(const text::Json& value, const text::Json& reason) {
  if (const auto number = value.as_double(); number && !value.as_int()) return fmt::format("{:.6g}", *number);
  if (value.is_null()) return reason.is_string() ? "undefined: " + reason.string() : "undefined";
  return {};
}

// Lists in one line: the classes by name, the matrix by its size, what is undefined by name.
std::string display_nested(std::string_view key, const text::Json& value) {
  if (key == "confusion") return fmt::format("{} x {}", value.items().size(), value.items().size());
  std::string names;
  for (const text::Json& item : value.items())
    names += fmt::format("{}{}", names.empty() ? "" : ", ", item.string_or("name", ""));
  for (const auto& [name, reason] : value.members()) names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
  return names.empty() ? "none" : names;
}

}  // namespace

text::Fields describe(const Evaluation& evaluation) {
  text::Fields fields{"evaluation", "", {}};
  const text::Json json = to_json(evaluation);
  for (const auto& [key, value] : json.members()) {
    const bool is_nested = value.is_array() || value.is_object();
    fields.add(key, value, is_nested ? display_nested(key, value) : display(value, json["undefined"][key]));
  }
  return fields;
}

std::vector<std::string> format_confusion(const Evaluation& evaluation) {
  if (evaluation.confusion.empty()) return {};
  size_t width = 6;
  for (const ClassMetrics& each : evaluation.per_class)
    width = std::max(width, std::min(kNameColumns, text::display_width(each.name)));
  std::vector<std::string> lines = {"", "true \\ predicted"};
  std::string header = std::string(width, ' ');
  for (const ClassMetrics& each : evaluation.per_class) header += "  " + cell(each.name, width);
  lines.push_back(header + "  recall");
  for (size_t row = 0; row < evaluation.confusion.size(); ++row) {
    std::string line = cell(evaluation.per_class[row].name, width);
    for (const uint64_t count : evaluation.confusion[row]) line += "  " + cell(fmt::to_string(count), width);
    const Metric& recall = evaluation.per_class[row].recall;
    lines.push_back(line + (recall.value ? fmt::format("  {:6.4f}", *recall.value) : "       -"));
  }
  return lines;
}

}  // namespace aml::learn
