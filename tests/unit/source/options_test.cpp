#include "source/options.h"

#include <doctest/doctest.h>

#include <set>

using namespace aml;
using namespace aml::source;

namespace {

Result<OpenOptions> with(std::string_view key, const std::vector<std::string>& values) {
  OpenOptions options;
  TRY(find_source_option(key)->set(options, values));
  return options;
}

}  // namespace

TEST_CASE("separators are bytes, some of them spelled out") {
  CHECK(*parse_separator(";") == ";");
  CHECK(*parse_separator("tab") == "\t");
  CHECK(*parse_separator("\\t") == "\t");
  CHECK(*parse_separator("||") == "||");
  CHECK(*parse_separator("\\x1f\\x1E") == "\x1f\x1e");
  CHECK(*parse_separator("\\0") == std::string(1, '\0'));
  CHECK(*parse_separator("\\\\") == "\\");
  CHECK(*parse_separator("\\x1") == "\\x1");
  CHECK(parse_separator("").error().kind == ErrorKind::usage);
}

TEST_CASE("every option is found by its key, and keys and flags are there once") {
  std::set<std::string_view> keys, flags;
  for (const Option& option : source_options()) {
    CHECK(find_source_option(option.key) == &option);
    CHECK(keys.insert(option.key).second);
    CHECK(flags.insert(option.flag).second);
  }
  CHECK(find_source_option("nothing") == nullptr);
}

TEST_CASE("options set what they are called") {
  CHECK(with("format", {"tsv"})->read.format == table::Format::tsv);
  CHECK(with("separator", {"::"})->read.separator == "::");
  CHECK(with("quote", {"'"})->read.quote == '\'');
  CHECK(!with("quote", {"none"})->read.quote);
  CHECK(with("escape", {"\\"})->read.escape == '\\');
  CHECK(with("comment", {"#"})->read.comment == "#");
  CHECK(with("skip_lines", {"3"})->read.skip_lines == 3);
  CHECK(!with("header", {"false"})->read.has_header);
  CHECK(with("names", {"a,b"})->names == std::vector<std::string>{"a", "b"});
  CHECK(with("names", {"a,b", "c"})->names == std::vector<std::string>{"a,b", "c"});
  CHECK(with("missing", {"NA", "-"})->read.missing == std::vector<std::string>{"NA", "-"});
  CHECK(with("ragged", {"fit"})->read.ragged == table::Ragged::fit);
}

TEST_CASE("columns of a fixed width are widths, or names with their places") {
  const auto widths = with("columns", {"8,3"});
  REQUIRE(widths.ok());
  CHECK(widths->read.fixed_columns == std::vector<table::FixedColumn>{{0, 8}, {8, 11}});
  CHECK(widths->read.has_header);
  CHECK(widths->read.format == table::Format::fixed);
  const auto named = with("columns", {"name:1-8", "age:10-12"});
  REQUIRE(named.ok());
  CHECK(named->read.fixed_columns == std::vector<table::FixedColumn>{{0, 8}, {9, 12}});
  CHECK(named->names == std::vector<std::string>{"name", "age"});
  CHECK(!named->read.has_header);
  for (const char* text : {"", "0", "-3", "a:1", "a:5-4", "a:0-1", ":1-2", "x", "a:1-", "a:1-99999999999"})
    CHECK_MESSAGE(with("columns", {text}).error().kind == ErrorKind::usage, text);
  CHECK(with("columns", {"a:1-3,b:3-4"}).error().message == "'b:3-4' starts before the column in front of it ends");
  CHECK(with("columns", {"a:1-3,5"}).error().message == "columns are given by widths or by names, not both");
}

TEST_CASE("the path of records is made of members") {
  CHECK(with("records", {"a.b"})->read.records_path == std::vector<std::string>{"a", "b"});
  CHECK(with("records", {"a..b"}).error().message == "'a..b' is no path of members");
  CHECK(with("flatten", {"true"})->read.flattens);
}

TEST_CASE("values that mean nothing are refused with what would") {
  CHECK(with("format", {"xls"}).error().message == "unknown format 'xls'");
  CHECK(with("ragged", {"rejekt"}).error().hint == "did you mean 'reject'?");
  CHECK(with("quote", {"ab"}).error().message == "'ab' is not one byte");
  CHECK(with("skip_lines", {"-1"}).error().message == "'-1' is no number of lines");
  CHECK(with("header", {"1"}).error().message == "'1' is neither true nor false");
}
