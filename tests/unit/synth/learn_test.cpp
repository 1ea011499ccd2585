#include "synth/learn.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "synth/program_text.h"

using namespace aml;
using namespace aml::synth;

namespace {

struct Pair {
  std::string input;
  std::string output;
};

// Learns from the first `examples` pairs, with all inputs as unlabelled rows, and says what the program makes of each.
std::vector<Cell> results(const std::vector<Pair>& pairs, size_t examples) {
  LearnTask task;
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (i < examples) task.examples.push_back({{pairs[i].input}, pairs[i].output});
    task.rows.push_back({pairs[i].input});
  }
  const auto learned = learn(task);
  REQUIRE(learned.ok());
  std::vector<Cell> cells;
  for (const Cells& row : task.rows) cells.push_back(run(learned->program, view_of(row)));
  return cells;
}

void check_learns(const std::vector<Pair>& pairs, size_t examples) {
  const auto cells = results(pairs, examples);
  for (size_t i = 0; i < pairs.size(); ++i) CHECK(cells[i].value_or("null") == pairs[i].output);
}

}  // namespace

TEST_CASE("the last part of a path needs one example") {
  check_learns({{"C:\\Python35\\Tools\\pynche\\TypeinViewer.py", "TypeinViewer.py"},
                {"C:\\Python35\\Tools\\Scripts\\2to3.py", "2to3.py"},
                {"C:\\Python35\\LICENSE.txt", "LICENSE.txt"}},
               1);
}

TEST_CASE("a field between separators in title case needs three examples at most") {
  check_learns({{"REINDEER CT & DEAD END;  NEW HANOVER; Station 332; 2015-12-10 @ 17:10:52;", "New Hanover"},
                {"HAWS AVE; NORRISTOWN; 2015-12-10 @ 14:39:21-Station:STA27;", "Norristown"},
                {"MAIN ST & OLD SUMNEYTOWN PIKE;  LOWER SALFORD; Station 344; 2015-12-10 @ 16:32:10;", "Lower Salford"},
                {"BLUEROUTE & RAMP I476 NB TO CHEMICAL RD; PLYMOUTH; 2015-12-10 @ 17:35:41;", "Plymouth"}},
               3);
}

TEST_CASE("initials come from the first letters of both names") {
  check_learns({{"Laquanda Lohmann", "L.L."}, {"John-Paul Smith", "J.S."}, {"Sarah-Jane Smith", "S.S."}}, 2);
}

TEST_CASE("different words with nothing in common are a table") {
  check_learns({{"Male", "0"}, {"Female", "1"}, {"Unknown", "2"}}, 3);
}

TEST_CASE("numbers are rounded to the nearest ten after one example") {
  check_learns({{"112", "110"}, {"117", "120"}, {"11119", "11120"}, {"548", "550"}}, 1);
}

TEST_CASE("rounding down is told from rounding to the nearest by a second example") {
  check_learns({{"112", "110"}, {"117", "110"}, {"548", "540"}}, 2);
}

TEST_CASE("negative numbers are rounded to five hundredths") {
  check_learns({{"-75.5812935", "-75.60"}, {"-75.343513", "-75.35"}, {"-75.283245", "-75.30"}}, 2);
}

TEST_CASE("bins are told by both ends") { check_learns({{"20.16", "20-25"}, {"14.32", "10-15"}, {"3.84", "0-5"}}, 1); }

TEST_CASE("multiplying by a thousand is exact") {
  check_learns({{"-243", "-243000"}, {"-2345.23292", "-2345232.92"}}, 1);
}

TEST_CASE("zeros are put in front") { check_learns({{"5828", "05828"}, {"44130", "44130"}}, 1); }

TEST_CASE("parts of a date need one example") {
  check_learns({{"31-Jan-2031 05:54:18", "Fri"}, {"21-Jan-1985 05:44:43", "Mon"}}, 1);
  check_learns({{"31-Jan-2031 05:54:18", "54"}, {"21-Jan-1985 05:44:43", "44"}}, 1);
}

TEST_CASE("dates are written in another form after one example") {
  check_learns({{"31-Jan-2031 05:54:18", "1/31/2031"}, {"20-Dec-2033 18:36:07", "12/20/2033"}}, 1);
  check_learns(
      {{"31-Jan-2031 05:54:18", "Friday, January 31, 2031"}, {"20-Dec-2033 18:36:07", "Tuesday, December 20, 2033"}},
      1);
  check_learns({{"31-Jan-2031 05:54:18", "01312031 5:54"}, {"20-Dec-2033 18:36:07", "12202033 18:36"}}, 1);
  check_learns({{"31-Jan-2031 05:54:18", "31/1/2031 5:54 AM"},
                {"20-Dec-2033 18:36:07", "20/12/2033 6:36 PM"},
                {"14-Apr-2010 00:23:13", "14/4/2010 12:23 AM"}},
               1);
  check_learns({{"31-Jan-2031 05:54:18", "Q1 2031"}, {"20-Dec-2033 18:36:07", "Q4 2033"}}, 1);
}

