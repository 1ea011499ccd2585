#include "source/open.h"

#include <doctest/doctest.h>

#include "unit/source/source_testing.h"

using namespace aml;
using namespace aml::source;
using namespace aml::source::testing;

TEST_CASE("files of equal columns are read one after the other") {
  Files files;
  const std::string a = files.add("a.csv", "x,y\n1,2\n"), b = files.add("b.tsv", "x\ty\n3\t4\n"),
                    c = files.add("c.csv", "x,y\n");
  auto reader = open_tables({a, c, b, a}, {}, {});
  REQUIRE(reader.ok());
  const auto table = table::read_all(**reader);
  REQUIRE(table.ok());
  CHECK(table::testing::rows_of(*table) ==
        std::vector<std::vector<std::string>>{{"x", "y"}, {"1", "2"}, {"3", "4"}, {"1", "2"}});
}

TEST_CASE("columns are matched by name, and a file with others is refused by name") {
  Files files;
  const std::string a = files.add("a.csv", "x,y\n1,2\n"), b = files.add("b.csv", "y,x\n3,4\n"),
                    c = files.add("c.csv", "x\n3\n"), d = files.add("d.csv", "x,y,z\n3,4,5\n");
  CHECK(rows_of(open_tables({a, b}, {}, {})) == Rows{{"x", "y"}, {"1", "2"}, {"4", "3"}});
  CHECK(rows_of(open_tables({a, c}, {}, {}))[0][0] == "error: '" + c + "' has no column 'y', which '" + a + "' has");
  CHECK(rows_of(open_tables({a, d}, {}, {}))[0][0] == "error: '" + a + "' has no column 'z', which '" + d + "' has");
}

TEST_CASE("a column says which file each row comes from") {
  Files files;
  const std::string a = files.add("in-a-place-with-a-long-name.csv", "x\n1\n2\n"), b = files.add("j.csv", "x\n3\n");
  OpenOptions options;
  options.path_column = "file";
  CHECK(rows_of(open_table(files.place("*.csv"), options, {})) == Rows{{"x", "file"}, {"1", a}, {"2", a}, {"3", b}});
  CHECK(rows_of(open_table(b, options, {})) == Rows{{"x", "file"}, {"3", b}});
  options.path_column = "x";
  CHECK(open_table(b, options, {}).error().message == "'" + b + "' has a column 'x' already");
}

TEST_CASE("a file that is not there is named") {
  Files files;
  const Error missing = open_table(files.place("no.csv"), {}, {}).error();
  CHECK(missing.kind == ErrorKind::not_found);
  CHECK(missing.message == "cannot open '" + files.place("no.csv") + "': No such file or directory");
}

TEST_CASE("a file that becomes shorter while it is read is an error") {
  Files files;
  std::string text = "x\n";
  for (int i = 0; i < 500'000; ++i) text += "12345678\n";
  const std::string path = files.add("long.csv", text);
  auto reader = open_table(path, {}, {});
  REQUIRE(reader.ok());
  std::filesystem::resize_file(path, 3'000'000);
  const auto table = table::read_all(**reader);
  REQUIRE(!table.ok());
  CHECK(table.error().kind == ErrorKind::system);
  CHECK(table.error().message == "'" + path + "' became shorter while it was read: 3000000 of 4500002 bytes");
}

TEST_CASE("packed files are unpacked, and the ending below .gz counts") {
  Files files;
  const std::string text = "x\ty,z\n1\t2\n";
  const Rows expected = {{"x", "y,z"}, {"1", "2"}};
  CHECK(rows_of(open_table(files.add("a.tsv.gz", packed(text, archive::Compression::gzip)), {}, {})) == expected);
  CHECK(rows_of(open_table(files.add("a.tsv.zst", packed(text, archive::Compression::zstd)), {}, {})) == expected);
  CHECK(rows_of(open_table(files.add("plain-after-all.tsv.gz", text), {}, {})) == expected);
  const std::string members =
      packed("x\n1\n", archive::Compression::gzip) + packed("2\n3\n", archive::Compression::gzip);
  CHECK(rows_of(open_table(files.add("members.csv.gz", members), {}, {})) == Rows{{"x"}, {"1"}, {"2"}, {"3"}});
}

TEST_CASE("a packed file that is cut off is bad data") {
  Files files;
  const std::string whole = packed("x\n1\n", archive::Compression::gzip);
  const std::string name = files.add("cut.csv.gz", whole.substr(0, whole.size() - 5));
  CHECK(rows_of(open_table(name, {}, {}))[0][0] == "error: cannot decompress '" + name + "': it ends in the middle");
}

TEST_CASE("standard input is read once") { CHECK(open_tables({"-", "-"}, {}, {}).error().kind == ErrorKind::usage); }

TEST_CASE("an input can be known by another name") {
  Files files;
  const std::string blob = files.add("0123abcd", "x y\tz\n1\n");
  OpenOptions options;
  options.known_as = "flights.tsv";
  CHECK(rows_of(open_table(blob, options, {}))[0][0] == "error: flights.tsv:2: 1 field, but 2 columns");
}

TEST_CASE("columns can be given names, as many as there are") {
  Files files;
  OpenOptions options;
  options.names = {"n", "x", "n"};
  const std::string file = files.add("a.csv", "1,2,3\n4,5,6\n");
  CHECK(rows_of(open_table(file, options, {})) == Rows{{"n", "x", "n_2"}, {"4", "5", "6"}});
  options.read.has_header = false;
  CHECK(rows_of(open_table(file, options, {})) == Rows{{"n", "x", "n_2"}, {"1", "2", "3"}, {"4", "5", "6"}});
  options.names = {"n"};
  CHECK(rows_of(open_table(file, options, {}))[0][0] == "error: '" + file + "' has 3 columns, but 1 name is given");
}

TEST_CASE("text in other encodings is decoded, and a guess is told") {
  Files files;
  std::vector<std::string> notices;
  const Context context{.on_notice = [&](const std::string& line) { notices.push_back(line); }};
  const std::string latin = files.add("latin.csv", "a,b\n\xe9,1\n"),
                    wide = files.add("wide.csv", std::string("\xff\xfe\x61\0\n\0\xe9\0\n\0", 10));
  CHECK(rows_of(open_table(latin, {}, context)) == Rows{{"a", "b"}, {"é", "1"}});
  CHECK(rows_of(open_table(wide, {}, context)) == Rows{{"a"}, {"é"}});
  CHECK(notices ==
        std::vector<std::string>{"'" + latin + "' is read as windows-1252", "'" + wide + "' is read as UTF-16"});
  OpenOptions options;
  options.encoding = "UTF8";
  CHECK(rows_of(open_table(latin, options, context)) == Rows{{"a", "b"}, {"\xe9", "1"}});
  options.encoding = "koi8-r";
  CHECK(rows_of(open_table(latin, options, context)) == Rows{{"a", "b"}, {"И", "1"}});
  CHECK(notices.size() == 2);
  options.encoding = "nothing";
  CHECK(open_table(latin, options, context).error().kind == ErrorKind::usage);
}
