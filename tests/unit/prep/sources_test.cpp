#include "prep/sources.h"

#include <doctest/doctest.h>

#include "prep/package.h"
#include "unit/prep/other_file.h"

using namespace aml;
using namespace aml::prep;

namespace {

const std::string kPackage =
    "version: 1\n"
    "sources:\n"
    "  train: {path: data/train.csv, separator: ';'}\n"
    "  both: {path: [/a.csv, 'https://x/b.csv'], header: false}\n"
    "source: train\n"
    "steps:\n  - keep: [a]\n";

std::string refuse(const std::string& document, const Surroundings& surroundings = {}) {
  const auto package = parse_package(document, "p/p.yaml", surroundings);
  return package.ok() ? "accepted" : package.error().message;
}

}  // namespace

TEST_CASE("a package reads the source it names, beside itself") {
  const auto package = parse_package(kPackage, "p/p.yaml");
  REQUIRE(package.ok());
  CHECK(package->inputs == std::vector<std::string>{"p/data/train.csv"});
  CHECK(package->source.read.separator == ";");
}

TEST_CASE("a source can be several inputs, absolute and remote ones as they are") {
  const auto package = parse_package(kPackage + "  - append: {source: both}\n", "p/p.yaml");
  CHECK(package.ok());
  const auto named = parse_package(
      "version: 1\nsources: {b: {path: [/a.csv, 'https://x/b.csv']}}\nsource: b\n"
      "steps: [{keep: [a]}]",
      "p/p.yaml");
  REQUIRE(named.ok());
  CHECK(named->inputs == std::vector<std::string>{"/a.csv", "https://x/b.csv"});
}

TEST_CASE("a substitute takes the place of a source and keeps its options") {
  const auto package = parse_package(kPackage, "p/p.yaml", {.substitutes = {{"train", "other.csv"}}});
  REQUIRE(package.ok());
  CHECK(package->inputs == std::vector<std::string>{"other.csv"});
  CHECK(package->source.read.separator == ";");
  CHECK(refuse(kPackage, {.substitutes = {{"trian", "x"}}}) == "the package has no source 'trian'");
  CHECK(parse_substitute("a=b=c")->input == "b=c");
  for (const char* text : {"a", "=b", "a="}) CHECK(parse_substitute(text).error().kind == ErrorKind::usage);
}

TEST_CASE("a step reads a named source") {
  const OtherFile file("k;v\n1;x\n");
  const std::string document = "version: 1\nsources: {codes: {path: " + file.path() +
                               ", separator: ';'}}\nsteps:\n  - append: {source: codes}\n";
  auto package = parse_package(document, "p.yaml");
  REQUIRE(package.ok());
  const auto schema = std::make_shared<const table::Schema>(std::vector<table::Field>{{"k"}});
  const auto bound = package->steps[0].step->bind(schema);
  REQUIRE(bound.ok());
  CHECK((*bound)->names() == std::vector<std::string>{"k", "v"});
}

TEST_CASE("every mistake in sources names its place") {
  const std::string head = "version: 1\nsteps: [{keep: [a]}]\n";
  CHECK(refuse(head + "sources: [a]") == "p/p.yaml:3:10: 'sources' names sources");
  CHECK(refuse(head + "sources: {a: {}}") == "p/p.yaml:3:14: source 'a' has no path");
  CHECK(refuse(head + "sources: {a: {path: []}}") == "p/p.yaml:3:21: source 'a' has no path");
  CHECK(refuse(head + "sources: {a: {path: x, quot: y}}") == "p/p.yaml:3:24: unknown key 'quot' in 'source'");
  CHECK(refuse(head + "source: a") == "p/p.yaml:3:9: unknown source 'a'");
  CHECK(refuse(head + "source: b\nsources: {a: {path: x}}") == "p/p.yaml:3:9: unknown source 'b'");
  CHECK(refuse("version: 1\nsteps:\n  - append: {source: a}") == "p/p.yaml:3:22: unknown source 'a'");
  CHECK(refuse("version: 1\nsources: {a: {path: '-'}}\nsteps:\n  - append: {source: a}") ==
        "p/p.yaml:4:22: 'append' cannot read standard input");
}
