#include "image/names.h"

#include <doctest/doctest.h>

#include "temporary_folder.h"

using namespace aml;
using namespace aml::image;

TEST_CASE("an image is found under its name, and the name moves to the newest") {
  const TemporaryFolder folder;
  const store::RefStore refs(folder.path());
  const store::Descriptor first{"m", sha256("1"), 1};
  const store::Descriptor second{"m", sha256("2"), 1};
  REQUIRE(name_image(refs, "localhost:5000/team/penguins:1", first).ok());
  CHECK(find_image(refs, "localhost:5000/team/penguins:1").value() == first);
  REQUIRE(name_image(refs, "localhost:5000/team/penguins:1", second).ok());
  CHECK(find_image(refs, "localhost:5000/team/penguins:1").value() == second);
}

TEST_CASE("a name that is not there suggests the nearest, or to build it") {
  const TemporaryFolder folder;
  const store::RefStore refs(folder.path());
  REQUIRE(name_image(refs, "penguins:1", {"m", sha256("1"), 1}).ok());
  const auto near = find_image(refs, "penguins:2");
  CHECK(near.error().kind == ErrorKind::not_found);
  CHECK(near.error().message == "no image is named 'penguins:2' here");
  CHECK(near.error().hint == "did you mean 'penguins:1'?");
  CHECK(find_image(refs, "walruses:1").error().hint == "build it first: amldeploy build MODEL -t walruses:1");
}
