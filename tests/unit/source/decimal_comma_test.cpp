#include "source/decimal_comma.h"

#include "source/open.h"

#include "unit/source/source_testing.h"

using namespace aml;
using namespace aml::source;
using namespace aml::source::testing;

TEST_CASE("numbers with a decimal comma get a point, groups of thousands are closed") {
  CHECK(with_decimal_point("1,5") == "1.5");
  CHECK(with_decimal_point("-0,25") == "-0.25");
  CHECK(with_decimal_point("+12,0e-3") == "+12.0e-3");
  CHECK(with_decimal_point("1.234,56") == "1234.56");
  CHECK(with_decimal_point("-1.234.567") == "-1234567");
  CHECK(with_decimal_point("12.345") == "12345");
  CHECK(with_decimal_point("1234,5") == "1234.5");
}

TEST_CASE("what is no such number stays as it is") {
  for (const char* text : {"", "-", "12", "1,", ",5", "1,2,3", "1.5", "12.34", "1234.567", "1.23,4", "1,5 ", "a,5",
                           "1,5e", "12.05.2020", "1..234", "1.234.56", "127.0.0.1"})
    CHECK_MESSAGE(!with_decimal_point(text), text);
}

TEST_CASE("cells are rewritten where the source says so") {
  Files files;
  OpenOptions options;
  options.has_decimal_comma = true;
  const std::string file = files.add("a.csv", "a;b;c\n1,5;x,y and a long text;\n;\"2,25\";2\n");
  CHECK(rows_of(open_table(file, options, {})) ==
        Rows{{"a", "b", "c"}, {"1.5", "x,y and a long text", "<missing>"}, {"<missing>", "2.25", "2"}});
}
