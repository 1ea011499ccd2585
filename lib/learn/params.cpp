#include "learn/params.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/numbers.h"
#include "text/suggest.h"

namespace aml::learn {
namespace {

Error unknown_param(std::string_view learner, std::span<const ParamSpec> specs, const std::string& name) {
  std::vector<std::string> names;
  for (const ParamSpec& spec : specs) names.push_back(spec.name);
  return Error{ErrorKind::usage, fmt::format("learner '{}' has no parameter '{}'", learner, name),
               text::suggestion_hint(name, names)};
}

Status assign(const ParamSpec& spec, const std::string& value) {
  const bool is_whole = std::holds_alternative<uint64_t*>(spec.target);
  const auto number = text::parse_double(value);
  const bool fits = number && *number >= spec.min && *number <= spec.max &&
                    (!is_whole || *number == static_cast<double>(static_cast<uint64_t>(*number)));
  if (!fits)
    return Error{ErrorKind::usage, fmt::format("parameter '{}' cannot be '{}'", spec.name, value),
                 fmt::format("give a {} from {} to {}", is_whole ? "whole number" : "number",
                             text::format_number(spec.min), text::format_number(spec.max))};
  if (is_whole) *std::get<uint64_t*>(spec.target) = static_cast<uint64_t>(*number);
  else *std::get<double*>(spec.target) = *number;
  return {};
}

}  // namespace

Status assign_params(std::string_view learner, std::span<const ParamSpec> specs,
                     const std::map<std::string, std::string>& given) {
  for (const auto& [name, value] : given) {
    const auto spec = std::find_if(specs.begin(), specs.end(),
                                   [&name = name](const ParamSpec& candidate) { return candidate.name == name; });
    if (spec == specs.end()) return unknown_param(learner, specs, name);
    TRY(assign(*spec, value));
  }
  return {};
}

text::Json to_json(std::span<const ParamSpec> specs) {
  text::Json json = text::Json::object();
  for (const ParamSpec& spec : specs) {
    if (const auto* whole = std::get_if<uint64_t*>(&spec.target)) json.set(spec.name, **whole);
    else json.set(spec.name, *std::get<double*>(spec.target));
  }
  return json;
}

}  // namespace aml::learn
