// The first byte chooses what the rest is: a workbook as it stands, or a part of one inside a good package, so that the
// checksums of ZIP do not keep mutations from the readers behind them. Each sheet is read both ways: displayed and not.
#include "excel/biff.h"
#include "excel/sheet_reader.h"
#include "excel/xls_sheet.h"
#include "excel/xlsb_records.h"
#include "excel/xlsb_sheet.h"
#include "excel/xlsx_sheet.h"
#include "excel/xlsx_text.h"

using namespace aml;
using namespace aml::excel;

namespace {

void read_workbook(const std::string& bytes) {
  const auto workbook = open_workbook(make_random_source(bytes, "b"));
  if (!workbook.ok()) return;
  for (const CellForm form : {CellForm::value, CellForm::displayed})
    for (size_t i = 0; i < (*workbook)->sheets().size() && i < 4; ++i) {
      const SheetChoice choice{std::to_string(i + 1), std::nullopt, form};
      const auto reader = open_sheet_reader(*workbook, choice, {}, nullptr);
      if (reader.ok()) (void)table::read_all(**reader).ok();
    }
}

void read_cells(CellReader& cells) {
  for (;;) {
    const auto cell = cells.next();
    if (!cell.ok() || !*cell) return;
  }
}

TextPool some_texts() {
  TextPool pool;
  pool.append("one");
  pool.append("two");
  return pool;
}

void read_xml_sheet(const std::string& bytes) {
  const TextPool texts = some_texts();
  const auto cells =
      XlsxSheet::open(XmlReader(std::make_unique<StringSource>(bytes), "p"), texts, DateSystem::from_1900);
  if (cells.ok()) read_cells(**cells);
}

void read_shared(const std::string& bytes) {
  XmlReader xml(std::make_unique<StringSource>(bytes), "p");
  (void)read_shared_strings(xml).ok();
}

void read_old_sheet(const std::string& bytes) {
  const TextPool texts = some_texts();
  for (const BiffVersion version : {BiffVersion::biff5, BiffVersion::biff8}) {
    const auto cells = XlsSheet::open(bytes, 0, {version, 1252, &texts});
    if (cells.ok()) read_cells(**cells);
  }
}

void read_binary_sheet(const std::string& bytes) {
  const TextPool texts = some_texts();
  XlsbSheet cells(XlsbReader(std::make_unique<StringSource>(bytes), "p"), texts);
  read_cells(cells);
}

void read_format(const std::string& bytes) {
  const NumberFormat format(bytes);
  for (const double value : {0.0, 1.0, -1.0, 0.5, 45356.520138889, 1e15, -1e-9, 123456.789})
    (void)format.displayed(value, DateSystem::from_1900).size();
  (void)format.displayed("text").size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  constexpr void (*kReaders[])(const std::string&) = {read_workbook,  read_xml_sheet,    read_shared,
                                                      read_old_sheet, read_binary_sheet, read_format};
  kReaders[data[0] % std::size(kReaders)](std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
  return 0;
}
