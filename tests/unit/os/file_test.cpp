#include "os/file.h"

#include <doctest/doctest.h>
#include <fcntl.h>

#include "temporary_folder.h"

using namespace aml;
using namespace aml::os;

TEST_CASE("a missing file is not found and named") {
  const auto text = read_file("/nowhere/a.csv");
  REQUIRE(!text.ok());
  CHECK(text.error().kind == ErrorKind::not_found);
  CHECK(text.error().message == "cannot open '/nowhere/a.csv': No such file or directory");
}

TEST_CASE("a full device is a system error that a later flush still reports") {
  auto full = open_file("/dev/full", O_WRONLY);
  REQUIRE(full.ok());
  FdSink sink(full->get(), "standard output");
  CHECK(sink.write("x").ok());
  CHECK(sink.flush().error().kind == ErrorKind::system);
  CHECK(sink.flush().error().message == "cannot write 'standard output': No space left on device");
}

TEST_CASE("directories are made with their parents, listed sorted, and removed with their content") {
  const TemporaryFolder folder;
  CHECK(make_directories(folder.path() / "b/c").ok());
  CHECK(make_directories(folder.path() / "a").ok());
  CHECK(make_directories(folder.path() / "a").ok());
  CHECK(list_directory(folder.path()).value() == std::vector<std::string>{"a", "b"});
  CHECK(remove_tree(folder.path() / "b").ok());
  CHECK(remove_tree(folder.path() / "b").ok());
  CHECK(!path_exists(folder.path() / "b"));
}

TEST_CASE("a source reads a file in pieces and ends with an empty view") {
  const TemporaryFolder folder;
  const std::string text(1'000'000, 'x');
  auto fd = open_file(folder.path() / "f", O_RDWR | O_CREAT);
  REQUIRE(fd.ok());
  REQUIRE(write_all(fd->get(), text, "f").ok());
  FdSource source(open_file(folder.path() / "f", O_RDONLY).value(), "f");
  std::string read_back;
  for (;;) {
    const auto piece = source.read();
    REQUIRE(piece.ok());
    if (piece->empty()) break;
    read_back.append(*piece);
  }
  CHECK(read_back == text);
  CHECK(read_file(folder.path() / "f", 10).error().kind == ErrorKind::bad_data);
}
