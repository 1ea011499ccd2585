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

}  // namespace

std::string distinct_symbols(std::string_view text) {
  std::string symbols;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = byte < 128 && (class_at(std::string_view(&c, 1), 0) & (kSymbol | kSpace)) != 0;
    if (is_plain && symbols.find(c) == std::string::npos) symbols.push_back(c);
  }
  return symbols;
}

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

}  // namespace aml::synth
