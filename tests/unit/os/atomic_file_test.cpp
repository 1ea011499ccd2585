#include "os/atomic_file.h"

#include <doctest/doctest.h>

#include "temporary_folder.h"

using namespace aml;
using namespace aml::os;

TEST_CASE("a file appears only at commit, and whole") {
  const TemporaryFolder folder;
  const Path target = folder.path() / "out.csv";
  auto file = AtomicFile::create(target, Overwrite::no);
  REQUIRE(file.ok());
  REQUIRE(file->write("half").ok());
  REQUIRE(file->flush().ok());
  CHECK(!path_exists(target));
  REQUIRE(file->commit().ok());
  CHECK(read_file(target).value() == "half");
  CHECK(list_directory(folder.path()).value() == std::vector<std::string>{"out.csv"});
}

TEST_CASE("without commit nothing stays") {
  const TemporaryFolder folder;
  {
    auto file = AtomicFile::create(folder.path() / "x", Overwrite::no);
    REQUIRE(file.ok());
    REQUIRE(file->write("data").ok());
  }
  CHECK(list_directory(folder.path()).value().empty());
}

TEST_CASE("an existing file is kept unless replacing was asked for") {
  const TemporaryFolder folder;
  const Path target = folder.path() / "x";
  REQUIRE(write_file_atomically(target, "1", Overwrite::no).ok());
  CHECK(AtomicFile::create(target, Overwrite::no).error().kind == ErrorKind::conflict);
  CHECK(read_file(target).value() == "1");
  REQUIRE(write_file_atomically(target, "2", Overwrite::yes).ok());
  CHECK(read_file(target).value() == "2");
}

TEST_CASE("a file made by somebody else meanwhile is not replaced") {
  const TemporaryFolder folder;
  const Path target = folder.path() / "x";
  auto file = AtomicFile::create(target, Overwrite::no);
  REQUIRE(file.ok());
  REQUIRE(write_file_atomically(target, "theirs", Overwrite::no).ok());
  CHECK(file->commit().error().kind == ErrorKind::conflict);
  CHECK(read_file(target).value() == "theirs");
}

TEST_CASE("pending temporaries can be removed from a signal handler") {
  const TemporaryFolder folder;
  auto file = AtomicFile::create(folder.path() / "x", Overwrite::no);
  REQUIRE(file.ok());
  REQUIRE(list_directory(folder.path())->size() == 1);
  remove_pending_temporaries();
  CHECK(list_directory(folder.path())->empty());
}
