#include "history/filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "history/filter_words.h"
#include "text/suggest.h"

namespace aml::history {
namespace {

constexpr int kDepthMax = 64;

std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

struct FieldName {
  const char* name;
  Field field;
};

constexpr std::array<FieldName, 22> kFields = {{
    {"id", Field::id},
    {"name", Field::name},
    {"kind", Field::kind},
    {"state", Field::state},
    {"host", Field::host},
    {"user", Field::user},
    {"target", Field::target},
    {"argv", Field::argv},
    {"git", Field::git},
    {"parent", Field::parent},
    {"snapshot", Field::snapshot},
    {"exit_code", Field::exit_code},
    {"created", Field::created},
    {"started", Field::started},
    {"ended", Field::ended},
    {"duration", Field::duration},
    {"age", Field::age},
    {"run_id", Field::id},
    {"run_name", Field::name},
    {"status", Field::state},
    {"user_id", Field::user},
    {"end_time", Field::ended},
}};

constexpr std::array<std::pair<std::string_view, Field>, 10> kKeyed = {{
    {"metrics.", Field::metric},
    {"metric.", Field::metric},
    {"m.", Field::metric},
    {"params.", Field::param},
    {"parameters.", Field::param},
    {"param.", Field::param},
    {"p.", Field::param},
    {"tags.", Field::tag},
    {"tag.", Field::tag},
    {"t.", Field::tag},
}};

std::vector<std::string> field_names() {
  std::vector<std::string> names = {"metrics.KEY", "params.KEY", "tags.KEY"};
  for (const FieldName& entry : kFields) names.emplace_back(entry.name);
  return names;
}

Result<Operand> parse_operand(const Word& word) {
  if (word.kind != Word::Kind::name) return filter_error(word.column, "expected something like metrics.NAME or state");
  for (const auto& [prefix, field] : kKeyed)
    if (lower_case(word.text.substr(0, prefix.size())) == prefix && word.text.size() > prefix.size())
      return Operand{field, word.text.substr(prefix.size())};
  std::string name = lower_case(word.text);
  for (const std::string_view prefix : {"attributes.", "attribute.", "attr.", "run."})
    if (name.starts_with(prefix)) {
      name.erase(0, prefix.size());
      break;
    }
  if (name == "start_time") return Operand{Field::started, {}};
  for (const FieldName& entry : kFields)
    if (name == entry.name) return Operand{entry.field, {}};
  Error error = filter_error(word.column, fmt::format("unknown field '{}'", word.text));
  error.hint = text::suggestion_hint(name, field_names());
  return error;
}

bool is_time(Field field) { return field == Field::created || field == Field::started || field == Field::ended; }
bool is_span(Field field) { return field == Field::duration || field == Field::age; }
bool is_text(Field field) { return field >= Field::id && field <= Field::parent; }

std::optional<double> unix_ms(const std::string& text) {
  auto instant = parse_rfc3339(text);
  if (!instant) instant = parse_rfc3339(text + "T00:00:00Z");
  if (!instant) return std::nullopt;
  return static_cast<double>(instant->unix_ns / 1'000'000);
}

Result<Value> parse_value(const Operand& operand, const Word& word) {
  const bool is_quoted = word.kind == Word::Kind::quoted;
  const bool is_number = word.kind == Word::Kind::number;
  const Field field = operand.field;
  if (is_span(field) && (is_number || word.kind == Word::Kind::duration)) return Value(word.number);
  if (is_span(field)) return filter_error(word.column, "expected a duration such as 30s, 5m, 2h or 7d");
  if (is_time(field) && is_quoted) {
    const auto ms = unix_ms(word.text);
    if (!ms)
      return filter_error(word.column, fmt::format("'{}' is no time, write '2026-11-22' or RFC 3339", word.text));
    return Value(*ms);
  }
  if (is_number && !is_text(field)) return Value(word.number);
  if (field == Field::metric || field == Field::exit_code || is_time(field))
    return filter_error(word.column, "expected a number");
  if (is_quoted) return Value(field == Field::state ? lower_case(word.text) : word.text);
  return filter_error(word.column,
                      is_text(field) ? "expected a text in quotes" : "expected a number or a text in quotes");
}

class Parser {
 public:
  explicit Parser(std::vector<Word> words) : words_(std::move(words)) {}

  Result<Filter> parse() {
    if (peek().kind == Word::Kind::end) return Filter{};
    Filter filter = TRY(parse_any(0));
    if (peek().kind != Word::Kind::end) return filter_error(peek().column, "expected 'and' or 'or'");
    return filter;
  }

 private:
  const Word& peek() const { return words_[at_]; }
  const Word& take() { return words_[at_ + 1 < words_.size() ? at_++ : at_]; }

  bool take_name(std::string_view name) {
    const bool is_it = peek().kind == Word::Kind::name && lower_case(peek().text) == name;
    if (is_it) take();
    return is_it;
  }

  bool take_symbol(std::string_view symbol) {
    const bool is_it = peek().kind == Word::Kind::symbol && peek().text == symbol;
    if (is_it) take();
    return is_it;
  }

