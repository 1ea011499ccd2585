#include "catalog/model_name.h"

#include <doctest/doctest.h>

using namespace aml::catalog;

TEST_CASE("model names are parts of a repository name") {
  for (const char* name : {"penguins", "a", "net-2.1_x", "0"}) CHECK_MESSAGE(is_model_name(name), name);
  for (const char* name : {"", "Penguins", "-a", "a-", "a--b", "a/b", "a b", "é"})
    CHECK_MESSAGE(!is_model_name(name), name);
  CHECK(!is_model_name(std::string(65, 'a')));
  CHECK(check_model_name("A B").error().kind == aml::ErrorKind::usage);
}

TEST_CASE("a version or an alias follows the name") {
  CHECK(parse_model_name("penguins")->name == "penguins");
  CHECK(!parse_model_name("penguins")->version);
  CHECK(parse_model_name("penguins:12")->version == 12);
  CHECK(parse_model_name("penguins@prod")->alias == "prod");
  for (const char* text : {"penguins:", "penguins:0", "penguins:1x", "penguins:-1", "penguins@", ":1", "@1", "a/b:1"})
    CHECK_MESSAGE(!parse_model_name(text), text);
}