TEST_CASE("ranges of times begin where the example does and go past midnight") {
  check_learns(
      {{"31-Jan-2031 05:54:18", "5AM-7AM"}, {"17-Jan-1990 13:32:01", "1PM-3PM"}, {"14-Apr-2010 00:23:13", "11PM-1AM"}},
      1);
  check_learns({{"31-Jan-2031 05:54:18", "5:30-6:00"},
                {"17-Jan-1990 13:32:01", "13:30-14:00"},
                {"14-Apr-2010 00:23:13", "0:00-0:30"}},
               1);
}

TEST_CASE("a weekday is found in a date with more behind it") {
  check_learns({{"Jan 01, 2017 12AM-2AM", "Sun"}, {"Jan 13, 2017 2AM-4AM", "Fri"}}, 1);
}

TEST_CASE("all six columns are combined, none is frozen") {
  LearnTask task;
  task.rows = {{"13", "Oct", "2016", "15", "01", "23"},
               {"16", "Oct", "2016", "16", "22", "33"},
               {"16", "Jan", "2017", "15", "01", "33"}};
  task.examples = {{task.rows[0], "13-Oct-2016 15:01:23 PDT"}};
  const auto learned = learn(task);
  REQUIRE(learned.ok());
  CHECK(run(learned->program, view_of(task.rows[1])) == "16-Oct-2016 16:22:33 PDT");
  CHECK(run(learned->program, view_of(task.rows[2])) == "16-Jan-2017 15:01:33 PDT");
}

TEST_CASE("an empty middle name keeps both blanks") {
  LearnTask task;
  task.rows = {{"Claudio", "A", "Chew"}, {"Laquanda", "", "Lohmann"}};
  task.examples = {{task.rows[0], "Claudio A Chew"}};
  const auto learned = learn(task);
  REQUIRE(learned.ok());
  CHECK(run(learned->program, view_of(task.rows[1])) == "Laquanda  Lohmann");
}

TEST_CASE("an example that contradicts the others is named and keeps a branch") {
  LearnTask task;
  for (const char* name : {"Hone Albert", "Aysu Polat", "Fatma Yilmaz", "Artem Kuznetsov"}) task.rows.push_back({name});
  task.examples = {{{"Hone Albert"}, "Albert"}, {{"Aysu Polat"}, "Polat"}, {{"Fatma Yilmaz"}, "qqq"}};
  const auto learned = learn(task);
  REQUIRE(learned.ok());
  CHECK(learned->odd_examples == std::vector<size_t>{2});
  CHECK(run(learned->program, view_of(task.rows[3])) == "Kuznetsov");
}

TEST_CASE("no example is a usage error, a huge one bad data") {
  CHECK(learn({}).error().message == "no example to learn from");
  const LearnTask huge{{{{std::string(1 << 20, 'x')}, "x"}}, {}};
  CHECK(learn(huge).error().message == "example 1 has a cell of more than 4096 bytes");
}

TEST_CASE("examples of different widths are a usage error") {
  const LearnTask task{{{{"a"}, "a"}, {{"a", "b"}, "a"}}, {}};
  CHECK(learn(task).error().message == "examples have different numbers of inputs");
}

TEST_CASE("an empty output is learned as the empty text, null as null") {
  LearnTask task{{{{"a"}, ""}}, {}};
  CHECK(to_text(learn(task)->program, {"x"}) == "\"\"\n");
  task.examples[0].output.reset();
  CHECK(to_text(learn(task)->program, {"x"}) == "null\n");
}

TEST_CASE("bytes that are not UTF-8 are learned from like any other") {
  check_learns({{"a\xff-b\xfe", "b\xfe"}, {"c\xff-d\xfe", "d\xfe"}}, 1);
}

TEST_CASE("cells of a megabyte among the rows are left out") {
  LearnTask task{{{{"a-b"}, "b"}}, {{std::string(1 << 20, 'x')}, {"c-d"}}};
  const auto learned = learn(task);
  REQUIRE(learned.ok());
  CHECK(run(learned->program, view_of(task.rows[1])) == "d");
}

TEST_CASE("a hundred examples give a program that repeats them all") {
  LearnTask task;
  for (int i = 0; i < 100; ++i) task.examples.push_back({{fmt::format("k{}", i)}, fmt::format("v{}", (i * 37) % 101)});
  const auto learned = learn(task);
  REQUIRE(learned.ok());
  for (const Example& example : task.examples) CHECK(run(learned->program, view_of(example.inputs)) == example.output);
}

TEST_CASE("the same examples and rows give the same bytes") {
  LearnTask task;
  for (const char* name : {"Hone Albert", "Aysu Polat", "Plato"}) task.rows.push_back({name});
  task.examples = {{{"Hone Albert"}, "H. Albert"}};
  const std::string first = to_text(learn(task)->program, {"name"});
  for (int i = 0; i < 3; ++i) CHECK(to_text(learn(task)->program, {"name"}) == first);
}
