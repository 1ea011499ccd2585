#include "synth/program_text.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::synth;

namespace {

const std::vector<std::string> kColumns = {"name", "born on", "lower"};

std::string printed(std::string_view text) {
  const auto program = parse_program(text, kColumns);
  return program.ok() ? to_text(*program, kColumns) : program.error().message;
}

}  // namespace

TEST_CASE("what was printed is read back and printed the same") {
  for (const char* text : {
           "slice(name, after(\" \", -1), end) + \", \" + upper(slice(name, start, +1)) + \".\"\n",
           "when not contains(name, \"(\") and counts(name, digits, 2): slice(keep(name, digits), 3, -2)\notherwise: "
           "null\n",
           "when missing(name): \"\"\nwhen empty([born on]): \"a\\\"b\\\\\\n\\x01\"\notherwise: [lower]\n",
           "number(slice(name, before(number, 1), past(number)), times 0.001, nearest 0.05, from 1, plus 5, digits 2, "
           "decimals 0..3, grouped)\n",
           "number(name, decimals 2..) + number(name, significant 3, left 4, right 3)\n",
           "date([born on], \"M/d/yyyy\", \"d MMM yyyy\", as \"htt\", down 2h, from 1h, plus 30m)\n",
           "lookup(name, \"F\" => \"1\", \"M\" => \"0\")\n",
           "slice(replace(name, \"a\", \"\"), edge(upper, \"-\", -1), next(space))\n",
           "when longer(name, 5) and same(name, [born on]): trim(name)\nwhen includes(name, [lower]): "
           "squeeze(name)\notherwise: "
           "initials(name) + ascii(name) + drop(name, symbols)\n",
           "when equals(name, \"x\") and starts(name, alnum) and ends(name, phrase) and at_least(name, name, 2): "
           "title(name)\n",
       })
    CHECK(printed(text) == text);
}

TEST_CASE("blank lines and missing line feeds do not matter") { CHECK(printed("\n\n  name \n") == "name\n"); }

TEST_CASE("mistakes are shown with line and column") {
  CHECK(printed("") == "1:1: the program is empty");
  CHECK(printed("nme") == "1:1: unknown column 'nme'");
  CHECK(printed("slice(name, start)") == "1:18: expected ','");
  CHECK(printed("slice(name, here, end)") == "1:13: unknown position 'here'");
  CHECK(printed("slice(name, before(vowels, 1), end)") == "1:20: unknown token 'vowels'");
  CHECK(printed("slice(name, before(\"\", 1), end)") == "1:20: the text to look for is empty");
  CHECK(printed("slice(name, before(digits, 0), end)") == "1:28: places are counted from 1, or from -1 on the right");
  CHECK(printed("name\nname") == "2:1: nothing can follow a branch without 'when'");
  CHECK(printed("when odd(name): name") == "1:6: unknown test 'odd'");
  CHECK(printed("name name") == "1:6: unexpected 'name'");
  CHECK(printed("\"open") == "1:1: the text has no closing quote");
  CHECK(printed("\"\\q\"") == "1:1: unknown escape '\\q'");
  CHECK(printed("date(name, as \"d\")") == "1:1: 'date' needs a format to read and, behind 'as', one to write");
  CHECK(printed("date(name, \"qqq?x\", as \"d\")") == "1:12: 'qqq?x' is not a date format");
  CHECK(printed("date(name, \"d\", as \"d\", down 0h)") == "1:25: the unit to round to must be above 0");
  CHECK(printed("number(name, nearest 0)") == "1:22: the unit to round to must be above 0");
  CHECK(printed("number(name, decimals 1000)") == "1:23: expected a number from 0 to 100");
}
