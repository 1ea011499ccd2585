// Workbooks made by hand: the parts as text, packed into a ZIP archive without compression.
#pragma once

#include <doctest/doctest.h>
#include <zlib.h>

#include <string>
#include <utility>
#include <vector>

#include "excel/sheet_reader.h"
#include "unit/table/table_testing.h"

namespace aml::excel::testing {

using Parts = std::vector<std::pair<std::string, std::string>>;  // name, content

inline void append_number(std::string& out, uint64_t value, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) out.push_back(i < 8 ? static_cast<char>(value >> (8 * i) & 0xff) : '\0');
}

inline uint32_t checksum(const std::string& text) {
  return static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size())));
}

inline std::string zip_of(const Parts& parts) {
  std::string archive;
  std::string directory;
  for (const auto& [name, content] : parts) {
    std::string numbers;
    append_number(numbers, 0, 8);  // flags, method, time, date
    append_number(numbers, checksum(content), 4);
    append_number(numbers, content.size(), 4);
    append_number(numbers, content.size(), 4);
    append_number(numbers, name.size(), 2);
    append_number(numbers, 0, 2);
    directory += std::string("PK\x01\x02\x14\x00\x14\x00", 8) + numbers;
    append_number(directory, 0, 10);
    append_number(directory, archive.size(), 4);
    directory += name;
    archive += std::string("PK\x03\x04\x14\x00", 6) + numbers + name + content;
  }
  std::string end("PK\x05\x06\0\0\0\0", 8);
  append_number(end, parts.size(), 2);
  append_number(end, parts.size(), 2);
  append_number(end, directory.size(), 4);
  append_number(end, archive.size(), 4);
  append_number(end, 0, 2);
  return archive + directory + end;
}

inline constexpr std::string_view kRelations =
    "<Relationships><Relationship Id='r1' Type='http://x/worksheet' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='r2' Type='http://x/worksheet' Target='/xl/worksheets/sheet2.xml'/>"
    "<Relationship Id='r3' Type='http://x/chartsheet' Target='chartsheets/sheet3.xml'/>"
    "<Relationship Id='s' Type='http://x/styles' Target='styles.xml'/>"
    "<Relationship Id='t' Type='http://x/sharedStrings' Target='sharedStrings.xml'/></Relationships>";

// Styles: 0 General, 1 yyyy-mm-dd, 2 h:mm, 3 0.00, 4 m/d/yy h:mm.
inline constexpr std::string_view kStyles =
    "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='yyyy-mm-dd'/></numFmts><cellStyleXfs><xf numFmtId='14'/>"
    "</cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='170'/><xf numFmtId='20'/><xf numFmtId='2'/>"
    "<xf numFmtId='22'/></cellXfs></styleSheet>";

inline Parts parts_of(const std::string& rows, const std::string& properties = "") {
  return {{"_rels/.rels",
           "<Relationships><Relationship Id='a' Type='http://x/officeDocument' Target='xl/workbook.xml'/>"
           "</Relationships>"},
          {"xl/workbook.xml", "<workbook xmlns:r='x'><workbookPr " + properties +
                                  "/><sheets><sheet name='One' sheetId='1' r:id='r1'/>"
                                  "<sheet name='Two' sheetId='2' state='hidden' r:id='r2'/>"
                                  "<sheet name='Chart' sheetId='3' r:id='r3'/></sheets></workbook>"},
          {"xl/_rels/workbook.xml.rels", std::string(kRelations)},
          {"xl/styles.xml", std::string(kStyles)},
          {"xl/sharedStrings.xml",
           "<sst><si><t>name</t></si><si><r><t xml:space='preserve'>two </t></r><r><t>runs</t></r>"
           "<rPh><t>not this</t></rPh></si><si><t>line_x000D_end &amp; more</t></si></sst>"},
          {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"},
          {"xl/worksheets/sheet2.xml",
           "<worksheet><sheetData><row><c t='inlineStr'><is><t>h</t></is></c></row></sheetData></worksheet>"}};
}

using Rows = std::vector<std::vector<std::string>>;

inline Result<std::unique_ptr<table::Reader>> open_bytes(std::string bytes, const SheetChoice& choice = {},
                                                         const table::ReadOptions& options = {}) {
  auto workbook = TRY(open_workbook(make_random_source(std::move(bytes), "b.xlsx")));
  return open_sheet_reader(std::move(workbook), choice, options, nullptr);
}

// The column names, then the rows; or the message of what went wrong.
inline Rows rows_of_bytes(std::string bytes, const SheetChoice& choice = {}, const table::ReadOptions& options = {}) {
  const auto reader = open_bytes(std::move(bytes), choice, options);
  if (!reader.ok()) return {{"error: " + reader.error().message}};
  const auto table = table::read_all(**reader);
  if (!table.ok()) return {{"error: " + table.error().message}};
  return table::testing::rows_of(*table);
}

inline Rows rows_of_sheet(const std::string& rows, const SheetChoice& choice = {},
                          const table::ReadOptions& options = {}) {
  return rows_of_bytes(zip_of(parts_of(rows)), choice, options);
}

}  // namespace aml::excel::testing
