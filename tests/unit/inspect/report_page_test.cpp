#include "inspect/report_page.h"

#include <doctest/doctest.h>

#include "unit/inspect/inspect_testing.h"

using namespace aml;
using namespace aml::inspect;
using inspect::testing::inspected;

TEST_CASE("no value of a table gets out of its place on the page") {
  const std::string hostile = "</style><script>alert(1)</script>\"'>";
  std::string quoted;
  for (const char c : hostile) quoted += c == '"' ? "\"\"" : std::string(1, c);
  const TableInspection table = inspected("\"" + quoted + "\",b\n\"" + quoted + "\",1\n\"" + quoted + "x\",2\n");
  const std::string page = report_page(table, {});
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("</style><") == page.rfind("</style><"));
  CHECK(page.find("&lt;script&gt;") != std::string::npos);
}

TEST_CASE("a page loads nothing and says what it saw") {
  InspectOptions options;
  options.sample_rows = 2;
  const std::string page = report_page(inspected("a,b\n1,x\n2,y\n3,x\n", options), {});
  CHECK(page.find("http:") == std::string::npos);
  CHECK(page.find("https:") == std::string::npos);
  CHECK(page.find("default-src 'none'") != std::string::npos);
  CHECK(page.find("are from a sample of 2 rows") != std::string::npos);
  CHECK(page.find("are of all rows") != std::string::npos);
}

TEST_CASE("a page with a comparison shows columns that are gone") {
  const TableInspection before = inspected("a,old\n1,x\n2,y\n"), after = inspected("a\n5\n6\n");
  const TableComparison comparison = compare_tables(before, after);
  PageOptions options;
  options.comparison = &comparison;
  const std::string page = report_page(after, options);
  CHECK(page.find("<h3>old</h3><span class=\"tag\">gone</span>") != std::string::npos);
  CHECK(page.find("PSI") != std::string::npos);
}

TEST_CASE("a table without rows has a page") { CHECK(report_page(inspected("a\n"), {}).ends_with("</html>\n")); }
