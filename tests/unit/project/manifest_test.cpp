#include "project/manifest.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::project;

TEST_CASE("a manifest is one line per file, with names that cannot break it") {
  const std::string hex = sha256("x").hex();
  const std::string text =
      format_manifest({{.path = "a", .kind = FileKind::file, .size = 1, .digest = sha256("x")},
                       {.path = "b\nc", .kind = FileKind::executable, .size = 1, .digest = sha256("x")},
                       {.path = "l", .kind = FileKind::symlink, .size = 1, .digest = sha256("x")}});
  CHECK(text == "100644\t1\t" + hex + "\ta\n100755\t1\t" + hex + "\tb\\nc\n120000\t1\t" + hex + "\tl\n");
}
