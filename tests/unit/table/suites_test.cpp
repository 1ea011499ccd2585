// Test material that others made, with their expected results: read from the folder AML_SUITES names, else skipped.
#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <map>
#include <optional>
#include <sstream>

#include "os/file.h"
#include "table/csv_dialect.h"
#include "text/json.h"
#include "text/numbers.h"
#include "unit/table/reference_csv.h"
#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::table;
using text::Json;
using text::parse_json;

namespace {

std::optional<Path> suite(const std::string& name) {
  const char* folder = std::getenv("AML_SUITES");
  if (folder != nullptr && os::is_a_directory(Path(folder) / name)) return Path(folder) / name;
  MESSAGE("skipped: no ", name, " in the folder that AML_SUITES names");
  return std::nullopt;
}

std::vector<Path> files_below(const Path& folder) {
  std::vector<Path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string content(const Path& path) {
  auto text = os::read_file(path);
  REQUIRE_MESSAGE(text.ok(), path.string());
  return *text;
}

Result<Table> read_file_as_table(const Path& path, const ReadOptions& options) {
  auto source = std::make_unique<StringSource>(content(path));
  const auto reader = TRY(open_reader(std::move(source), path.string(), options, nullptr));
  return read_all(*reader);
}

Json as_json(const Table& table) {
  Json rows = Json::array();
  const auto cells = testing::rows_of(table);
  for (size_t row = 1; row < cells.size(); ++row) {
    Json object = Json::object();
    for (size_t i = 0; i < cells[row].size(); ++i)
      object.append_member(cells[0][i], cells[row][i] == "<missing>" ? "" : cells[row][i]);
    rows.push(std::move(object));
  }
  return rows;
}

// What the fast reader must say of a file, by the slow one: the rows, or the word "error".
using Rows = std::vector<std::vector<std::string>>;
std::optional<Rows> reference_rows(std::string_view text) {
  const auto dialect = detect_csv_dialect(text, true, std::nullopt);
  text.remove_prefix(dialect->skip_bytes);
  const auto csv = testing::ReferenceReader(text, dialect->separator, dialect->cr_ends_line).read();
  if (csv.has_open_quote) return std::nullopt;
  Rows rows;
  for (const auto& record : csv.records) {
    const auto& first = record.fields[0];
    const bool is_blank = record.fields.size() == 1 && first.text.empty() && !first.is_quoted;
    if (is_blank && (rows.empty() || rows[0].size() != 1)) continue;
    if (!rows.empty() && record.fields.size() != rows[0].size()) return std::nullopt;
    auto& row = rows.emplace_back();
    for (const auto& field : record.fields)
      row.push_back(rows.size() > 1 && field.text.empty() && !field.is_quoted ? "<missing>" : field.text);
  }
  if (rows.empty()) return std::nullopt;
  return rows;
}

struct Tally {
  size_t read = 0;
  size_t refused = 0;
};

// Every file is read like the reference does, or refused with its name, whatever the size of the blocks.
Tally compare_with_reference(const std::vector<Path>& files) {
  Tally tally;
  for (const Path& path : files) {
    const auto expected = reference_rows(content(path));
    for (const size_t block_bytes : {size_t{262144}, size_t{61}}) {
      ReadOptions options;
      options.format = Format::csv;
      options.block_bytes = block_bytes;
      const auto table = read_file_as_table(path, options);
      INFO(path.string(), " ", table.ok() ? "" : table.error().message);
      if (!table.ok()) {
        CHECK(table.error().message.find(path.string()) != std::string::npos);
        CHECK(table.error().kind == ErrorKind::bad_data);
      }
      const bool is_foreign = !table.ok() && table.error().message.find("not a text table") != std::string::npos;
      if (is_foreign) continue;
      REQUIRE(table.ok() == expected.has_value());
      if (!table.ok()) continue;
      Rows rows = testing::rows_of(*table);
      rows[0] = (*expected)[0];  // names are made unique
      REQUIRE(rows == *expected);
    }
    ++(expected ? tally.read : tally.refused);
  }
  return tally;
}

}  // namespace

TEST_CASE("csv-spectrum: all files equal their JSON") {
  const auto folder = suite("csv-spectrum");
  if (!folder) return;
  size_t passed = 0;
  for (const Path& path : files_below(*folder / "csvs")) {
    const auto table = read_file_as_table(path, {});
    REQUIRE(table.ok());
    // Its JSON is an object instead of a list, and was given another phone number.
    if (path.filename() == "location_coordinates.csv") {
      CHECK(testing::rows_of(*table)[1] == std::vector<std::string>{"2095257564",
                                                                    "37\xef\xbf\xbd"
                                                                    "36'37.8\"N 121\xef\xbf\xbd"
                                                                    "2'17.9\"W",
                                                                    "Modesto", "Stanislaus"});
      continue;
    }
    const Path json = *folder / "json" / path.filename().replace_extension(".json");
    CHECK_MESSAGE(as_json(*table).dump() == parse_json(content(json))->dump(), path.string());
    ++passed;
  }
  CHECK(passed == 11);
  MESSAGE("csv-spectrum: ", passed, " of 11 equal, and location_coordinates by its CSV");
}

TEST_CASE("jsontestsuite: what must be accepted is, what must be refused is") {
  const auto folder = suite("jsontestsuite");
  if (!folder) return;
  size_t accepted = 0, refused = 0;
  for (const Path& path : files_below(*folder / "test_parsing")) {
    const std::string text = content(path);
    const bool is_json = text::is_json(text);
    const char kind = path.filename().string()[0];
    CHECK_MESSAGE((kind != 'y' || is_json), path.string());
    CHECK_MESSAGE((kind != 'n' || !is_json), path.string());
    accepted += kind == 'y' && is_json ? 1 : 0;
    refused += kind == 'n' && !is_json ? 1 : 0;
    // Where one of two values would be lost, RFC 8259 lets readers differ, and the tree has one of each key.
    const bool has_duplicate = path.string().find("duplicated_key") != std::string::npos;
    CHECK_MESSAGE((kind == 'i' || parse_json(text).ok() == (is_json && !has_duplicate)), path.string());
  }
  CHECK(accepted == 95);
  CHECK(refused == 188);
  MESSAGE("jsontestsuite: ", accepted, " of 95 accepted, ", refused, " of 188 refused");
}

TEST_CASE("jsontestsuite: as a line of JSON Lines no file does harm, and single objects agree with the parser") {
  const auto folder = suite("jsontestsuite");
  if (!folder) return;
  ReadOptions options;
  options.format = Format::jsonl;
  size_t objects = 0;
  for (const Path& path : files_below(*folder / "test_parsing")) {
    const std::string text = content(path);
    const auto table = testing::read_table("{\"k\":" + text + "}", options);
    if (text.find('\n') != std::string::npos) continue;
    CHECK_MESSAGE(table.ok() == text::is_json("{\"k\":" + text + "}"), path.string());
    objects += table.ok() ? 1 : 0;
  }
  MESSAGE("jsontestsuite: ", objects, " values read as cells");
}

TEST_CASE("naughty-strings: every string survives every format") {
  const auto folder = suite("naughty-strings");
  if (!folder) return;
  const auto strings = parse_json(content(*folder / "blns.json"));
  REQUIRE(strings.ok());
  ColumnBuilder builder(ColumnType::text);
  for (const Json& item : strings->items()) builder.append_owned_text(item.string());
  const auto schema = std::make_shared<const Schema>(std::vector<Field>{{"naughty", ColumnType::text}});
  const size_t count = builder.rows();
  const Batch batch{schema, {builder.finish()}, count};
  for (const Format format : {Format::csv, Format::tsv, Format::jsonl}) {
    StringSink sink;
    WriteOptions write;
    write.format = format;
    auto writer = open_writer(sink, schema, write);
    REQUIRE((*writer)->write(batch).ok());
    REQUIRE((*writer)->finish().ok());
    ReadOptions options;
    options.format = format;
    const auto rows = testing::read_rows(sink.text(), options);
    REQUIRE(rows.size() == count + 1);
    for (size_t i = 0; i < count; ++i) {
      const bool is_lost_empty = format == Format::tsv && strings->items()[i].string().empty();
      CHECK(rows[i + 1][0] == (is_lost_empty ? "<missing>" : strings->items()[i].string()));
    }
  }
  MESSAGE("naughty-strings: ", count, " strings through CSV, TSV and JSON Lines");
}

TEST_CASE("float-parse: every number is bit-exact") {
  const auto folder = suite("float-parse");
  if (!folder) return;
  size_t lines = 0, exact = 0;
  for (const Path& path : files_below(*folder / "data")) {
    std::istringstream text(content(path));
    std::string half, single, bits, number;
    while (text >> half >> single >> bits >> number) {
      ++lines;
      const auto value = text::parse_double(number);
      const uint64_t expected = std::stoull(bits, nullptr, 16);
      CHECK_MESSAGE((value && std::bit_cast<uint64_t>(*value) == expected), number);
      exact += value && std::bit_cast<uint64_t>(*value) == expected ? 1 : 0;
    }
  }
  CHECK(lines > 20'000);
  MESSAGE("float-parse: ", exact, " of ", lines, " bit-exact");
}

TEST_CASE("zsv, miller, duckdb-csv: read as the reference reads, or refused with a clear error") {
  for (const char* name : {"zsv/data", "miller", "duckdb-csv/csv"}) {
    const auto folder = suite(name);
    if (!folder) continue;
    const Tally tally = compare_with_reference(files_below(*folder));
    MESSAGE(std::string(name), ": ", tally.read, " read equal, ", tally.refused, " refused");
  }
}

TEST_CASE("duckdb-csv: the size of the table is the one DuckDB found, where it took the file for plain CSV") {
  const auto folder = suite("duckdb-csv");
  if (!folder) return;
  size_t compared = 0, equal = 0;
  std::istringstream expected(content(*folder / "expected-duckdb-1.5.6.tsv"));
  for (std::string line; std::getline(expected, line);) {
    // Split here: the file is no proper TSV, its error texts hold tabs.
    std::vector<std::string> row;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '\t');) row.push_back(cell);
    if (row.size() < 10) continue;
    const bool is_plain =
        row[1] == "ok" && row[6] == "0" && row[7] == "true" && (row[3] == "\"" || row[3] == "(empty)");
    if (!is_plain) continue;
    ReadOptions options;
    options.format = Format::csv;
    const auto table = read_file_as_table(*folder / "csv" / row[0], options);
    ++compared;
    equal +=
        table.ok() && std::to_string(table->rows) == row[9] && std::to_string(table->schema->size()) == row[8] ? 1 : 0;
  }
  MESSAGE("duckdb-csv: ", equal, " of ", compared, " tables of the size that DuckDB's sniffer found");
  CHECK(compared > 100);
}
