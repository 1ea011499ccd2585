#include "table/writer.h"

#include <doctest/doctest.h>

#include "base/random.h"
#include "table/cast.h"
#include "table/header.h"
#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::table;

namespace {

std::string written(const Table& table, const WriteOptions& options) {
  StringSink sink;
  auto writer = open_writer(sink, table.schema, options);
  REQUIRE(writer.ok());
  for (const Batch& batch : table.batches) REQUIRE((*writer)->write(batch).ok());
  REQUIRE((*writer)->finish().ok());
  return sink.text();
}

std::string converted(std::string csv, const WriteOptions& options) {
  ReadOptions read;
  read.separator = ",";
  const auto table = testing::read_table(std::move(csv), read);
  REQUIRE(table.ok());
  return written(*table, options);
}

WriteOptions as(Format format) {
  WriteOptions options;
  options.format = format;
  return options;
}

// Cells made of the pieces that scanners stumble over.
std::string random_cell(const Random& random, uint64_t at, Format format) {
  static const std::vector<std::string> kPieces = {"a",
                                                   ",",
                                                   "\"",
                                                   "\n",
                                                   "\r",
                                                   "\r\n",
                                                   ";",
                                                   "\t",
                                                   "\\",
                                                   "\\n",
                                                   " ",
                                                   "|",
                                                   "1",
                                                   "0",
                                                   "-",
                                                   "\xc3\xa9",
                                                   "\xf0\x9f\x90\xa7",
                                                   "word that is longer than a view",
                                                   "{",
                                                   "[",
                                                   "=",
                                                   "sep=",
                                                   "NA",
                                                   std::string(1, '\0'),
                                                   "\xff"};
  const size_t kinds = format == Format::jsonl ? kPieces.size() - 1 : kPieces.size();
  std::string cell;
  for (uint64_t i = 0; i < random.below_at(at, 6); ++i) cell += kPieces[random.below_at(at * 31 + i + 1, kinds)];
  if (random.below_at(at + 7'000'000, 200) == 0) cell.append(3000, 'x');
  return cell;
}

Table random_table(uint64_t seed, Format format) {
  const Random random(seed, 0);
  const size_t columns = 1 + random.below_at(1'000'000'000, 5), rows = random.below_at(1'000'000'001, 60);
  std::vector<std::string> names;
  for (size_t i = 0; i < columns; ++i)
    names.push_back(random_cell(random, 2'000'000 + i * 100, format) + std::to_string(i));
  Table table{make_text_schema(std::move(names)), {}, rows};
  Batch batch{table.schema, {}, rows};
  for (size_t column = 0; column < columns; ++column) {
    ColumnBuilder builder(ColumnType::text);
    for (size_t row = 0; row < rows; ++row) {
      const std::string cell = random_cell(random, (column * 1000 + row) * 100, format);
      // TSV cannot tell an empty text from a missing one.
      if (cell.empty() && (format == Format::tsv || row % 2 == 0)) builder.append_missing();
      else builder.append_owned_text(cell);
    }
    batch.columns.push_back(builder.finish());
  }
  if (rows > 0) table.batches.push_back(std::move(batch));
  return table;
}

}  // namespace

TEST_CASE("CSV quotes only what needs it") {
  CHECK(converted("a,b\n1,\"x,y\"\n,\"\"\n\"q\"\"q\",\"l\nl\"\n\"c\rc\", s \n", as(Format::csv)) ==
        "a,b\n1,\"x,y\"\n,\"\"\n\"q\"\"q\",\"l\nl\"\n\"c\rc\", s \n");
  CHECK(converted("\"a;b\"\n1;2\n", as(Format::csv)) == "\"a;b\"\n1;2\n");
}

TEST_CASE("CSV with another separator and a word for missing") {
  WriteOptions options = as(Format::csv);
  options.separator = ';';
  options.missing_text = "NA";
  CHECK(converted("a,b\n1;5,\nNA,x\n", options) == "a;b\n\"1;5\";NA\n\"NA\";x\n");
  options.has_header = false;
  CHECK(converted("a,b\n1,2\n", options) == "1;2\n");
}

