#include "prep/declared_cast.h"

#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Texts = std::vector<std::string>;

namespace {

// The cells, or the message and the hint of the error.
Texts cast(const std::string& options, const Texts& cells) {
  const StepResult result = run_steps("- cast: {c: " + options + "}", make_batch({{"c", ColumnType::text, cells}}));
  if (!result.error.empty()) return {result.error, result.hint};
  Texts converted;
  for (const auto& row : result.rows) converted.push_back(row[0]);
  return converted;
}

}  // namespace

TEST_CASE("dates are read by one of the formats, and never guessed") {
  CHECK(cast("{type: date, formats: ['%d.%m.%Y', '%Y-%m-%d']}",
             {"3.4.2024", "2024-04-03", "", " 31.12.1999 ", "4/3/24"}) ==
        Texts{"2024-04-03", "2024-04-03", "-", "1999-12-31", "!not_a_date"});
  CHECK(cast("{type: date, formats: ['%d/%m/%Y', '%m/%d/%Y']}",
             {"03/04/2024", "03/03/2024", "31/12/2024", "12/31/2024", "13/13/2024"}) ==
        Texts{"!ambiguous_date", "2024-03-03", "2024-12-31", "2024-12-31", "!not_a_date"});
}

TEST_CASE("ambiguous dates keep their text and are counted with their reason") {
  const StepResult result =
      run_steps("- cast: {c: {type: date, formats: ['%d/%m/%y', '%m/%d/%y']}}\n- derive: {t: error_text(c)}",
                make_batch({{"c", ColumnType::text, {"1/2/07", "30/1/07"}}}));
  CHECK(result.rows == std::vector<Texts>{{"!ambiguous_date", "1/2/07"}, {"2007-01-30", "-"}});
  CHECK(result.failures == Texts{"column 'c': 1 error (ambiguous date), the first '1/2/07' at t.csv:2"});
}

TEST_CASE("timestamps are read on the clocks of a zone") {
  CHECK(cast("{type: timestamp, formats: '%d/%m/%Y %H:%M', zone: Europe/Rome}",
             {"01/07/2024 12:00", "27/10/2024 02:30", "31/03/2024 02:30"}) ==
        Texts{"2024-07-01T10:00:00Z", "!ambiguous_time", "!skipped_time"});
  CHECK(cast("{type: timestamp, formats: '%F %R', zone: Europe/Rome, unclear: later}", {"2024-10-27 02:30"}) ==
        Texts{"2024-10-27T01:30:00Z"});
}

TEST_CASE("numbers have the marks that were declared, each in its place") {
  const std::string italian = "{type: number, decimal: ',', thousands: '.', symbols: ['€', EUR]}";
  CHECK(cast(italian, {"1.234,50", "€ 7", "-7 EUR", "1.234.567", "0,5", "1234,5"}) ==
        Texts{"1234.50", "7", "-7", "1234567", "0.5", "1234.5"});
  CHECK(cast(italian, {"1.23,4", "12.3456", "1..234", ".234", "1,2.3", "€", "1,2,3", "x"}) ==
        Texts{"!not_a_number", "!not_a_number", "!not_a_number", "!not_a_number", "!not_a_number", "!not_a_number",
              "!not_a_number", "!not_a_number"});
  CHECK(cast("{type: number, decimal: ','}", {"1.5", "1,5"}) == Texts{"!not_a_number", "1.5"});
  CHECK(cast("{type: integer, thousands: ' '}", {"1 234", "12 34", "9 999 999 999 999 999 999"}) ==
        Texts{"1234", "!not_an_integer", "!out_of_range"});
  CHECK(cast("{type: number, percent: true}", {"12.5 %", "12.5%", "3"}) == Texts{"0.125", "0.125", "3"});
}

TEST_CASE("booleans have the words that were declared and no others") {
  CHECK(cast("{type: boolean, 'true': [ja, J], 'false': nein}", {"ja", "J", "nein", "true", ""}) ==
        Texts{"true", "true", "false", "!not_a_boolean", "-"});
}

TEST_CASE("what is declared wrongly is shown in its place") {
  CHECK(cast("{type: date}", {})[0] == "p.yaml:3:13: 'cast' needs 'formats'");
  CHECK(cast("{type: date, formats: ['%Q']}", {})[0] == "p.yaml:3:35: format '%Q' has an unknown directive '%Q'");
  CHECK(cast("{type: dat, formats: []}", {}) == Texts{"p.yaml:3:20: unknown type 'dat'", "did you mean 'date'?"});
  CHECK(cast("{type: number, formats: ['%Y']}", {})[0] == "p.yaml:3:28: unknown key 'formats' in 'cast to number'");
  CHECK(cast("{type: number, thousands: '.'}", {})[0] ==
        "p.yaml:3:13: '.' cannot be the mark of decimals and of thousands");
  CHECK(cast("{type: number, decimal: '1'}", {})[0] == "p.yaml:3:37: 'decimal' cannot be '1'");
  CHECK(cast("{type: timestamp, formats: '%F', zone: Rome}", {})[0] == "p.yaml:3:52: unknown time zone 'Rome'");
  CHECK(cast("{type: boolean, 'true': [a], 'false': [a]}", {})[0] == "p.yaml:3:13: 'a' cannot be both true and false");
  CHECK(run_steps("- cast: {c: integer}\n- cast: {c: {type: date, formats: '%Y'}}",
                  make_batch({{"c", ColumnType::text, {}}}))
            .error == "p.yaml:4:10: a declared form is that of text, column 'c' is of type integer");
}
