#include "source/expand.h"

#include "unit/source/source_testing.h"

using namespace aml;
using namespace aml::source;
using namespace aml::source::testing;

namespace {

using Names = std::vector<std::string>;

// What `name` in the folder of `files` stands for, without that folder.
Names expanded(const Files& files, const std::string& name) {
  const auto found = expand_name(files.place(name));
  if (!found.ok()) return {"error: " + found.error().message};
  Names names;
  for (const std::string& file : *found) names.push_back(file.substr(files.place("").size()));
  return names;
}

}  // namespace

TEST_CASE("patterns and folders become files in order") {
  Files files;
  for (const char* folder : {"d/year=2", "d/year=10", "d/_tmp", "empty"})
    REQUIRE(os::make_directories(files.place(folder)).ok());
  for (const char* name : {"b.csv", "a.csv", "a.txt", "[1].csv", "d/year=2/p.csv", "d/year=10/p.csv",
                           "d/year=2/_SUCCESS", "d/.crc", "d/_tmp/p.csv"})
    files.add(name, "x\n");
  CHECK(expanded(files, "*.csv") == Names{"[1].csv", "a.csv", "b.csv"});
  CHECK(expanded(files, "?.csv") == Names{"a.csv", "b.csv"});
  CHECK(expanded(files, "[1].csv") == Names{"[1].csv"});
  CHECK(expanded(files, "d") == Names{"d/year=10/p.csv", "d/year=2/p.csv"});
  CHECK(expanded(files, "d/year=*") == Names{"d/year=10/p.csv", "d/year=2/p.csv"});
  CHECK(expanded(files, "no.csv") == Names{"no.csv"});
  CHECK(expanded(files, "*.tsv") == Names{"error: no file matches '" + files.place("*.tsv") + "'"});
  CHECK(expanded(files, "empty") == Names{"error: '" + files.place("empty") + "' is a folder without files"});
}

TEST_CASE("standard input and addresses mean themselves") {
  CHECK(*expand_name("-") == Names{"-"});
  CHECK(*expand_name("https://x/a?b=*") == Names{"https://x/a?b=*"});
  CHECK(is_url("hdfs://nn/a"));
  CHECK(!is_url("data/http://odd"));
  CHECK(!is_url("a.csv"));
}