TEST_CASE("TSV escapes tabs, line ends and backslashes") {
  CHECK(converted("a,b\n\"x\ty\",\"1\n2\r3\\\"\n,z\n", as(Format::tsv)) == "a\tb\nx\\ty\t1\\n2\\r3\\\\\n\tz\n");
}

TEST_CASE("JSON Lines keeps the digits of numbers and nulls what is missing") {
  CHECK(converted("a,b\n1.50,007\n,\"\"\n-1e5,+1\n", as(Format::jsonl)) ==
        "{\"a\":1.50,\"b\":\"007\"}\n{\"a\":null,\"b\":\"\"}\n{\"a\":-1e5,\"b\":\"+1\"}\n");
  WriteOptions options = as(Format::jsonl);
  options.all_strings = true;
  CHECK(converted("a\n1\n", options) == "{\"a\":\"1\"}\n");
}

TEST_CASE("typed columns are written from their text, or in canonical form") {
  const Table typed = infer_types(*testing::read_table("n,t,f\n1.50,2007-11-16,Yes\n2,,no\n"));
  CHECK(written(typed, as(Format::csv)) == "n,t,f\n1.50,2007-11-16,Yes\n2,,no\n");
  CHECK(written(typed, as(Format::jsonl)) ==
        "{\"n\":1.50,\"t\":\"2007-11-16\",\"f\":true}\n{\"n\":2,\"t\":null,\"f\":false}\n");
  ColumnBuilder builder(ColumnType::float64, KeepText::yes);
  builder.append_double(7, TextView("+7"));
  builder.append_error(CellProblem::not_a_number, TextView("abc"));
  Table table{std::make_shared<const Schema>(std::vector<Field>{{"x", ColumnType::float64}}), {}, 2};
  table.batches.push_back({table.schema, {builder.finish()}, 2});
  CHECK(written(table, as(Format::jsonl)) == "{\"x\":7}\n{\"x\":\"abc\"}\n");
  CHECK(written(table, as(Format::csv)) == "x\n+7\nabc\n");
}

TEST_CASE("an empty table still has its header") {
  const Table table{make_text_schema({"a", "b"}), {}, 0};
  CHECK(written(table, as(Format::csv)) == "a,b\n");
  CHECK(written(table, as(Format::tsv)) == "a\tb\n");
  CHECK(written(table, as(Format::jsonl)) == "");
}

TEST_CASE("what is written is read back equal, however the input is cut") {
  for (const Format format : {Format::csv, Format::tsv, Format::jsonl}) {
    for (uint64_t seed = 0; seed < 150; ++seed) {
      const Table table = random_table(seed, format);
      if (format == Format::jsonl && table.rows == 0) continue;  // a file without a line has no columns
      const std::string text = written(table, as(format));
      for (const size_t block_bytes : std::initializer_list<size_t>{1, 2, 3, 7, 64, 1000, 262144}) {
        ReadOptions options;
        options.format = format;
        options.block_bytes = block_bytes;
        options.batch_rows = 1 + seed % 50;
        auto source = std::make_unique<testing::PieceSource>(text, 1 + seed % 300);
        auto reader = open_reader(std::move(source), "t", options, nullptr);
        REQUIRE_MESSAGE(reader.ok(), reader.error().message);
        const auto back = read_all(**reader);
        REQUIRE_MESSAGE(back.ok(), back.error().message);
        INFO("format ", name_of(format), ", seed ", seed, ", block ", block_bytes, "\n", text);
        REQUIRE(testing::rows_of(*back) == testing::rows_of(table));
      }
    }
  }
}

TEST_CASE("a sink that fails is reported by the writer") {
  class FullSink final : public Sink {
   public:
    Status write(std::string_view) override { return Error{ErrorKind::system, "disk full"}; }
  };
  FullSink sink;
  auto writer = open_writer(sink, make_text_schema({"a"}), as(Format::csv));
  CHECK((*writer)->finish().error().message == "disk full");
}

TEST_CASE("a quote cannot separate") {
  StringSink sink;
  WriteOptions options;
  options.separator = '"';
  CHECK(open_writer(sink, make_text_schema({"a"}), options).error().kind == ErrorKind::usage);
}
