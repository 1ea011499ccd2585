#include "table/csv_scanner.h"

#include <doctest/doctest.h>

#include "base/random.h"
#include "unit/table/reference_csv.h"

using namespace aml;
using namespace aml::table;

namespace {

struct Scanned {
  std::vector<std::vector<std::string>> records;
  std::vector<uint64_t> lines;
  std::string problem;
};

// Scans record by record or many at once, showing the scanner the text in steps.
Scanned scan_all(std::string_view text, CsvDialect dialect, size_t step, size_t records_max) {
  Scanned scanned;
  CsvScanner scanner(dialect, 1);
  size_t begin = 0;
  for (size_t end = std::min(step, text.size());;) {
    RecordIndex index;
    const std::string_view visible = text.substr(begin, end - begin);
    // No width is asked for, so that records of every width pass.
    const ScanResult result =
        scanner.scan(visible, end == text.size(), records_max, {0, Ragged::refuse, 1 << 20}, index);
    if (result.problem) {
      scanned.problem = result.problem->message;
      return scanned;
    }
    REQUIRE(index.lines.size() <= records_max);
    for (const FieldSpan& span : index.fields) {
      std::string field(visible.substr(span.begin, span.size));
      if (span.is_encoded != 0) {
        std::string decoded;
        scanner.decode(field, decoded);
        field = decoded;
      }
      scanned.records.push_back({field, span.is_quoted != 0 ? "quoted" : "plain"});
    }
    scanned.lines.insert(scanned.lines.end(), index.lines.begin(), index.lines.end());
    begin += result.consumed;
    if (result.consumed == 0 && end == text.size()) return scanned;
    if (result.consumed == 0) end = std::min(end + step, text.size());
  }
}

Scanned reference(std::string_view text, CsvDialect dialect) {
  Scanned expected;
  const testing::ReferenceCsv csv = testing::ReferenceReader(text, dialect.separator, dialect.cr_ends_line).read();
  if (csv.has_open_quote) expected.problem = "the quote is not closed";
  for (const auto& record : csv.records) {
    const auto& first = record.fields[0];
    if (record.fields.size() == 1 && first.text.empty() && !first.is_quoted) continue;
    for (const auto& field : record.fields)
      expected.records.push_back({field.text, field.is_quoted ? "quoted" : "plain"});
    expected.lines.push_back(record.line);
  }
  return expected;
}

}  // namespace

TEST_CASE("the scanner agrees with the slow reference on soups of marks, however they are cut") {
  const Random random(11, 0);
  for (uint64_t round = 0; round < 3000; ++round) {
    std::string text;
    const uint64_t size = random.below_at(round, 60);
    for (uint64_t i = 0; i < size; ++i) text.push_back("a,\"\n\r;\"b\"\n"[random.below_at(round * 1000 + i, 11)]);
    for (const bool cr_ends_line : {false, true}) {
      const CsvDialect dialect{',', cr_ends_line, 0, 0};
      const Scanned expected = reference(text, dialect);
      for (const size_t step : {size_t{1}, size_t{3}, size_t{1000}}) {
        INFO("text [", text, "], step ", step, ", cr ", cr_ends_line);
        const Scanned found = scan_all(text, dialect, step, 1 + round % 5);
        REQUIRE(found.problem == expected.problem);
        if (!expected.problem.empty()) continue;
        REQUIRE(found.records == expected.records);
        REQUIRE(found.lines == expected.lines);
      }
    }
  }
}

TEST_CASE("records longer than a window of marks are whole") {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += "abc,\"d\"\"e\",";
  text += "end\nnext,line\n";
  const Scanned found = scan_all(text, {}, text.size(), 10);
  const Scanned expected = reference(text, {});
  CHECK(found.lines == std::vector<uint64_t>{1, 2});
  CHECK(found.records == expected.records);
}
