#include "prep/expression_program.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/random.h"
#include "prep/expression.h"
#include "prep/expression_parser.h"
#include "unit/prep/make_batch.h"
#include "unit/prep/reference_evaluator.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;

namespace {

// Numbers that differ from call to call, the same in every run.
class Dice {
 public:
  explicit Dice(uint64_t seed) : random_(seed, 0) {}
  size_t below(size_t bound) { return random_.below_at(count_++, bound); }
  const std::string& one_of(const std::vector<std::string>& choices) { return choices[below(choices.size())]; }

 private:
  Random random_;
  uint64_t count_ = 0;
};

// Random expressions of a type, at most `depth` calls deep. {i} {n} {t} {b} {d} stand for further ones.
class Generator {
 public:
  explicit Generator(Dice& dice) : dice_(dice) {}

  std::string make(char type, int depth) {
    static const std::map<char, std::vector<std::string>> leaves = {
        {'i', {"i", "j", "0", "1", "7", "-3", "1000000007", "9223372036854775807"}},
        {'n', {"n", "0.5", "2.25", "1e300"}},
        {'t', {"t", "[two words]", "'a'", "'Äb'", "''", "' x '", "missing"}},
        {'b', {"b", "true", "false"}},
        {'d', {"d"}}};
    static const std::map<char, std::vector<std::string>> calls = {
        {'i',
         {"({i} + {i})", "({i} - {i})", "({i} * {i})", "({i} // {i})", "({i} % {i})", "-{i}", "abs({i})", "length({t})",
          "round({n})", "floor({n})", "ceil({n})", "if({b}, {i}, {i})", "coalesce({i}, {i})", "min({i}, {i}, {i})",
          "max({i}, {i})", "year({d})", "month({d})", "({d} - {d})"}},
        {'n',
         {"({n} + {i})", "({i} - {n})", "({n} * {n})", "({i} / {i})", "({n} // {n})", "({n} % {n})", "-{n}", "abs({n})",
          "round({n}, 2)", "if({b}, {n}, {i})", "coalesce({i}, {n}, {n})", "min({n}, {i})", "max({i}, {n}, {i})",
          "number({i})"}},
        {'t',
         {"({t} + {t})",
          "({t} ++ {t})",
          "lower({t})",
          "upper({t})",
          "trim({t})",
          "substring({t}, {i}, 2)",
          "substring({t}, 2)",
          "replace({t}, 'a', {t})",
          "replace({t}, {t}, '-')",
          "split_part({t}, ' ', {i})",
          "before({t}, {t})",
          "after({t}, 'a')",
          "if({b}, {t}, {t})",
          "if({b}, {t}, missing)",
          "coalesce({t}, {t})",
          "text({i})",
          "text({n})",
          "text({d})",
          "min({t}, {t})",
          "max({t}, {t}, {t})"}},
        {'b',
         {"({i} < {i})", "({n} >= {i})", "({t} == {t})", "({t} < {t})", "({d} != {d})", "({b} and {b})", "({b} or {b})",
          "(not {b})", "({i} in (1, {i}, 7))", "({t} not in ('a', {t}))", "contains({t}, {t})", "starts_with({t}, 'a')",
          "ends_with({t}, {t})", "is_missing({i})", "is_missing({t})", "is_error({n})", "is_error({d})",
          "if({b}, {b}, {b})", "({b} == {b})"}},
        {'d', {"({d} + {i})", "({d} - {i})", "if({b}, {d}, {d})", "coalesce({d}, {d})", "min({d}, {d})"}}};
    if (depth == 0 || dice_.below(8) == 0) return dice_.one_of(leaves.at(type));
    const std::string pattern = dice_.one_of(calls.at(type));
    std::string out;
    for (size_t at = 0; at < pattern.size(); ++at) {
      if (pattern[at] != '{') {
        out.push_back(pattern[at]);
        continue;
      }
      out += make(pattern[at + 1], depth - 1);
      at += 2;
    }
    return out;
  }

 private:
  Dice& dice_;
};

table::Batch random_batch(Dice& dice, size_t rows) {
  const std::vector<std::string> whole = {"", "0", "1", "-1", "42", "x", "-7", "9223372036854775807", "3"};
  const std::vector<std::string> number = {"", "0", "1.5", "-2.25", "x", "1e+10", "0.1", "123456.789"};
  const std::vector<std::string> words = {"",  "a", "b a", "Äb ö", " spaces ", "a text of more than twelve bytes, a",
                                          "aa"};
  const std::vector<std::string> switches = {"", "true", "false", "x"};
  const std::vector<std::string> dates = {"", "2007-11-11", "1969-12-31", "2000-02-29", "x", "9999-12-30"};
  std::vector<TestColumn> columns = {{"i", ColumnType::int64, {}},        {"j", ColumnType::int64, {}},
                                     {"n", ColumnType::float64, {}},      {"t", ColumnType::text, {}},
                                     {"two words", ColumnType::text, {}}, {"b", ColumnType::boolean, {}},
                                     {"d", ColumnType::date, {}}};
  const std::vector<const std::vector<std::string>*> pools = {&whole, &whole,    &number, &words,
                                                              &words, &switches, &dates};
  for (size_t column = 0; column < columns.size(); ++column)
    for (size_t row = 0; row < rows; ++row) columns[column].cells.push_back(dice.one_of(*pools[column]));
  return make_batch(columns);
}

std::string show(const Cell& cell) {
  if (cell.problem) return "!" + std::string(table::name_of(*cell.problem));
  if (cell.is_missing()) return "-";
  std::string out;
  if (cell.value.index() == 1) return cell.boolean() ? "true" : "false";
  if (cell.value.index() == 4) return cell.text();
  if (cell.is_whole()) table::append_value_text(out, cell.is_date ? ColumnType::date : ColumnType::int64, cell.whole());
  else out = text::format_number(cell.number());
  return out;
}

// Compares one random expression; says how often it could be compiled.
bool compare_one(Dice& dice, const table::Batch& batch) {
  const PlacedText source = place_line(Generator(dice).make("intbd"[dice.below(5)], 4), "e");
  const auto expression = Expression::compile(source, *batch.schema);
  if (!expression.ok()) {
    FAIL_CHECK(source.text << ": " << expression.error().message);
    return false;
  }
  const auto term = parse_expression(source);
  const table::ColumnPtr column = expression->evaluate(batch);
  REQUIRE(column->rows() == batch.rows);
  for (size_t row = 0; row < batch.rows; ++row) {
    const std::string expected = show(ReferenceEvaluator(batch, row).evaluate(*term));
    if (prep::show(*column, row) == expected) continue;
    FAIL_CHECK(source.text << " row " << row << ": " << prep::show(*column, row) << ", expected " << expected);
    return false;
  }
  return true;
}

}  // namespace

TEST_CASE("column kernels agree with the row-by-row reference on random expressions and data") {
  Dice dice(20'260'101);
  int compared = 0;
  for (int round = 0; round < 150; ++round) {
    const table::Batch batch = random_batch(dice, 1 + dice.below(130));
    for (int i = 0; i < 20; ++i) compared += compare_one(dice, batch) ? 1 : 0;
  }
  CHECK(compared == 3000);
}
