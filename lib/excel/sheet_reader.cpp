#include "excel/sheet_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "table/header.h"
#include "text/numbers.h"

namespace aml::excel {
namespace {

// A batch ends early when its rows are wide or its texts long, so that memory stays bounded.
constexpr size_t kBatchCellsMax = size_t{1} << 19;
constexpr size_t kBatchTextBytesMax = size_t{16} << 20;
constexpr uint64_t kCellsPerCancelCheck = 1 << 16;

struct Columns {
  uint32_t first = 0;
  uint32_t last = 0;
  size_t size() const { return last - first + 1; }
  bool operator==(const Columns&) const = default;
};

// The cells of a sheet that are within a range.
class RangedCells {
 public:
  RangedCells(std::unique_ptr<CellReader> cells, CellRange range, const Cancel* cancel)
      : cells_(std::move(cells)), range_(range), cancel_(cancel) {}

  Result<std::optional<Cell>> next() {
    for (;;) {
      if (cancel_ != nullptr && ++seen_ % kCellsPerCancelCheck == 0) TRY(cancel_->check());
      auto cell = TRY(cells_->next());
      if (!cell || cell->place.row > range_.last.row) return std::optional<Cell>();
      if (cell->place.row < range_.first.row || cell->place.column < range_.first.column ||
          cell->place.column > range_.last.column)
        continue;
      return cell;
    }
  }
  std::optional<CellRange> declared_range() const { return cells_->declared_range(); }

 private:
  std::unique_ptr<CellReader> cells_;
  CellRange range_;
  const Cancel* cancel_;
  uint64_t seen_ = 0;
};

class SheetReader final : public table::Reader {
 public:
  SheetReader(std::shared_ptr<const Workbook> workbook, size_t sheet, const SheetChoice& choice,
              const table::ReadOptions& options, const Cancel* cancel)
      : workbook_(std::move(workbook)), sheet_(sheet), choice_(choice), options_(options), cancel_(cancel) {}

  Status open();
  const table::SchemaPtr& schema() const override { return schema_; }
  Result<std::optional<table::Batch>> next() override;

 private:
  struct HeaderCell {
    uint32_t column;
    std::string text;
  };

  Result<RangedCells> open_cells() const;
  Result<std::vector<HeaderCell>> read_header();
  Result<Columns> find_columns(const std::vector<HeaderCell>& header) const;
  Result<Columns> scan_columns() const;
  Status append(const Cell& cell, size_t row);
  Status beyond(const Cell& cell) const;
  bool is_missing_word(std::string_view text) const {
    return std::find(options_.missing.begin(), options_.missing.end(), text) != options_.missing.end();
  }

