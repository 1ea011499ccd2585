#include "table/column_profiler.h"

#include <algorithm>
#include <cmath>

#include "table/histogram.h"
#include "text/numbers.h"

namespace aml::table {
namespace {

constexpr double kDaySeconds = 86'400;
constexpr int64_t kDayNs = 86'400'000'000'000;
constexpr double kMisfitShareMin = 0.9;

bool is_temporal(ColumnType type) { return type == ColumnType::date || type == ColumnType::timestamp; }

size_t index_of(ColumnType type) { return static_cast<size_t>(type); }

uint64_t count_characters(std::string_view text) {
  return static_cast<uint64_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return (static_cast<uint8_t>(byte) & 0xc0) != 0x80; }));
}

Classified value_of(const Column& column, size_t row) {
  if (column.type() == ColumnType::float64) return {column.type(), {0, column.doubles()[row], {}}};
  if (column.type() == ColumnType::boolean) return {column.type(), {column.booleans()[row], 0, {}}};
  return {column.type(), {column.ints()[row], 0, {}}};
}

}  // namespace

void ColumnProfiler::Moments::add(double value) {
  min = count == 0 ? value : std::min(min, value);
  max = count == 0 ? value : std::max(max, value);
  ++count;
  const double from_old_mean = value - mean;
  mean += from_old_mean / static_cast<double>(count);
  squares += from_old_mean * (value - mean);
}

ColumnProfiler::ColumnProfiler(std::string name, const Limits& limits)
    : name_(std::move(name)), limits_(limits), counter_(limits.values_max), quantiles_(limits.numbers_max) {}

void ColumnProfiler::add(const Batch& batch, const Column& column, size_t rows) {
  if (column.type() != ColumnType::text) given_type_ = column.type();
  std::string text;
  std::vector<std::string_view> values;  // to be counted together
  for (size_t row = 0; row < rows; ++row) {
    ++rows_;
    if (!column.is_valid(row)) {
      if (column.error_at(row) != nullptr) ++errors_;
      else ++missing_;
    } else if (column.type() == ColumnType::text) {
      add_text(batch, row, column.texts()[row].view(), values);
    } else {
      text.clear();
      column.append_text(text, row);
      counter_.add(text);
      add_value(batch, row, text, value_of(column, row));
    }
  }
  counter_.add_all(values);
}

void ColumnProfiler::add_text(const Batch& batch, size_t row, std::string_view text,
                              std::vector<std::string_view>& values) {
  const std::string_view trimmed = trim(text);
  if (!trimmed.empty() && !is_missing_word(trimmed)) {
    values.push_back(text);
    add_value(batch, row, text, classify(trimmed));
    return;
  }
  const auto known = missing_words_.find(text);
  if (known != missing_words_.end()) ++known->second;
  else missing_words_.emplace(text, 1);
}

void ColumnProfiler::add_value(const Batch& batch, size_t row, std::string_view text, const Classified& value) {
  ++seen_[index_of(value.type)];
  if (is_numeric(value.type) || is_temporal(value.type)) add_number(value);
  if (!is_numeric(value.type)) note_outlier(batch, row, text, ColumnType::float64);
  if (!is_temporal(value.type)) note_outlier(batch, row, text, ColumnType::date);
  const uint64_t characters = count_characters(text);
  characters_min_ = std::min(characters_min_, characters);
  characters_max_ = std::max(characters_max_, characters);
}

void ColumnProfiler::add_number(const Classified& value) {
  double number = value.scalar.real;
  if (value.type != ColumnType::float64) {
    whole_min_ = std::min(whole_min_, value.scalar.whole);
    whole_max_ = std::max(whole_max_, value.scalar.whole);
    number = static_cast<double>(value.scalar.whole);
    if (value.type == ColumnType::date) number *= kDaySeconds;
    if (value.type == ColumnType::timestamp) number *= 1e-9;
  }
  if (std::isnan(number)) return;
  moments_.add(number);
  quantiles_.add(number);
}

void ColumnProfiler::note_outlier(const Batch& batch, size_t row, std::string_view text, ColumnType type) {
  auto& first = is_temporal(type) ? first_no_time_ : first_no_number_;
  if (!first) first = Outlier{std::string(text.substr(0, ValueCounter::kTextMax)), place_of(batch, row)};
}

