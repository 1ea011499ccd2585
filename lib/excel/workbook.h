// A workbook of any of Excel's formats: its sheets, its cell formats, and the cells of one sheet at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "excel/cell_range.h"
#include "excel/number_format.h"
#include "excel/random_source.h"
#include "table/column.h"

namespace aml::excel {

struct Cell {
  enum class Kind : uint8_t { number, text, boolean, error, date };
  CellPlace place;
  Kind kind = Kind::number;
  uint32_t style = 0;      // for Workbook::format_of
  double number = 0;       // booleans: 0 or 1; dates: the serial number
  std::string_view text;   // texts; errors: "#DIV/0!". Valid until the next cell is read
  bool is_pinned = false;  // the text lives in Workbook::text_block()
};

// The cells of one sheet that hold something, row by row; formulas are their cached results.
class CellReader {
 public:
  virtual ~CellReader() = default;
  virtual Result<std::optional<Cell>> next() = 0;  // nothing at the end
  // What the sheet says it covers, which may be wrong; nothing when it does not say.
  virtual std::optional<CellRange> declared_range() const { return std::nullopt; }
};

struct Sheet {
  std::string name;
  bool is_hidden = false;
  bool has_cells = true;  // not a chart, a dialog or a macro sheet
};

class Workbook {
 public:
  virtual ~Workbook() = default;
  virtual Result<std::unique_ptr<CellReader>> open_sheet(size_t index) const = 0;

  const std::string& name() const { return name_; }
  const std::vector<Sheet>& sheets() const { return sheets_; }
  DateSystem date_system() const { return date_system_; }
  const NumberFormat& format_of(uint32_t style) const;
  const table::Bytes& text_block() const { return text_block_; }  // never null

 protected:
  explicit Workbook(std::string name) : name_(std::move(name)) {}
  // Formats and styles beyond the limit count as General.
  static constexpr size_t kStylesMax = size_t{1} << 20;
  void add_style(uint32_t format_id);
  void name_format(uint32_t format_id, std::string_view code);

  std::string name_;
  std::vector<Sheet> sheets_;
  DateSystem date_system_ = DateSystem::from_1900;
  table::Bytes text_block_ = std::make_shared<const std::string>();

 private:
  std::vector<uint32_t> format_of_style_;  // ids
  std::unordered_map<uint32_t, NumberFormat> formats_;
};

// By content: .xlsx, .xlsm (Office Open XML), .xlsb, and .xls (since Excel 5).
Result<std::shared_ptr<const Workbook>> open_workbook(std::shared_ptr<const RandomSource> source);

// The first bytes of a file that open_workbook takes, or can say more about than others.
bool is_workbook(std::string_view head);

}  // namespace aml::excel
