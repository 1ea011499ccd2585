#include "excel/sheet_reader.h"

#include <fmt/format.h>

#include "unit/excel/excel_testing.h"

using namespace aml;
using namespace aml::excel;
using excel::testing::parts_of;
using excel::testing::Rows;
using excel::testing::rows_of_bytes;
using excel::testing::rows_of_sheet;
using excel::testing::zip_of;

namespace {

const std::string kSmall =
    "<row r='2'><c r='B2' t='s'><v>0</v></c><c r='C2' t='inlineStr'><is><t>when</t></is></c><c r='D2' t='str'>"
    "<v>share</v></c></row>"
    "<row r='4'><c r='B4' t='s'><v>1</v></c><c r='C4' s='1'><v>45292</v></c><c r='D4' s='3'><f>1/3</f>"
    "<v>0.33333333333333331</v></c></row>"
    "<row r='5'><c r='B5' t='e'><v>#DIV/0!</v></c><c r='C5' t='d'><v>2024-02-29</v></c><c r='D5' "
    "t='b'><v>1</v></c></row>";

}  // namespace

TEST_CASE("cells are values: dates ISO, numbers shortest, errors as errors") {
  CHECK(rows_of_sheet(kSmall) == Rows{{"name", "when", "share"},
                                      {"two runs", "2024-01-01", "0.3333333333333333"},
                                      {"#DIV/0!", "2024-02-29", "true"}});
  const auto reader = excel::testing::open_bytes(zip_of(parts_of(kSmall)));
  const auto batch = *(*reader)->next();
  CHECK(batch->columns[0]->error_at(1)->problem == table::CellProblem::spreadsheet_error);
  CHECK(place_of(*batch, 0) == "b.xlsx:4");
}

TEST_CASE("cells are what Excel displays when asked") {
  CHECK(rows_of_sheet(kSmall, {.form = CellForm::displayed}) ==
        Rows{{"name", "when", "share"}, {"two runs", "2024-01-01", "0.33"}, {"#DIV/0!", "45351", "TRUE"}});
}

TEST_CASE("the 1904 system moves dates") {
  const std::string rows =
      "<row><c t='str'><v>d</v></c></row><row><c s='1'><v>0</v></c></row><row><c s='4'><v>1.25</v></c></row>";
  CHECK(rows_of_bytes(zip_of(parts_of(rows, "date1904='1'"))) == Rows{{"d"}, {"1904-01-01"}, {"1904-01-02T06:00:00"}});
}

TEST_CASE("rows and columns without places follow one another") {
  CHECK(rows_of_sheet("<row><c t='str'><v>a</v></c><c t='str'><v>b</v></c></row><row><c><v>1</v></c><c/></row>"
                      "<row/><row><c/><c><v>2.50</v></c></row>") ==
        Rows{{"a", "b"}, {"1", "<missing>"}, {"<missing>", "2.5"}});
}

TEST_CASE("columns wider than the names get names, empty ones at the edges go") {
  CHECK(rows_of_sheet(
            "<row><c r='B1' t='str'><v>a</v></c></row><row><c r='B2'><v>1</v></c><c r='D2'><v>2</v></c></row>") ==
        Rows{{"a", "column2", "column3"}, {"1", "<missing>", "2"}});
}

TEST_CASE("a range cuts the sheet, and no-header names by place") {
  const std::string rows =
      "<row r='1'><c r='A1' t='str'><v>title</v></c></row><row r='3'><c r='B3'><v>1</v></c><c r='C3'><v>2</v></c></row>"
      "<row r='4'><c r='B4'><v>3</v></c><c r='D4'><v>4</v></c></row>";
  table::ReadOptions options;
  options.has_header = false;
  CHECK(rows_of_sheet(rows, {.range = parse_cell_range("B3:C9")}, options) ==
        Rows{{"column1", "column2"}, {"1", "2"}, {"3", "<missing>"}});
  CHECK(rows_of_sheet(rows, {.range = parse_cell_range("B2")}) == Rows{{"1", "2", "column3"}, {"3", "<missing>", "4"}});
  CHECK(rows_of_sheet(rows, {.range = parse_cell_range("F1:G9")}) ==
        Rows{{"error: sheet 'One' of 'b.xlsx' is empty in the range given"}});
}

TEST_CASE("sheets are chosen by name or place") {
  const std::string bytes = zip_of(parts_of(kSmall));
  CHECK(rows_of_bytes(bytes, {.sheet = "Two"}) == Rows{{"h"}});
  CHECK(rows_of_bytes(bytes, {.sheet = "2"}) == Rows{{"h"}});
  CHECK(rows_of_bytes(bytes, {.sheet = "Three"}) == Rows{{"error: 'b.xlsx' has no sheet 'Three'"}});
  CHECK(rows_of_bytes(bytes, {.sheet = "4"}) == Rows{{"error: 'b.xlsx' has no sheet '4'"}});
  CHECK(rows_of_bytes(bytes, {.sheet = "Chart"}) ==
        Rows{{"error: sheet 'Chart' of 'b.xlsx' has no cells, it is a chart or the like"}});
  const auto reader = excel::testing::open_bytes(bytes, {.sheet = "Three"});
  CHECK(reader.error().hint == "its sheets are 'One', 'Two'");
}

TEST_CASE("a sheet that declares too few columns is read in full, or says so") {
  auto parts = parts_of("");
  parts[5].second =
      "<worksheet><dimension ref='A1:A2'/><sheetData><row><c t='str'><v>a</v></c></row><row><c/><c><v>1</v></c></row>"
      "</sheetData></worksheet>";
  CHECK(rows_of_bytes(zip_of(parts)) ==
        Rows{{"error: b.xlsx:2: cell B2 stands outside the columns A to A that sheet 'One' declares"}});
  CHECK(rows_of_bytes(zip_of(parts), {.range = parse_cell_range("A:B")}) == Rows{{"a", "column2"}, {"<missing>", "1"}});
}

TEST_CASE("broken sheets name the part and the place") {
  const std::string place = "error: b.xlsx: xl/worksheets/sheet1.xml: byte ";
  const auto message = [](const std::string& rows) { return rows_of_sheet(rows)[0][0]; };
  CHECK(message("<row r='2'/><row r='2'/>") == place + "46: row 2 stands behind row 2");
  CHECK(message("<row r='0'/>") == place + "34: row number '0' is not from 1 to 1048576");
  CHECK(message("<row><c r='XFE1'/></row>") == place + "40: 'XFE1' is no place in a sheet");
  CHECK(message("<row><c r='A1' t='s'><v>9</v></c></row>") ==
        place + "55: cell A1 refers to shared string '9', there are 3");
}

TEST_CASE("words for missing values count for texts alone") {
  table::ReadOptions options;
  options.missing = {"NA", "7"};
  CHECK(rows_of_sheet("<row><c t='str'><v>a</v></c></row><row><c t='str'><v>NA</v></c></row><row><c><v>7</v></c></row>",
                      {}, options) == Rows{{"a"}, {"<missing>"}, {"7"}});
}

TEST_CASE("long tables come in batches that do not share their texts") {
  std::string rows = "<row><c t='str'><v>text</v></c></row>";
  for (int i = 0; i < 10; ++i)
    rows += fmt::format("<row><c t='str'><v>a text of more than twelve bytes, {}</v></c></row>", i);
  table::ReadOptions options;
  options.batch_rows = 3;
  const auto all = rows_of_sheet(rows, {}, options);
  CHECK(all.size() == 11);
  CHECK(all[10] == std::vector<std::string>{"a text of more than twelve bytes, 9"});
}
