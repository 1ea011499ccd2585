#include "learn/labels.h"

#include "unit/learn/tables.h"

namespace aml::learn {
namespace {

Error error_of(const std::string& csv) {
  const auto labels = read_labels(table_of(csv), 0);
  REQUIRE_FALSE(labels.ok());
  CHECK(labels.error().kind == ErrorKind::bad_data);
  return labels.error();
}

}  // namespace

TEST_CASE("text labels are classes in bytewise order, missing ones counted") {
  const auto labels = read_labels(table_of("y,x\nb,1\na,2\n,3\nb,4\n"), 0);
  REQUIRE(labels.ok());
  CHECK(labels->task == model::Task::classification);
  CHECK(labels->classes == std::vector<std::string>{"a", "b"});
  CHECK(labels->codes == std::vector<uint32_t>{1, 0, kNoClass, 1});
  CHECK(labels->missing == 1);
}

TEST_CASE("integer labels are classes ordered by value") {
  const auto labels = read_labels(table_of("y\n10\n9\n-1\n10\n"), 0);
  REQUIRE(labels.ok());
  CHECK(labels->classes == std::vector<std::string>{"-1", "9", "10"});
  CHECK(labels->codes == std::vector<uint32_t>{2, 1, 0, 2});
}

TEST_CASE("boolean labels keep their words") {
  const auto labels = read_labels(table_of("y\nyes\nno\nyes\n"), 0);
  REQUIRE(labels.ok());
  CHECK(labels->classes == std::vector<std::string>{"no", "yes"});
}

TEST_CASE("number labels are quantities") {
  const auto labels = read_labels(table_of("y,x\n1.5,a\n,b\n2,c\n"), 0);
  REQUIRE(labels.ok());
  CHECK(labels->task == model::Task::regression);
  CHECK(labels->targets[0] == 1.5);
  CHECK(labels->targets[2] == 2);
  CHECK(labels->missing == 1);
}

TEST_CASE("integer labels with very many values are quantities") {
  std::string csv = "y\n";
  for (int i = 0; i < 200; ++i) csv += fmt::format("{}\n", i % 150);
  const auto labels = read_labels(table_of(csv), 0);
  REQUIRE(labels.ok());
  CHECK(labels->task == model::Task::regression);
  CHECK(labels->codes.empty());
  CHECK(labels->targets[149] == 149);
}

TEST_CASE("labels that cannot be learned say why") {
  CHECK(error_of("y,x\na,1\na,2\n").message == "label 'y' has only one class, 'a'");
  CHECK(error_of("y,x\n,1\n,2\n").message == "label 'y' has no value in any of 2 rows");
  CHECK(error_of("y\n2020-01-01\n2020-01-02\n").message == "label 'y' is a date");
  std::string identifiers = "y\n";
  for (int i = 0; i < 50; ++i) identifiers += fmt::format("id{}\n", i);
  CHECK(error_of(identifiers).message == "label 'y' has 50 classes in 50 rows");
}

}  // namespace aml::learn