  std::shared_ptr<const Workbook> workbook_;  // shared with whoever else reads it
  size_t sheet_;
  SheetChoice choice_;
  table::ReadOptions options_;
  const Cancel* cancel_;
  std::shared_ptr<const std::string> origin_;
  std::optional<RangedCells> cells_;
  std::optional<Cell> pending_;  // the first of the next row
  Columns columns_;
  size_t batch_rows_ = 0;
  table::SchemaPtr schema_;
  std::vector<table::ColumnBuilder> builders_;
  std::string scratch_;
  size_t text_bytes_ = 0;
};

Result<RangedCells> SheetReader::open_cells() const {
  auto cells = TRY(workbook_->open_sheet(sheet_));
  return RangedCells(std::move(cells), choice_.range.value_or(CellRange()), cancel_);
}

Status SheetReader::open() {
  origin_ = std::make_shared<const std::string>(workbook_->name());
  cells_ = TRY(open_cells());
  pending_ = TRY(cells_->next());
  if (!pending_)
    return Error{ErrorKind::bad_data,
                 fmt::format("sheet '{}' of '{}' is empty{}", workbook_->sheets()[sheet_].name, workbook_->name(),
                             choice_.range ? " in the range given" : ""),
                 "choose another with --sheet"};
  const auto header = TRY(read_header());
  columns_ = TRY(find_columns(header));
  std::vector<std::string> names(columns_.size());
  for (const HeaderCell& cell : header)
    if (cell.column >= columns_.first && cell.column <= columns_.last) names[cell.column - columns_.first] = cell.text;
  if (!options_.has_header) {
    for (size_t i = 0; i < names.size(); ++i) names[i] = fmt::format("column{}", i + 1);
    cells_ = TRY(open_cells());  // the row looked at is one of the table
    pending_ = TRY(cells_->next());
  }
  schema_ = table::make_text_schema(std::move(names));
  batch_rows_ = std::clamp<size_t>(kBatchCellsMax / columns_.size(), 1, options_.batch_rows);
  for (size_t i = 0; i < columns_.size(); ++i) builders_.emplace_back(table::ColumnType::text);
  return {};
}

// The cells of the first row; pending_ is then the first cell of the next.
Result<std::vector<SheetReader::HeaderCell>> SheetReader::read_header() {
  std::vector<HeaderCell> header;
  const uint32_t row = pending_->place.row;
  while (pending_ && pending_->place.row == row) {
    header.push_back({pending_->place.column, std::string(cell_text(*pending_, *workbook_, choice_.form, scratch_))});
    pending_ = TRY(cells_->next());
  }
  return header;
}

// The columns of a range that was given; of the sheet, if what it declares agrees with its header; else those that hold
// something, for which all cells are looked at.
Result<Columns> SheetReader::find_columns(const std::vector<HeaderCell>& header) const {
  if (choice_.range && choice_.range->last.column != kColumnsMax - 1)
    return Columns{choice_.range->first.column, choice_.range->last.column};
  const auto [first, last] = std::minmax_element(
      header.begin(), header.end(), [](const HeaderCell& a, const HeaderCell& b) { return a.column < b.column; });
  const Columns named{first->column, last->column};
  const auto declared = cells_->declared_range();
  if (declared && !choice_.range && Columns{declared->first.column, declared->last.column} == named) return named;
  return scan_columns();
}

Result<Columns> SheetReader::scan_columns() const {
  RangedCells cells = TRY(open_cells());
  Columns columns{kColumnsMax, 0};
  while (const auto cell = TRY(cells.next())) {
    columns.first = std::min(columns.first, cell->place.column);
    columns.last = std::max(columns.last, cell->place.column);
  }
  return columns;
}

Status SheetReader::beyond(const Cell& cell) const {
  return Error{
      ErrorKind::bad_data,
      fmt::format("{}:{}: cell {}{} stands outside the columns {} to {} that sheet '{}' declares", *origin_,
                  cell.place.row + 1, column_letters(cell.place.column), cell.place.row + 1,
                  column_letters(columns_.first), column_letters(columns_.last), workbook_->sheets()[sheet_].name),
      fmt::format("name the columns with --range, such as --range A:{}", column_letters(cell.place.column))};
}

Status SheetReader::append(const Cell& cell, size_t row) {
  if (cell.place.column < columns_.first || cell.place.column > columns_.last) return beyond(cell);
  table::ColumnBuilder& builder = builders_[cell.place.column - columns_.first];
  if (builder.rows() > row) return {};  // a place filled twice: the first counts
  while (builder.rows() < row) builder.append_missing();
  const std::string_view text = cell_text(cell, *workbook_, choice_.form, scratch_);
  const bool is_pinned = cell.is_pinned && text.data() == cell.text.data();
  if (cell.kind == Cell::Kind::error) {
    const auto block = std::make_shared<const std::string>(text);
    builder.append_error(table::CellProblem::spreadsheet_error, table::TextView(*block));
    if (text.size() > table::TextView::kInlineMax) builder.pin(block);
  } else if (cell.kind == Cell::Kind::text && is_missing_word(text)) {
    builder.append_missing();
  } else if (is_pinned) {
    builder.append_text(table::TextView(text));
  } else {
    builder.append_owned_text(text);
    text_bytes_ += text.size();
  }
  return {};
}

Result<std::optional<table::Batch>> SheetReader::next() {
  if (cancel_ != nullptr) TRY(cancel_->check());
  std::vector<uint64_t> lines;
  text_bytes_ = 0;
  while (pending_ && lines.size() < batch_rows_ && text_bytes_ < kBatchTextBytesMax) {
    const uint32_t row = pending_->place.row;
    while (pending_ && pending_->place.row == row) {
      TRY(append(*pending_, lines.size()));
      pending_ = TRY(cells_->next());
    }
    lines.push_back(row + 1);
  }
  if (lines.empty()) return std::optional<table::Batch>();
  table::Batch batch{schema_, {}, lines.size(), {origin_, nullptr}};
  for (table::ColumnBuilder& builder : builders_) {
    while (builder.rows() < batch.rows) builder.append_missing();
    builder.pin(workbook_->text_block());
    batch.columns.push_back(builder.finish());
  }
  batch.origin.lines = std::make_shared<const std::vector<uint64_t>>(std::move(lines));
  return std::optional<table::Batch>(std::move(batch));
}

std::string list_sheets(const Workbook& workbook) {
  constexpr size_t kNamesShown = 20;
  std::string list;
  size_t shown = 0;
  for (const Sheet& sheet : workbook.sheets()) {
    if (!sheet.has_cells) continue;
    if (++shown > kNamesShown) return list + ", …";
    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", sheet.name);
  }
  return list;
}

}  // namespace

Result<size_t> find_sheet(const Workbook& workbook, const std::optional<std::string>& wanted) {
  const auto& sheets = workbook.sheets();
  auto found = sheets.end();
  if (wanted) {
    found = std::find_if(sheets.begin(), sheets.end(), [&](const Sheet& sheet) { return sheet.name == *wanted; });
    const auto place = text::parse_int(*wanted).value_or(0);
    if (found == sheets.end() && place >= 1 && static_cast<uint64_t>(place) <= sheets.size())
      found = sheets.begin() + (place - 1);
    if (found == sheets.end())
      return Error{ErrorKind::not_found, fmt::format("'{}' has no sheet '{}'", workbook.name(), *wanted),
                   fmt::format("its sheets are {}", list_sheets(workbook))};
    if (!found->has_cells)
      return Error{
          ErrorKind::bad_data,
          fmt::format("sheet '{}' of '{}' has no cells, it is a chart or the like", found->name, workbook.name()),
          fmt::format("its sheets are {}", list_sheets(workbook))};
  } else {
    found = std::find_if(sheets.begin(), sheets.end(),
                         [](const Sheet& sheet) { return sheet.has_cells && !sheet.is_hidden; });
    if (found == sheets.end())
      return Error{ErrorKind::bad_data, fmt::format("'{}' has no visible sheet with cells", workbook.name()),
                   "name a hidden one with --sheet"};
  }
  return static_cast<size_t>(found - sheets.begin());
}

Result<std::unique_ptr<table::Reader>> open_sheet_reader(std::shared_ptr<const Workbook> workbook,
                                                         const SheetChoice& choice, const table::ReadOptions& options,
                                                         const Cancel* cancel) {
  const size_t sheet = TRY(find_sheet(*workbook, choice.sheet));
  auto reader = std::make_unique<SheetReader>(std::move(workbook), sheet, choice, options, cancel);
  TRY(reader->open());
  return std::unique_ptr<table::Reader>(std::move(reader));
}

}  // namespace aml::excel