ColumnType ColumnProfiler::decide_type() const {
  if (given_type_) return *given_type_;
  std::optional<ColumnType> type;
  for (size_t i = 0; i < kTypes; ++i) {
    const auto seen = static_cast<ColumnType>(i);
    if (seen_[i] > 0) type = type ? join_types(*type, seen) : seen;
  }
  return type.value_or(ColumnType::text);
}

std::optional<Misfit> ColumnProfiler::find_misfit(const ColumnProfile& profile) const {
  if (profile.type != ColumnType::text) return std::nullopt;
  const uint64_t numbers = seen_[index_of(ColumnType::int64)] + seen_[index_of(ColumnType::float64)];
  const uint64_t times = seen_[index_of(ColumnType::date)] + seen_[index_of(ColumnType::timestamp)];
  const bool is_number = numbers >= times;
  const uint64_t fitting = std::max(numbers, times);
  uint64_t values = 0;
  for (const uint64_t count : seen_) values += count;
  const auto& outlier = is_number ? first_no_number_ : first_no_time_;
  if (fitting == 0 || !outlier || static_cast<double>(fitting) < kMisfitShareMin * static_cast<double>(values))
    return std::nullopt;
  return Misfit{is_number ? ColumnType::float64 : ColumnType::date, fitting, outlier->text, outlier->place};
}

// Words for missing values are values of a text column: nobody asked for them to be taken away.
void ColumnProfiler::fill_text_values(ColumnProfile& profile) {
  for (const auto& [word, count] : missing_words_) {
    counter_.add(word, count);
    const uint64_t characters = count_characters(word);
    characters_min_ = std::min(characters_min_, characters);
    characters_max_ = std::max(characters_max_, characters);
  }
  if (characters_min_ <= characters_max_) {
    profile.characters_min = characters_min_;
    profile.characters_max = characters_max_;
  }
}

void ColumnProfiler::finish_numbers(ColumnProfile& profile) {
  NumberProfile numbers;
  numbers.min = moments_.min;
  numbers.max = moments_.max;
  numbers.mean = moments_.mean;
  const auto count = static_cast<double>(moments_.count);
  if (moments_.count > 1) numbers.sd = std::sqrt(moments_.squares / (count - 1));
  const auto items = quantiles_.sorted_items();
  numbers.q05 = quantile(items, 0.05);
  numbers.q25 = quantile(items, 0.25);
  numbers.median = quantile(items, 0.5);
  numbers.q75 = quantile(items, 0.75);
  numbers.q95 = quantile(items, 0.95);
  numbers.is_exact = quantiles_.is_exact();
  const Spacing spacing = profile.type == ColumnType::int64 ? Spacing::whole : Spacing::any;
  numbers.histogram = make_histogram(items, numbers.sd.value_or(0), spacing);
  const auto write = [&](int64_t whole, double number) {
    std::string text;
    const bool mixes_units = seen_[index_of(ColumnType::date)] > 0 && profile.type == ColumnType::timestamp;
    if (profile.type == ColumnType::float64) text::append_number(text, number);
    else append_value_text(text, profile.type, mixes_units ? std::llround(number) * (kDayNs / 86'400) : whole);
    return text;
  };
  profile.min = write(whole_min_, numbers.min);
  profile.max = write(whole_max_, numbers.max);
  profile.numbers = std::move(numbers);
}

ColumnProfile ColumnProfiler::finish() {
  ColumnProfile profile{.name = name_, .type = decide_type(), .rows = rows_, .missing = missing_, .errors = errors_};
  uint64_t words = 0;
  for (const auto& [word, count] : missing_words_) {
    words += count;
    profile.missing_words.push_back({word, count});
  }
  std::stable_sort(profile.missing_words.begin(), profile.missing_words.end(),
                   [](const auto& a, const auto& b) { return a.count > b.count; });
  profile.misfit = find_misfit(profile);
  if (profile.type == ColumnType::text) fill_text_values(profile);
  else profile.missing += words;
  profile.values = rows_ - profile.missing - profile.errors;
  profile.distinct = counter_.distinct();
  profile.is_distinct_exact = counter_.is_exact();
  profile.top = counter_.top(limits_.top_values);
  const bool is_ordered = is_numeric(profile.type) || is_temporal(profile.type);
  if (is_ordered && moments_.count > 0) finish_numbers(profile);
  return profile;
}

}  // namespace aml::table
