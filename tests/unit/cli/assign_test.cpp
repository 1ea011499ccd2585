#include "cli/assign.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::cli;

namespace {

template <class T>
Flag flag_for(T* target) {
  return {0, "x", "X", "a value", target};
}

std::string message_of(const Status& status) { return status.ok() ? "" : status.error().message; }

}  // namespace

TEST_CASE("values become what their targets hold") {
  std::string text;
  std::optional<std::string> maybe_text;
  int64_t integer = 0;
  uint64_t count = 0;
  double number = 0;
  std::optional<int64_t> maybe_integer;
  std::optional<uint64_t> maybe_count;
  std::optional<double> maybe_number;
  uint64_t bytes = 0;
  int64_t ns = 0;
  std::vector<std::string> many;
  CHECK(assign(flag_for(&text), {"a b"}).ok());
  CHECK(assign(flag_for(&maybe_text), {""}).ok());
  CHECK(assign(flag_for(&integer), {"-5"}).ok());
  CHECK(assign(flag_for(&count), {"18446744073709551615"}).ok());
  CHECK(assign(flag_for(&number), {"-1e-3"}).ok());
  CHECK(assign(flag_for(&maybe_integer), {"-7"}).ok());
  CHECK(assign(flag_for(&maybe_count), {"7"}).ok());
  CHECK(assign(flag_for(&maybe_number), {".5"}).ok());
  CHECK(assign({0, "x", "X", "", SizeBytes{&bytes}}, {"1.5KiB"}).ok());
  CHECK(assign({0, "x", "X", "", DurationNs{&ns}}, {"5m"}).ok());
  CHECK(assign(flag_for(&many), {"b", "a", "b"}).ok());
  CHECK(text == "a b");
  CHECK(maybe_text == "");
  CHECK(integer == -5);
  CHECK(count == 18446744073709551615ULL);
  CHECK(number == -1e-3);
  CHECK(maybe_integer == -7);
  CHECK(maybe_count == 7U);
  CHECK(maybe_number == .5);
  CHECK(bytes == 1536);
  CHECK(ns == 300'000'000'000);
  CHECK(many == std::vector<std::string>{"b", "a", "b"});
}

TEST_CASE("a value that does not fit leaves the target alone") {
  uint64_t count = 42;
  std::optional<double> number;
  CHECK(message_of(assign(flag_for(&count), {"-1"})) == "--x '-1' is not a whole number from 0 up");
  CHECK(message_of(assign(flag_for(&count), {"1.5"})) == "--x '1.5' is not a whole number from 0 up");
  CHECK(message_of(assign(flag_for(&count), {"18446744073709551616"})) ==
        "--x '18446744073709551616' is not a whole number from 0 up");
  CHECK(message_of(assign(flag_for(&number), {"nan"})) == "--x 'nan' is not a number");
  CHECK(count == 42);
  CHECK(!number);
}

TEST_CASE("a single value given twice and a value outside the choices are usage errors") {
  std::string text;
  Flag flag = flag_for(&text);
  flag.choices = {"csv", "tsv"};
  CHECK(message_of(assign(flag, {"csv", "tsv"})) == "--x is given 2 times");
  const Status wrong = assign(flag, {"cvs"});
  CHECK(message_of(wrong) == "--x 'cvs' is not one of its values");
  CHECK(wrong.error().hint == "did you mean 'csv'?");
  CHECK(wrong.error().kind == ErrorKind::usage);
}

TEST_CASE("positionals take what those behind them leave") {
  std::vector<std::string> sources;
  std::string target;
  const std::vector<Positional> positionals = {{"SOURCE", "what", &sources}, {"TARGET", "where", &target}};
  CHECK(assign_positionals(positionals, {"a", "b", "c"}).ok());
  CHECK(sources == std::vector<std::string>{"a", "b"});
  CHECK(target == "c");
  CHECK(message_of(assign_positionals(positionals, {"a"})) == "missing TARGET: where");
  CHECK(message_of(assign_positionals(positionals, {})) == "missing SOURCE: what");
}

TEST_CASE("optional positionals may be absent and a word too many is an error") {
  std::string name;
  std::optional<std::string> file;
  const std::vector<Positional> positionals = {{"NAME", "which", &name}, {"FILE", "from", &file}};
  CHECK(assign_positionals(positionals, {"n"}).ok());
  CHECK(!file);
  CHECK(assign_positionals(positionals, {"n", "f"}).ok());
  CHECK(file == "f");
  CHECK(message_of(assign_positionals(positionals, {"n", "f", "g"})) == "one argument too many: 'g'");
}
