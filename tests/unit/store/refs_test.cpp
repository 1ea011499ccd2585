#include "store/refs.h"

#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;
using text::Json;

TEST_CASE("a ref is created once, replaced, listed and removed") {
  TestStore test;
  const RefStore refs(test.store.dir());
  CHECK(refs.create({"models", "penguins/1"}, Json("a")).ok());
  const auto again = refs.create({"models", "penguins/1"}, Json("b"));
  CHECK(again.error().kind == ErrorKind::conflict);
  CHECK(again.error().message == "'penguins/1' exists already in models");
  CHECK(refs.read({"models", "penguins/1"})->string() == "a");
  CHECK(refs.replace({"models", "penguins/1"}, Json("c")).ok());
  CHECK(refs.create({"models", "apples/2"}, Json("d")).ok());
  CHECK(refs.read({"models", "penguins/1"})->string() == "c");
  CHECK(refs.list("models").value() == std::vector<std::string>{"apples/2", "penguins/1"});
  CHECK(refs.kinds().value() == std::vector<std::string>{"models"});
  CHECK(refs.remove({"models", "penguins/1"}).ok());
  CHECK(refs.remove({"models", "penguins/1"}).ok());
  CHECK(refs.read({"models", "penguins/1"}).error().kind == ErrorKind::not_found);
  CHECK(!refs.find({"models", "penguins/1"})->has_value());
}

TEST_CASE("names that would leave the folder or hide in it are refused") {
  TestStore test;
  const RefStore refs(test.store.dir());
  for (const char* name : {"", "..", "../x", "a/../b", "/a", "a//b", "a/", ".lock", "a b", "a\n", "-x"}) {
    CAPTURE(name);
    CHECK(refs.create({"models", name}, Json(1)).error().kind == ErrorKind::usage);
  }
  CHECK(refs.create({"..", "x"}, Json(1)).error().kind == ErrorKind::usage);
  CHECK(refs.list("nothing")->empty());
}

TEST_CASE("an update that fails leaves the value, one that gives nothing removes it") {
  TestStore test;
  const RefStore refs(test.store.dir());
  const RefName ref{"alias", "best"};
  REQUIRE(refs.create(ref, Json(1)).ok());
  const auto failed = refs.update(ref, [](const std::optional<Json>&) -> Result<std::optional<Json>> {
    return Error{ErrorKind::conflict, "no"};
  });
  CHECK(failed.error().message == "no");
  CHECK(refs.read(ref)->as_int() == 1);
  CHECK(
      refs.update(ref, [](const std::optional<Json>&) -> Result<std::optional<Json>> { return std::optional<Json>(); })
          .ok());
  CHECK(!refs.find(ref)->has_value());
}

TEST_CASE("updates of several processes all count") {
  TestStore test;
  const RefStore refs(test.store.dir());
  const RefName ref{"counter", "n"};
  const auto count_up = [&] {
    for (int i = 0; i < 50; ++i) {
      const auto status = refs.update(ref, [](const std::optional<Json>& old) -> Result<std::optional<Json>> {
        return std::optional<Json>(Json(old ? *old->as_int() + 1 : 1));
      });
      if (!status.ok()) return 1;
    }
    return 0;
  };
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t pid = fork();
    if (pid == 0) _exit(count_up());
    children.push_back(pid);
  }
  for (const pid_t pid : children) {
    int status = -1;
    REQUIRE(waitpid(pid, &status, 0) == pid);
    CHECK(status == 0);
  }
  CHECK(refs.read(ref)->as_int() == 200);
}
