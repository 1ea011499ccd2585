#include "store/params.h"

#include "fixture.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

TEST_CASE("the first value of a late parameter counts, another one is a conflict") {
  const auto late = parse_params("lr\t0.1\nlr\t0.1\nlr\t0.2\nname\ta\\tb\nbroken\nx\t1\t2\n\nlast\tcut");
  CHECK(late.params == std::vector<Param>{{"lr", "0.1"}, {"name", "a\tb"}});
  CHECK(late.conflicts == std::vector<std::string>{"lr"});
  CHECK(late.skipped_lines == 3);
}

TEST_CASE("the last value of a tag counts, and tags can be taken away") {
  const auto content = parse_tags("1\ta\tx\n2\tb\ty\n3\ta\tz\n4\tb\nbad\tc\td\n5\te");
  CHECK(content.tags == Tags{{"a", "z"}});
  CHECK(content.skipped_lines == 2);
}

TEST_CASE("a line torn by a crash does not take the next one with it") {
  TestStore test;
  auto run = create_run(test.store, spec_of(run_id_at(0, 1)));
  REQUIRE(run.ok());
  write_text(run->folder.tags(), "1\ta\tx\n2\tb\thal");
  REQUIRE(set_tag(run->folder, "c", "tab\there", {3'000'000}).ok());
  write_text(run->folder.params(), "p\t1\nq\t");
  REQUIRE(append_param(run->folder, {"r", "2"}).ok());
  CHECK(read_tags(run->folder)->tags == Tags{{"a", "x"}, {"c", "tab\there"}});
  CHECK(read_params(run->folder)->params == std::vector<Param>{{"p", "1"}, {"r", "2"}});
}

TEST_CASE("nameless parameters and tags are refused") {
  TestStore test;
  auto run = create_run(test.store, spec_of(run_id_at(0, 1)));
  CHECK(append_param(run->folder, {"", "1"}).error().kind == ErrorKind::usage);
  CHECK(set_tag(run->folder, "", "1", {1}).error().message == "a tag needs a name");
}
