#include "table/records.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/random.h"
#include "table/writer.h"
#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::table;

namespace {

std::string csv_of(const Table& table, const WriteOptions& options = {}) {
  StringSink sink;
  const auto writer = open_writer(sink, table.schema, options);
  REQUIRE(writer.ok());
  for (const Batch& batch : table.batches) REQUIRE((*writer)->write(batch).ok());
  REQUIRE((*writer)->finish().ok());
  return sink.text();
}

// The same cells in columns that nothing is known of but their cells.
Table without_records(const Table& table) {
  Table made = table;
  for (Batch& batch : made.batches)
    for (ColumnPtr& column : batch.columns) column = column.shared();
  return made;
}

// Some columns in some order, some rows in some order.
Table picked_from(const Table& table, const Random& random, uint64_t round) {
  Table picked{nullptr, {}, 0};
  std::vector<size_t> columns;
  std::vector<Field> fields;
  for (uint64_t i = 0; i < 1 + random.below_at(round, 4); ++i) {
    columns.push_back(random.below_at(round * 10 + i, table.schema->size()));
    fields.push_back({"c" + std::to_string(i), ColumnType::text});
  }
  picked.schema = std::make_shared<const Schema>(fields);
  for (const Batch& batch : table.batches) {
    std::vector<uint32_t> rows;
    for (uint32_t row = 0; row < batch.rows; ++row)
      if (random.below_at(round * 100 + row, 3) > 0) rows.push_back(row);
    std::reverse(rows.begin(), rows.end());
    Batch narrow{picked.schema, {}, batch.rows, batch.origin};
    for (const size_t column : columns) narrow.columns.push_back(batch.columns[column]);
    picked.batches.push_back(gather(narrow, rows));
  }
  return picked;
}

std::string soup(const Random& random, uint64_t round) {
  std::string text = "a,b,c\n";
  for (uint64_t record = 0; record < 6; ++record) {
    for (uint64_t field = 0; field < 3; ++field) {
      static constexpr std::string_view kFields[] = {"x",
                                                     "",
                                                     "\"\"",
                                                     "\"bare\"",
                                                     "\"a,b\"",
                                                     "\"a\"\"b\"",
                                                     "st\"ray",
                                                     "\"m\"ended",
                                                     "\"two\nlines\"",
                                                     "car\rriage",
                                                     "longer than a view holds",
                                                     "\"longer, and quoted too\""};
      text += kFields[random.below_at(round * 64 + record * 3 + field, std::size(kFields))];
      text += field < 2 ? "," : "\n";
    }
  }
  return text;
}

}  // namespace

TEST_CASE("fields that nobody looked at are written as the cells they stand for") {
  const Random random(3, 1);
  for (uint64_t round = 0; round < 500; ++round) {
    const auto table = testing::read_table(soup(random, round), {});
    REQUIRE(table.ok());
    INFO(soup(random, round));
    REQUIRE(csv_of(*table) == csv_of(without_records(*table)));
    const Table picked = picked_from(*table, random, round);
    REQUIRE(csv_of(picked) == csv_of(without_records(picked)));
  }
}

TEST_CASE("fields are not copied where the words for missing or the separator differ") {
  ReadOptions read;
  read.missing = {"NA"};
  const auto with_words = testing::read_table("a,b\nNA,\"NA\"\n", read);
  REQUIRE(with_words.ok());
  CHECK(csv_of(*with_words) == "a,b\n,NA\n");

  const auto plain = testing::read_table("a,b\n1;2,\"3,4\"\n,5\n", {});
  REQUIRE(plain.ok());
  WriteOptions write;
  write.separator = ';';
  CHECK(csv_of(*plain, write) == "a;b\n\"1;2\";3,4\n;5\n");
  write = {};
  write.missing_text = "-";
  CHECK(csv_of(*plain, write) == "a,b\n1;2,\"3,4\"\n-,5\n");
}

TEST_CASE("fields that a short record lacks are written as missing") {
  ReadOptions read;
  read.ragged = Ragged::pad;
  const auto table = testing::read_table("a,b,c\n1\n2,\"3\"\n", read);
  REQUIRE(table.ok());
  CHECK(csv_of(*table) == "a,b,c\n1,,\n2,3,\n");
}

TEST_CASE("a first line that could mislead a reader is quoted, copied or not") {
  ReadOptions read;
  read.has_header = false;
  const auto table = testing::read_table("a;b,c\na;b,c\n", read);
  REQUIRE(table.ok());
  WriteOptions write;
  write.has_header = false;
  CHECK(csv_of(*table, write) == "\"a;b\",c\na;b,c\n");
}

TEST_CASE("of wide records only the fields in use are taken along") {
  const auto table = testing::read_table("a,b,c,d,e\n1,2,3,4,5\n6,7,8,9,10\n", {});
  REQUIRE(table.ok());
  const Batch& batch = table->batches[0];
  const auto schema = std::make_shared<const Schema>(std::vector<Field>{{"d"}, {"b"}});
  const Batch narrow{schema, {batch.columns[3], batch.columns[1]}, 2, {}};
  const Batch picked = gather(narrow, std::vector<uint32_t>{1});
  CHECK(picked.columns[0].records()->width() == 2);
  CHECK(picked.columns[0]->texts()[0].view() == "9");
  CHECK(picked.columns[1]->texts()[0].view() == "7");
}

TEST_CASE("a column is made the same wherever its cells stand in the text") {
  // The last cells have less text behind them than a view holds.
  for (size_t size = 0; size < 30; ++size) {
    const std::string last(size, 'z');
    const auto table = testing::read_table("a,b\nx," + last + "\n" + last + ",\"" + last + "\"", {});
    REQUIRE(table.ok());
    const Batch& batch = table->batches[0];
    CHECK(batch.columns[1]->texts()[1].view() == last);
    CHECK(batch.columns[0]->texts()[1].view() == last);
    CHECK(batch.columns[1]->is_valid(0) == (size > 0));
    CHECK(batch.columns[1]->is_valid(1));
  }
}
