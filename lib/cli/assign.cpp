#include "cli/assign.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/time.h"
#include "cli/flags.h"
#include "text/numbers.h"
#include "text/suggest.h"

namespace aml::cli {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

Error bad_value(const Flag& flag, const std::string& value, std::string_view expected) {
  return Error{ErrorKind::usage, fmt::format("{} '{}' is not {}", spelled(flag), value, expected)};
}

std::optional<uint64_t> parse_unsigned(std::string_view text) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <class T, class Place>  // a Place is a T or an optional of it
Status store(const Flag& flag, const std::string& text, const std::optional<T>& value, std::string_view expected,
             Place& target) {
  if (!value) return bad_value(flag, text, expected);
  target = *value;
  return {};
}

constexpr std::string_view kInteger = "a whole number";
constexpr std::string_view kUnsigned = "a whole number from 0 up";
constexpr std::string_view kNumber = "a number";
constexpr std::string_view kSize = "a size like 512, 64KiB or 1.5GB";
constexpr std::string_view kDuration = "a duration like 250ms, 30s or 5m";

Status assign_one(const Flag& flag, const std::string& text) {
  return std::visit(
      Overloaded{
          [](bool*) { return Status(); },  //
          [](Count) { return Status(); }, [](std::vector<std::string>*) { return Status(); },
          [&](std::string* target) { return *target = text, Status(); },
          [&](std::optional<std::string>* target) { return *target = text, Status(); },
          [&](int64_t* target) { return store(flag, text, text::parse_int(text), kInteger, *target); },
          [&](uint64_t* target) { return store(flag, text, parse_unsigned(text), kUnsigned, *target); },
          [&](double* target) { return store(flag, text, text::parse_double(text), kNumber, *target); },
          [&](std::optional<int64_t>* target) { return store(flag, text, text::parse_int(text), kInteger, *target); },
          [&](std::optional<uint64_t>* target) { return store(flag, text, parse_unsigned(text), kUnsigned, *target); },
          [&](std::optional<double>* target) { return store(flag, text, text::parse_double(text), kNumber, *target); },
          [&](SizeBytes target) { return store(flag, text, parse_size(text), kSize, *target.bytes); },
          [&](DurationNs target) { return store(flag, text, parse_duration_ns(text), kDuration, *target.ns); }},
      flag.target);
}

Status check_choice(const Flag& flag, const std::string& value) {
  if (flag.choices.empty() || std::find(flag.choices.begin(), flag.choices.end(), value) != flag.choices.end())
    return {};
  return Error{ErrorKind::usage, fmt::format("{} '{}' is not one of its values", spelled(flag), value),
               text::suggestion_hint(value, flag.choices)};
}

bool is_vector(const Positional& positional) {
  return std::holds_alternative<std::vector<std::string>*>(positional.target);
}

size_t least_count(const Positional& positional) {
  if (is_vector(positional)) return positional.min_count;
  return std::holds_alternative<std::string*>(positional.target) ? 1 : 0;
}

void give(const Positional& positional, const std::vector<std::string>& words) {
  if (words.empty()) return;
  std::visit(Overloaded{[&](std::vector<std::string>* target) { *target = words; },
                        [&](std::string* target) { *target = words.front(); },
                        [&](std::optional<std::string>* target) { *target = words.front(); }},
             positional.target);
}

}  // namespace

Status assign(const Flag& flag, const std::vector<std::string>& values) {
  for (const std::string& value : values) TRY(check_choice(flag, value));
  if (auto* const* many = std::get_if<std::vector<std::string>*>(&flag.target)) {
    **many = values;
    return {};
  }
  if (values.size() > 1)
    return Error{ErrorKind::usage, fmt::format("{} is given {} times", spelled(flag), values.size()), "give it once"};
  return assign_one(flag, values.front());
}

void assign_switch(const Flag& flag, int64_t times, bool wanted) {
  if (auto* const* target = std::get_if<bool*>(&flag.target)) **target = wanted;
  if (const Count* count = std::get_if<Count>(&flag.target)) *count->times = times;
}

Status assign_positionals(const std::vector<Positional>& positionals, const std::vector<std::string>& words) {
  size_t still_needed = 0;
  for (const Positional& positional : positionals) still_needed += least_count(positional);
  size_t next = 0;
  for (const Positional& positional : positionals) {
    const size_t least = least_count(positional);
    const size_t left = words.size() - next;
    if (left < least)
      return Error{ErrorKind::usage, fmt::format("missing {}: {}", positional.name, positional.help),
                   "-h shows the usage"};
    // What those behind us must have is not ours to take.
    still_needed -= least;
    const size_t spare = left > still_needed ? left - still_needed : least;
    const size_t count = is_vector(positional) ? spare : std::min<size_t>(spare, 1);
    const auto from = words.begin() + static_cast<std::ptrdiff_t>(next);
    give(positional, {from, from + static_cast<std::ptrdiff_t>(count)});
    next += count;
  }
  if (next < words.size())
    return Error{ErrorKind::usage, fmt::format("one argument too many: '{}'", words[next]), "quote names with spaces"};
  return {};
}

}  // namespace aml::cli
