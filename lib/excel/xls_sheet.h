// The cells of a sheet in BIFF records. They may stand in any order, so that all are held: about 40 bytes each, at
// most as many as the file has bytes for.
#pragma once

#include <memory>

#include "excel/biff.h"
#include "excel/text_pool.h"
#include "excel/workbook.h"

namespace aml::excel {

class XlsSheet final : public CellReader {
 public:
  struct Shared {
    BiffVersion version = BiffVersion::biff8;
    unsigned code_page = 1252;
    const TextPool* texts = nullptr;  // outlives the reader
  };
  static Result<std::unique_ptr<CellReader>> open(std::string_view stream, size_t offset, const Shared& shared);

  Result<std::optional<Cell>> next() override;

 private:
  struct HeldCell {
    CellPlace place;
    Cell::Kind kind = Cell::Kind::number;
    bool is_shared = false;  // its text is one of the workbook's
    uint16_t style = 0;
    double number = 0;  // for texts: its place in the pool
  };

  explicit XlsSheet(const Shared& shared) : shared_(shared) {}
  Status read(std::string_view stream, size_t offset);
  Status read_record(const BiffRecord& record);
  Status read_label(const BiffRecord& record);
  void read_shared_label(const BiffRecord& record);
  void read_multiple(const BiffRecord& record);
  void read_formula(const BiffRecord& record);
  Status finish_formula(const BiffRecord& record);
  void add(const BiffRecord& record, Cell::Kind kind, double number);
  Status add_text(const HeldCell& cell, std::string_view text);
  std::string read_text(BiffCursor& cursor) const;

  Shared shared_;
  TextPool texts_;  // of this sheet alone
  std::vector<HeldCell> cells_;
  std::optional<HeldCell> formula_;  // whose text stands in a record of its own
  size_t next_ = 0;
};

}  // namespace aml::excel
