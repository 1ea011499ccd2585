// From the names people type to the table behind them: the one place where commands and steps open what they read.
//
//   name → bytes (byte_input.h) → decompression → a format of formats.h that seeks, or a text format of table/reader.h
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "excel/sheet_reader.h"
#include "source/byte_input.h"
#include "table/reader.h"

namespace aml::source {

// How a source is read, as flags and the `source:` of a package say it.
struct OpenOptions {
  table::ReadOptions read = {};
  std::optional<std::string> encoding = {};     // of text; detected unless given, "utf-8": bytes pass as they are
  bool has_decimal_comma = false;               // "1.234,5" is read as 1234.5
  std::vector<std::string> names = {};          // of the columns, instead of those in the input; none: those
  std::optional<std::string> path_column = {};  // a last column with the name of the input each row comes from
  std::optional<std::string> known_as = {};     // what messages call the input, and whose ending counts
  excel::SheetChoice sheet = {};                // of a workbook
  std::string query = {};                       // of a data base
};

// All that expand_name() of source/expand.h finds behind one name, as one table.
Result<std::unique_ptr<table::Reader>> open_table(const std::string& name, const OpenOptions& options,
                                                  const Context& context);

// Several inputs as one table, one after the other. Opens each when its turn comes, the first one now. All must have
// the same column names; the first has them in order. `names` is not empty; at most one of them is "-".
Result<std::unique_ptr<table::Reader>> open_tables(std::vector<std::string> names, const OpenOptions& options,
                                                   const Context& context);

}  // namespace aml::source
