#include "project/describe.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::project;

TEST_CASE("a file of a snapshot is told with kind and size") {
  const auto record = describe(WalkedFile{.path = "run.sh", .kind = FileKind::executable, .stamp = {.size = 2048}});
  CHECK(record.id == "run.sh");
  CHECK(text::to_json(record).dump() == R"({"type":"file","path":"run.sh","kind":"executable","size":2048})");
  CHECK(text::display_text(record.fields[2]) == "2.0 KiB");
}

TEST_CASE("a path is told with the rule that decides about it") {
  const auto record = describe("a.log", {true, ".gitignore:1: *.log"});
  CHECK(text::to_json(record).dump() ==
        R"({"type":"path","path":"a.log","in_snapshot":false,"rule":".gitignore:1: *.log"})");
}