  Result<Filter> parse_any(int depth) {
    Filter filter{Filter::Kind::any, {}, {}, {}, {}};
    do filter.parts.push_back(TRY(parse_all(depth)));
    while (take_name("or"));
    return filter.parts.size() == 1 ? std::move(filter.parts.front()) : std::move(filter);
  }

  Result<Filter> parse_all(int depth) {
    Filter filter{Filter::Kind::all, {}, {}, {}, {}};
    do filter.parts.push_back(TRY(parse_term(depth)));
    while (take_name("and"));
    return filter.parts.size() == 1 ? std::move(filter.parts.front()) : std::move(filter);
  }

  Result<Filter> parse_term(int depth) {
    if (depth > kDepthMax) return filter_error(peek().column, fmt::format("nested deeper than {} levels", kDepthMax));
    if (take_name("not")) return negation(TRY(parse_term(depth + 1)));
    if (!take_symbol("(")) return parse_comparison();
    Filter inner = TRY(parse_any(depth + 1));
    if (!take_symbol(")")) return filter_error(peek().column, "expected ')'");
    return inner;
  }

  static Filter negation(Filter inner) {
    Filter filter{Filter::Kind::negation, {}, {}, {}, {}};
    filter.parts.push_back(std::move(inner));
    return filter;
  }

  Result<Filter> parse_comparison() {
    auto operand = TRY(parse_operand(take()));
    Filter filter{Filter::Kind::comparison, {}, std::move(operand), {}, {}};
    if (take_name("is")) return parse_null(std::move(filter));
    const bool is_negated = take_name("not");
    filter.compare = TRY(parse_compare(is_negated));
    if (filter.compare == Compare::in) TRY(parse_list(filter));
    else filter.values.push_back(TRY(parse_value(filter.operand, take())));
    TRY(check_pattern(filter));
    return is_negated ? negation_of_present(std::move(filter)) : filter;
  }

  Result<Filter> parse_null(Filter filter) {
    filter.compare = Compare::is_null;
    const bool is_negated = take_name("not");
    if (!take_name("null")) return filter_error(peek().column, "expected 'null'");
    return is_negated ? negation(std::move(filter)) : std::move(filter);
  }

  // "x not in (…)" is about runs that have x, unlike "not x in (…)".
  static Filter negation_of_present(Filter filter) {
    Filter absent{Filter::Kind::comparison, {}, filter.operand, Compare::is_null, {}};
    Filter both{Filter::Kind::all, {}, {}, {}, {}};
    both.parts.push_back(negation(std::move(absent)));
    both.parts.push_back(negation(std::move(filter)));
    return both;
  }

  Result<Compare> parse_compare(bool is_negated) {
    const Word word = take();
    const std::string text = lower_case(word.text);
    static constexpr std::array<std::pair<std::string_view, Compare>, 11> kCompares = {{
        {"=", Compare::equal},
        {"==", Compare::equal},
        {"!=", Compare::not_equal},
        {"<>", Compare::not_equal},
        {"<", Compare::less},
        {"<=", Compare::less_equal},
        {">", Compare::greater},
        {">=", Compare::greater_equal},
        {"like", Compare::like},
        {"ilike", Compare::ilike},
        {"in", Compare::in},
    }};
    const auto* found =
        std::find_if(kCompares.begin(), kCompares.end(), [&](const auto& e) { return e.first == text; });
    const bool is_known = found != kCompares.end() && (!is_negated || word.kind == Word::Kind::name);
    if (is_known && word.kind != Word::Kind::quoted) return found->second;
    return filter_error(word.column, is_negated ? "expected 'in' or 'like'" : "expected a comparison such as = or >");
  }

  Status parse_list(Filter& filter) {
    if (!take_symbol("(")) return filter_error(peek().column, "expected '('");
    do filter.values.push_back(TRY(parse_value(filter.operand, take())));
    while (take_symbol(","));
    if (!take_symbol(")")) return filter_error(peek().column, "expected ')'");
    return {};
  }

  Status check_pattern(const Filter& filter) const {
    const bool is_pattern = filter.compare == Compare::like || filter.compare == Compare::ilike;
    if (!is_pattern || std::holds_alternative<std::string>(filter.values.front())) return {};
    return filter_error(words_[at_ - 1].column, "a pattern is a text in quotes");
  }

  std::vector<Word> words_;
  size_t at_ = 0;
};

}  // namespace

Result<Filter> parse_filter(std::string_view text) { return Parser(TRY(split_filter(text))).parse(); }

Result<std::vector<OrderKey>> parse_order(std::string_view text) {
  const std::vector<Word> words = TRY(split_filter(text));
  std::vector<OrderKey> keys;
  for (size_t at = 0; words[at].kind != Word::Kind::end;) {
    OrderKey key{TRY(parse_operand(words[at++])), false};
    const std::string direction = words[at].kind == Word::Kind::name ? lower_case(words[at].text) : "";
    key.is_descending = direction == "desc";
    if (direction == "desc" || direction == "asc") ++at;
    keys.push_back(std::move(key));
    if (words[at].kind == Word::Kind::end) break;
    if (words[at].text != "," || words[at].kind != Word::Kind::symbol)
      return filter_error(words[at].column, "expected 'asc', 'desc' or ','");
    ++at;
  }
  return keys;
}

}  // namespace aml::history
