#include "table/concat.h"

#include <doctest/doctest.h>

#include "os/atomic_file.h"
#include "temporary_folder.h"
#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::table;

namespace {

class Files {
 public:
  Path add(const std::string& name, std::string_view text) {
    const Path path = folder_.path() / name;
    REQUIRE(os::write_file_atomically(path, text, os::Overwrite::yes).ok());
    return path;
  }
  std::string place(const std::string& name) const { return (folder_.path() / name).string(); }

 private:
  TemporaryFolder folder_;
};

std::string first_rows(std::string csv, std::optional<uint64_t> rows_max) {
  ReadOptions options;
  options.batch_rows = 2;
  auto reader = open_reader(std::make_unique<StringSource>(std::move(csv)), "t.csv", options, nullptr);
  StringSink sink;
  auto writer = open_writer(sink, (*reader)->schema(), {});
  REQUIRE(copy_rows(**reader, **writer, rows_max).ok());
  return sink.text();
}

}  // namespace

TEST_CASE("files of equal columns are read one after the other") {
  Files files;
  const Path a = files.add("a.csv", "x,y\n1,2\n"), b = files.add("b.tsv", "x\ty\n3\t4\n"),
             c = files.add("c.csv", "x,y\n");
  auto reader = open_readers({a, c, b, a}, {}, nullptr);
  REQUIRE(reader.ok());
  const auto table = read_all(**reader);
  REQUIRE(table.ok());
  CHECK(testing::rows_of(*table) ==
        std::vector<std::vector<std::string>>{{"x", "y"}, {"1", "2"}, {"3", "4"}, {"1", "2"}});
}

TEST_CASE("a file with other columns is refused by name") {
  Files files;
  const Path a = files.add("a.csv", "x,y\n1,2\n"), b = files.add("b.csv", "x,z\n3,4\n"),
             c = files.add("c.csv", "x\n3\n");
  auto reader = open_readers({a, b}, {}, nullptr);
  CHECK(read_all(**reader).error().message == "'" + files.place("b.csv") + "' has other columns than '" +
                                                  files.place("a.csv") + "': 'z' instead of 'y' in place 2");
  auto shorter = open_readers({a, c}, {}, nullptr);
  CHECK(read_all(**shorter).error().message.ends_with("nothing instead of 'y' in place 2"));
}

TEST_CASE("a file that is not there or is a folder is named") {
  Files files;
  const Error missing = open_reader(files.place("no.csv"), {}, nullptr).error();
  CHECK(missing.kind == ErrorKind::not_found);
  CHECK(missing.message == "cannot open '" + files.place("no.csv") + "': No such file or directory");
  CHECK(open_reader("/", {}, nullptr).error().message == "cannot read '/': Is a directory");
}

TEST_CASE("a file that becomes shorter while it is read is an error") {
  Files files;
  std::string text = "x\n";
  for (int i = 0; i < 500'000; ++i) text += "12345678\n";
  const Path path = files.add("long.csv", text);
  auto reader = open_reader(path, {}, nullptr);
  REQUIRE(reader.ok());
  std::filesystem::resize_file(path, 3'000'000);
  const auto table = read_all(**reader);
  REQUIRE(!table.ok());
  CHECK(table.error().kind == ErrorKind::system);
  CHECK(table.error().message == "'" + path.string() + "' became shorter while it was read: 3000000 of 4500002 bytes");
}

TEST_CASE("rows are copied up to a limit") {
  CHECK(first_rows("a\n1\n2\n3\n4\n5\n", 3) == "a\n1\n2\n3\n");
  CHECK(first_rows("a\n1\n2\n3\n", 0) == "a\n");
  CHECK(first_rows("a\n1\n2\n3\n", 99) == "a\n1\n2\n3\n");
  CHECK(first_rows("a\n1\n2\n3\n", std::nullopt) == "a\n1\n2\n3\n");
}

TEST_CASE("a stop is noticed between batches") {
  Cancel cancel;
  auto reader = open_reader(std::make_unique<StringSource>("a\n1\n"), "t.csv", {}, &cancel);
  cancel.request();
  CHECK((*reader)->next().error().kind == ErrorKind::interrupted);
}
