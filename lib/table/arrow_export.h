// Batches as Arrow arrays: text as utf8, whole numbers as int64, numbers as float64, dates as date32, timestamps as
// nanoseconds UTC. Missing cells and errors are null.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "table/arrow_types.h"
#include "table/batch.h"

namespace aml::table {

// The buffers of one column as Arrow lays them out.
struct ArrowColumn {
  int64_t nulls = 0;
  std::vector<uint8_t> validity;  // one bit a row; empty when nothing is null
  std::vector<int32_t> offsets;   // of texts: rows + 1 entries
  std::vector<uint8_t> values;    // numbers, bits of booleans, bytes of texts
};

// bad_data, with the place of the row, for text that is not UTF-8, which Arrow does not allow.
Result<ArrowColumn> make_arrow_column(const Batch& batch, size_t column);

const char* arrow_format_of(ColumnType type);  // "u", "tdD", …
OwnedArrowSchema export_arrow_schema(const Schema& schema);
Result<OwnedArrowArray> export_arrow_batch(const Batch& batch);

}  // namespace aml::table
