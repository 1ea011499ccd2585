// Workbooks that others made: those of the excel-oracle suite beside the CSV that Excel itself exported, cell by cell,
// and broken ones, which must end in an error or a table. Read from the folder AML_SUITES names, else skipped.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "excel/cell_text.h"
#include "excel/sheet_reader.h"
#include "excel/workbook.h"
#include "os/file.h"
#include "text/unicode.h"
#include "unit/table/reference_csv.h"

using namespace aml;
using namespace aml::excel;

namespace {

using Grid = std::map<std::pair<size_t, size_t>, std::string>;

std::optional<Path> suite(const std::string& name) {
  const char* folder = std::getenv("AML_SUITES");
  if (folder != nullptr && os::is_a_directory(Path(folder) / name)) return Path(folder) / name;
  MESSAGE("skipped: no ", name, " in the folder that AML_SUITES names");
  return std::nullopt;
}

std::vector<Path> workbooks_in(const Path& folder, std::string_view ending) {
  std::vector<Path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ending) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

Result<std::shared_ptr<const Workbook>> open_file(const Path& path) {
  auto bytes = TRY(os::read_file(path));
  return open_workbook(make_random_source(std::move(bytes), path.filename().string()));
}

std::string without_outer_space(std::string text) {
  text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

// The export is in the code page of the machine that made it: what is not ASCII counts as one sign or none.
std::string ascii_shape(std::string_view text) {
  std::string shape;
  for (const char byte : text) {
    const bool is_ascii = static_cast<uint8_t>(byte) < 0x80;
    if (is_ascii && byte != '?' && byte != '_' && byte != '\r') shape.push_back(byte);
  }
  return shape;
}

bool is_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return static_cast<uint8_t>(byte) < 0x80; });
}

Grid grid_of_csv(const std::string& bytes) {
  Grid grid;
  const bool cr_ends_line = bytes.find('\n') == std::string::npos;
  const auto csv = table::testing::ReferenceReader(bytes, ',', cr_ends_line).read();
  for (size_t row = 0; row < csv.records.size(); ++row)
    for (size_t column = 0; column < csv.records[row].fields.size(); ++column) {
      const std::string text = without_outer_space(csv.records[row].fields[column].text);
      if (!text.empty()) grid[{row, column}] = text;
    }
  return grid;
}

Result<Grid> grid_of_sheet(const Workbook& workbook, size_t sheet) {
  Grid grid;
  const auto cells = TRY(workbook.open_sheet(sheet));
  std::string scratch;
  while (const auto cell = TRY(cells->next())) {
    const std::string text = without_outer_space(std::string(cell_text(*cell, workbook, CellForm::displayed, scratch)));
    if (!text.empty()) grid[{cell->place.row, cell->place.column}] = text;
  }
  return grid;
}

struct Score {
  size_t cells = 0;
  size_t equal = 0;
  size_t sheets = 0;
  size_t sheets_equal = 0;
  size_t unreadable = 0;
};

// The export starts at the first row that is used.
Grid moved_to(const Grid& grid, const Grid& other) {
  if (grid.empty() || other.empty()) return grid;
  const size_t from = grid.begin()->first.first;
  const size_t to = other.begin()->first.first;
  Grid moved;
  for (const auto& [place, text] : grid) moved[{place.first - from + to, place.second}] = text;
  return moved;
}

void compare(const Grid& ours, const Grid& theirs, bool is_recoded, Score& score) {
  Grid all = ours;
  all.insert(theirs.begin(), theirs.end());
  size_t equal = 0;
  for (const auto& [place, unused] : all) {
    const auto a = ours.find(place);
    const auto b = theirs.find(place);
    const std::string left = a == ours.end() ? "" : a->second;
    const std::string right = b == theirs.end() ? "" : b->second;
    const bool is_equal = left == right || (is_recoded && ascii_shape(left) == ascii_shape(right));
    equal += is_equal ? 1 : 0;
  }
  score.cells += all.size();
  score.equal += equal;
  ++score.sheets;
  score.sheets_equal += equal == all.size() ? 1 : 0;
}

void score_workbook(const Path& path, Score& score) {
  const auto workbook = open_file(path);
  for (size_t sheet = 0; sheet < 200; ++sheet) {
    const Path csv = path.string() + fmt::format(".{}.csv", sheet);
    if (!os::path_exists(csv)) continue;
    const std::string bytes = *os::read_file(csv);
    const Grid theirs = grid_of_csv(bytes);
    Grid ours;
    if (workbook.ok() && sheet < (*workbook)->sheets().size() && (*workbook)->sheets()[sheet].has_cells) {
      auto grid = grid_of_sheet(**workbook, sheet);
      if (grid.ok()) ours = *grid;
      else ++score.unreadable;
    } else {
      ++score.unreadable;
    }
    compare(moved_to(ours, theirs), theirs, !text::is_utf8(bytes) || is_ascii(bytes), score);
  }
}

}  // namespace

// What is missing: formulas whose result changes with time or needs a macro, workbooks under a password (the .xls), and
// exports of a Russian Excel (half of the .xlsm).
TEST_CASE("suite excel-oracle: cells are displayed as Excel exports them") {
  const auto folder = suite("excel-oracle");
  if (!folder) return;
  constexpr struct {
    const char* ending;
    double share_min;
  } kEndings[] = {{".xlsx", 0.999}, {".xlsm", 0.86}, {".xlsb", 0.99}, {".xls", 0.90}};
  for (const auto& [ending, share_min] : kEndings) {
    Score score;
    for (const Path& path : workbooks_in(*folder / "sheetjs", ending)) score_workbook(path, score);
    MESSAGE(std::string(ending), ": ", score.equal, " of ", score.cells, " cells equal, ", score.sheets_equal, " of ",
            score.sheets, " sheets in full, ", score.unreadable, " sheets not read");
    CHECK(static_cast<double>(score.equal) >= share_min * static_cast<double>(score.cells));
  }
}

TEST_CASE("suites excel-oracle and calamine-excel: every workbook gives a table or an error") {
  for (const auto& [name, inner] :
       {std::pair<std::string, std::string>("excel-oracle", "sheetjs"), {"calamine-excel", "."}}) {
    const auto folder = suite(name);
    if (!folder) continue;
    size_t tables = 0;
    size_t errors = 0;
    for (const std::string ending : {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
      for (const Path& path : workbooks_in(*folder / inner, ending)) {
        const auto workbook = open_file(path);
        auto reader = workbook.ok() ? open_sheet_reader(*workbook, {}, {}, nullptr)
                                    : Result<std::unique_ptr<table::Reader>>(workbook.error());
        const auto table = reader.ok() ? table::read_all(**reader) : Result<table::Table>(reader.error());
        ++(table.ok() ? tables : errors);
        if (table.ok()) continue;
        CHECK_MESSAGE(table.error().kind == ErrorKind::bad_data, path.string(), ": ", table.error().message);
      }
    MESSAGE(name, ": ", tables, " tables, ", errors, " errors");
  }
}
