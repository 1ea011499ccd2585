#include <doctest/doctest.h>

#include "unit/prep/evaluate.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Cells = std::vector<std::string>;

TEST_CASE("date and timestamp read a declared format") {
  const auto batch = make_batch({{"t", ColumnType::text, {"03.04.2024", "", "  ", "4/3/2024", "31.02.2024"}}});
  CHECK(evaluate_over(batch, "date(t, '%d.%m.%Y')") == Cells{"2024-04-03", "-", "-", "!not_a_date", "!not_a_date"});
  CHECK(evaluate_over(batch, "timestamp(t, '%d.%m.%Y', 'Europe/Berlin')") ==
        Cells{"2024-04-02T22:00:00Z", "-", "-", "!not_a_timestamp", "!not_a_timestamp"});
  CHECK(evaluate_over(batch, "error_text(date(t, '%d.%m.%Y'))") == Cells{"-", "-", "-", "4/3/2024", "31.02.2024"});
  CHECK(evaluate_constant("timestamp('16/Oct/2016:16:22:33 -0200', '%d/%b/%Y:%T %z', 'Europe/Berlin')") ==
        "2016-10-16T18:22:33Z");
  CHECK(evaluate_constant("timestamp('2024-10-27 02:30', '%F %R', 'Europe/Berlin')") == "!ambiguous_time");
  CHECK(evaluate_constant("timestamp('2024-10-27 02:30', '%F %R', 'Europe/Berlin', 'later')") ==
        "2024-10-27T01:30:00Z");
  CHECK(evaluate_constant("timestamp('2300-01-01', '%F')") == "!out_of_range");
  CHECK(evaluate_constant("date('2300', '%Q')") == "e:1:14: format '%Q' has an unknown directive '%Q'");
}

TEST_CASE("format writes dates and instants, on the clocks of a zone") {
  CHECK(evaluate_constant("format(date('2031-01-31'), '%-m/%-d/%Y')") == "1/31/2031");
  CHECK(evaluate_constant("format(timestamp('2031-01-31T05:54:18Z'), '%F %R %z')") == "2031-01-31 05:54 +00:00");
  CHECK(evaluate_constant("format(timestamp('2031-01-31T23:54:18Z'), '%F %R %z', 'Asia/Kolkata')") ==
        "2031-02-01 05:24 +05:30");
  CHECK(evaluate_constant("format(date('2031-01-31'), '%H')") == "e:1:28: a date has no time of day");
}
