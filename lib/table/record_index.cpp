#include "table/record_index.h"

#include <fmt/format.h>

#include "base/bytes.h"

namespace aml::table {

ScanProblem too_long(uint64_t line, const RecordShape& shape) {
  return {line, 0, fmt::format("the record is longer than {}", format_size(shape.bytes_max)), {}};
}

std::optional<ScanProblem> close_record(size_t first_field, uint64_t line, const RecordShape& shape,
                                        RecordIndex& index) {
  const size_t count = index.fields.size() - first_field;
  if (shape.fields != 0 && count != shape.fields) {
    if (count > shape.fields || !shape.pad_short)
      return ScanProblem{line, 0,
                         fmt::format("{} field{}, but {} column{}", count, count == 1 ? "" : "s", shape.fields,
                                     shape.fields == 1 ? "" : "s"),
                         count < shape.fields ? "give '--ragged pad' to fill the end of short records" : ""};
    index.fields.resize(first_field + shape.fields, FieldSpan(0, 0, FieldKind::absent));
  }
  index.lines.push_back(line);
  return std::nullopt;
}

}  // namespace aml::table
