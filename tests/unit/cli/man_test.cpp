#include "unit/cli/odd_tool.h"

using namespace aml;
using namespace aml::cli;
using namespace aml::cli::test;

TEST_CASE("roff sees no stray requests, escapes or typographic quotes") {
  const std::string page = man_page(tool());
  CHECK(page.find("\n\\&.start with a dot\n") != std::string::npos);
  CHECK(page.find("it\\(aqs \\(dqodd\\(dq [very]: a\\(rsb") != std::string::npos);
  CHECK(page.find("tool odd \\-\\-like \\(aq*\\-x\\(aq \\(ti/a\n") != std::string::npos);
  for (const char c : page) CHECK(static_cast<unsigned char>(c) < 0x80);
}

TEST_CASE("the page starts with its header and names the commands that are shown") {
  const std::string page = man_page(tool());
  CHECK(
      page.starts_with(".\\\" Made by tool --generate man; do not edit.\n"
                       ".TH TOOL 1 \"\" \"amltools\" \"User Commands\"\n.SH NAME\ntool \\- a tool\n"));
  CHECK(count_lines(page, ".SS tool odd") == 1);
  CHECK(count_lines(page, ".SS tool launch") == 1);
}

TEST_CASE("flags show their letter, their negation and their value") {
  const std::string page = man_page(tool());
  CHECK(page.find(".TP\n.B \\-x, \\-\\-ex \\fIX\\fP\none of [a:b] \\(aqc\\(aq\n") != std::string::npos);
  CHECK(page.find(".TP\n.B \\-\\-[no\\-]on\nswitch\n") != std::string::npos);
}

TEST_CASE("a paragraph that starts with a space stands as it was written") {
  CHECK(man_page(tool()).find(".PP\n.nf\n  $ \\(aqquoted\\(aq\n.fi\n") != std::string::npos);
}

TEST_CASE("exit codes are entries, and references leave out the page itself") {
  const std::string page = man_page(tool());
  CHECK(page.find(".PP\nExit codes:\n.TP\n.B 3\nsome failed\n") != std::string::npos);
  CHECK(page.ends_with(".SH SEE ALSO\n.BR aml (7),\n.BR amlhist\\-show (1)\n"));
}
