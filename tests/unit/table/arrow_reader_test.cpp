#include "table/arrow_reader.h"

#include <doctest/doctest.h>

#include <limits>

#include "table/arrow_export.h"
#include "table/arrow_value.h"
#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::table;

namespace {

// Arrow structures over memory of the test, which needs no release.
struct Made {
  ArrowSchema schema = {};
  ArrowArray array = {};
  std::vector<const void*> buffers;
  std::vector<ArrowSchema*> child_schemas;
  std::vector<ArrowArray*> child_arrays;

  Made(const char* format, int64_t length, std::vector<const void*> memory, std::vector<Made*> children = {})
      : buffers(std::move(memory)) {
    schema.format = format;
    schema.name = "c";
    array.length = length;
    array.n_buffers = static_cast<int64_t>(buffers.size());
    array.buffers = buffers.data();
    for (Made* child : children) {
      child_schemas.push_back(&child->schema);
      child_arrays.push_back(&child->array);
    }
    schema.n_children = array.n_children = static_cast<int64_t>(children.size());
    schema.children = child_schemas.data();
    array.children = child_arrays.data();
  }
  Made(const Made&) = delete;
  Made& operator=(const Made&) = delete;
  ArrowNode node() const { return {&schema, &array}; }
};

std::vector<std::string> texts_of(const Made& made) {
  const auto column = import_arrow_column(made.node(), 0, static_cast<size_t>(made.array.length));
  std::vector<std::string> texts;
  for (size_t row = 0; row < column->rows(); ++row) {
    texts.emplace_back();
    if (column->is_missing(row)) texts.back() = "<missing>";
    else if (column->error_at(row) != nullptr) texts.back() = "<error>";
    else column->append_text(texts.back(), row);
  }
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("integers of every width, with an offset and nulls") {
  const int8_t narrow[] = {1, -2, 3, 4};
  const uint8_t validity[] = {0b1011};
  Made made("c", 3, {validity, narrow});
  made.array.null_count = 1;
  made.array.offset = 1;
  CHECK(texts_of(made) == Texts{"-2", "<missing>", "4"});
  const uint64_t wide[] = {std::numeric_limits<uint64_t>::max()};
  CHECK(texts_of(Made("L", 1, {nullptr, wide})) == Texts{"18446744073709551615"});
}

TEST_CASE("floats keep the digits a person sees") {
  const float singles[] = {0.1f, -2.5f};
  CHECK(texts_of(Made("f", 2, {nullptr, singles})) == Texts{"0.1", "-2.5"});
  const uint16_t halves[] = {0x3c00, 0xc000, 0x0001, 0x7c00};
  CHECK(texts_of(Made("e", 4, {nullptr, halves})) == Texts{"1", "-2", "5.9604645e-08", "inf"});
}

TEST_CASE("dates, times and timestamps of every unit") {
  const int32_t days[] = {19782, -1};
  CHECK(texts_of(Made("tdD", 2, {nullptr, days})) == Texts{"2024-02-29", "1969-12-31"});
  const int64_t milliseconds[] = {1709208000250};
  CHECK(texts_of(Made("tsm:", 1, {nullptr, milliseconds})) == Texts{"2024-02-29T12:00:00.250Z"});
  const int64_t far[] = {1LL << 60};
  CHECK(texts_of(Made("tss:UTC", 1, {nullptr, far})) == Texts{"<error>"});
  const int64_t micros[] = {45296500000};
  CHECK(texts_of(Made("ttu", 1, {nullptr, micros})) == Texts{"12:34:56.5"});
}

TEST_CASE("decimals have all their digits") {
  const int64_t words[] = {-12345, -1, 5, 0, 0, 1};
  CHECK(texts_of(Made("d:10,2", 3, {nullptr, words})) == Texts{"-123.45", "0.05", "184467440737095516.16"});
  const int32_t small[] = {7};
  CHECK(texts_of(Made("d:5,-2,32", 1, {nullptr, small})) == Texts{"700"});
}

TEST_CASE("texts, views and dictionaries") {
  const int32_t offsets[] = {0, 1, 1, 4};
  Made words("u", 3, {nullptr, offsets, "axyz"});
  CHECK(texts_of(words) == Texts{"a", "", "xyz"});
  const int8_t indices[] = {2, 0, 2};
  Made coded("c", 3, {nullptr, indices});
  coded.schema.dictionary = &words.schema;
  coded.array.dictionary = &words.array;
  CHECK(texts_of(coded) == Texts{"xyz", "a", "xyz"});
  struct View {
    int32_t size;
    char bytes[12];
  } views[2] = {{3, "abc"}, {14, ""}};
  const int32_t place[] = {0, 2};  // buffer 0, byte 2
  std::memcpy(views[1].bytes + 4, place, sizeof(place));
  const int64_t sizes[] = {16};
  CHECK(texts_of(Made("vu", 2, {nullptr, views, "..fourteen bytes", sizes})) == Texts{"abc", "fourteen bytes"});
}

TEST_CASE("lists, structs and maps are JSON") {
  const int64_t numbers[] = {1, 2, 3};
  const uint8_t validity[] = {0b101};
  Made values("l", 3, {validity, numbers});
  values.array.null_count = 1;
  const int32_t ends[] = {0, 2, 2, 3};
  CHECK(texts_of(Made("+l", 3, {nullptr, ends}, {&values})) == Texts{"[1,null]", "[]", "[3]"});
  const int32_t offsets[] = {0, 1, 2, 3};
  Made keys("u", 3, {nullptr, offsets, "a\"c"});
  keys.schema.name = "k";
  Made pairs("+s", 3, {nullptr}, {&keys, &values});
  CHECK(texts_of(pairs) == Texts{R"({"k":"a","c":1})", R"({"k":"\"","c":null})", R"({"k":"c","c":3})"});
  CHECK(texts_of(Made("+m", 3, {nullptr, ends}, {&pairs})) == Texts{R"({"a":1,"\"":null})", "{}", R"({"c":3})"});
}

TEST_CASE("types without columns are named") {
  const Made made("+ud:0", 0, {});
  CHECK(type_of_arrow(made.schema).error().message == "the Arrow type '+ud:0' is not read");
}

TEST_CASE("a batch that is exported and read again is the same") {
  ColumnBuilder text(ColumnType::text), flag(ColumnType::boolean), whole(ColumnType::int64), real(ColumnType::float64),
      date(ColumnType::date), time(ColumnType::timestamp);
  for (int i = 0; i < 10; ++i) {
    text.append_owned_text(std::string(static_cast<size_t>(i) * 3, 'x'));
    flag.append_boolean(i % 3 == 0);
    i == 4 ? whole.append_missing() : whole.append_int(i * 1000000007LL);
    i == 5 ? real.append_error(CellProblem::not_a_number) : real.append_double(i / 3.0);
    date.append_int(i);
    time.append_int(i * 1000000001LL);
  }
  const auto schema = std::make_shared<const Schema>(std::vector<Field>{{"t", ColumnType::text},
                                                                        {"b", ColumnType::boolean},
                                                                        {"i", ColumnType::int64},
                                                                        {"f", ColumnType::float64},
                                                                        {"d", ColumnType::date},
                                                                        {"s", ColumnType::timestamp}});
  const Batch batch{
      schema, {text.finish(), flag.finish(), whole.finish(), real.finish(), date.finish(), time.finish()}, 10};
  const OwnedArrowSchema arrow_schema = export_arrow_schema(*schema);
  const auto array = export_arrow_batch(batch);
  REQUIRE(array.ok());
  for (size_t i = 0; i < schema->size(); ++i) {
    const ArrowNode node{arrow_schema->children[i], (*array)->children[i]};
    CHECK(*type_of_arrow(*node.schema) == (*schema)[i].type);
    const auto column = import_arrow_column(node, 0, 10);
    for (size_t row = 0; row < 10; ++row) {
      std::string before, after;
      batch.columns[i]->append_text(before, row);
      column->append_text(after, row);
      CHECK(before == after);
      CHECK(batch.columns[i]->is_valid(row) == column->is_valid(row));
    }
  }
}

TEST_CASE("text that is not UTF-8 is refused with its place") {
  ColumnBuilder text(ColumnType::text);
  text.append_owned_text("fine");
  text.append_owned_text("caf\xe9");
  const auto schema = std::make_shared<const Schema>(std::vector<Field>{{"t", ColumnType::text}});
  Batch batch{schema, {text.finish()}, 2};
  batch.origin = {std::make_shared<const std::string>("a.csv"),
                  std::make_shared<const std::vector<uint64_t>>(std::vector<uint64_t>{2, 3})};
  CHECK(export_arrow_batch(batch).error().message ==
        "a.csv:3: column 't' holds text that is not UTF-8, which Arrow does not allow");
}
