#include "prep/package.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::prep;

namespace {

struct Refusal {
  std::string message;
  std::string hint;
};

Refusal refuse(std::string_view document) {
  const auto package = parse_package(document, "p.yaml");
  REQUIRE(!package.ok());
  CHECK(package.error().kind == ErrorKind::bad_data);
  return {package.error().message, package.error().hint};
}

}  // namespace

TEST_CASE("a package says how its source is read and which steps follow") {
  const auto package = parse_package(
      "version: 1\nsource:\n  format: csv\n  separator: ';'\n  header: false\n  missing: [NA, '']\n  ragged: pad\n"
      "steps:\n  - keep: [a]\n  - filter: a > 1\n",
      "p.yaml");
  REQUIRE(package.ok());
  CHECK(package->source.read.format == table::Format::csv);
  CHECK(package->source.read.separator == ";");
  CHECK(!package->source.read.has_header);
  CHECK(package->source.read.missing == std::vector<std::string>{"NA", ""});
  CHECK(package->source.read.ragged == table::Ragged::pad);
  CHECK(package->steps.size() == 2);
  CHECK(package->steps[1].name == "filter");
  CHECK(package->steps[1].place == "p.yaml:10:5");
}

TEST_CASE("a package of a version that is not known is refused") {
  CHECK(refuse("version: 2\nsteps: [{keep: [a]}]").message == "p.yaml:1:10: version '2' is not known");
  CHECK(refuse("version: 2\nsteps: [{keep: [a]}]").hint == "this amlprep reads version 1; a newer one may read it");
  CHECK(refuse("version: one\nsteps: [{keep: [a]}]").hint == "write 'version: 1'");
  CHECK(refuse("steps: [{keep: [a]}]").message == "p.yaml:1:1: a prep package starts with its version");
}

TEST_CASE("every mistake in a package names its place") {
  CHECK(refuse("").message == "p.yaml: package is empty");
  CHECK(refuse("version: 1").message == "p.yaml:1:1: package has no steps");
  CHECK(refuse("version: 1\nsteps: []").message == "p.yaml:2:8: package has no steps");
  CHECK(refuse("version: 1\nstep: []").message == "p.yaml:2:1: unknown key 'step' in the package");
  CHECK(refuse("version: 1\nstep: []").hint == "did you mean 'steps'?");
  CHECK(refuse("version: 1\nsteps:\n  - keep\n").message == "p.yaml:3:5: a step is one name with its arguments");
  CHECK(refuse("version: 1\nsteps:\n  - keep: [a]\n    drop: [b]\n").message ==
        "p.yaml:3:5: a step is one name with its arguments");
  CHECK(refuse("version: 1\nsource: {formt: csv}").message == "p.yaml:2:10: unknown key 'formt' in 'source'");
  CHECK(refuse("version: 1\nsource: {format: xls}").message == "p.yaml:2:18: unknown format 'xls'");
  CHECK(refuse("version: 1\nsource: {quote: ab}").message == "p.yaml:2:17: 'ab' is not one byte");
  CHECK(refuse("version: 1\nsource: {quote: [a]}").message == "p.yaml:2:17: 'quote' takes one value");
  CHECK(refuse("version: 1\nsource: {skip_lines: -1}").message == "p.yaml:2:22: '-1' is no number of lines");
  CHECK(refuse("version: 1\nsource: {header: maybe}").message == "p.yaml:2:18: 'maybe' is neither true nor false");
  CHECK(refuse("version: 1\nsource: {ragged: pat}").hint == "did you mean 'pad'?");
  CHECK(refuse("version: 1\nsource: {missing: {a: b}}").message == "p.yaml:2:19: 'missing' takes a list of words");
}

TEST_CASE("text that is no YAML is refused with its place") {
  const std::string message = refuse("version: 1\nsteps:\n  - keep: [a\n").message;
  CHECK(message.starts_with("p.yaml:4:"));
}

TEST_CASE("a package that is not there is not found") {
  const auto package = load_package("/nonexistent/x.prep.yaml");
  REQUIRE(!package.ok());
  CHECK(package.error().kind == ErrorKind::not_found);
}
