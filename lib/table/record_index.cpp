#include "table/record_index.h"

#include <fmt/format.h>

#include "base/bytes.h"

namespace aml::table {
namespace {

// The quotes of a field that needs no decoding stand outside its span.
RejectedSpan rejected_span(size_t first_field, uint64_t line, const RecordIndex& index) {
  const FieldSpan& first = index.fields[first_field];
  const FieldSpan& last = index.fields.back();
  const auto quote_of = [](const FieldSpan& span) { return span.is_quoted != 0 && span.is_encoded == 0 ? 1U : 0U; };
  return {line, first.begin - quote_of(first), size_t{last.begin} + last.size + quote_of(last),
          index.fields.size() - first_field};
}

std::string_view way_out(Ragged ragged, bool is_short) {
  if (ragged != Ragged::refuse) return "'--ragged fit' takes short and long records";
  if (is_short) return "'--ragged pad' fills the end of short records, '--ragged reject' leaves them out";
  return "'--ragged truncate' drops surplus cells, '--ragged reject' leaves such records out";
}

ScanProblem wrong_size(size_t count, uint64_t line, const RecordShape& shape) {
  ScanProblem problem{line, 0, describe_fields(count, shape)};
  problem.hint = way_out(shape.ragged, count < shape.fields);
  return problem;
}

}  // namespace

std::string describe_fields(size_t count, const RecordShape& shape) {
  return fmt::format("{} field{}, but {} column{}", count, count == 1 ? "" : "s", shape.fields,
                     shape.fields == 1 ? "" : "s");
}

ScanProblem too_long(uint64_t line, const RecordShape& shape) {
  return {line, 0, fmt::format("the record is longer than {}", format_size(shape.bytes_max)), {}};
}

std::optional<ScanProblem> close_record(size_t first_field, uint64_t line, const RecordShape& shape,
                                        RecordIndex& index) {
  const size_t count = index.fields.size() - first_field;
  if (shape.fields != 0 && count != shape.fields) {
    if (shape.ragged == Ragged::reject) {
      index.rejected.push_back(rejected_span(first_field, line, index));
      index.fields.resize(first_field);
      return std::nullopt;
    }
    const bool is_short = count < shape.fields;
    if (shape.ragged != Ragged::fit && shape.ragged != (is_short ? Ragged::pad : Ragged::truncate))
      return wrong_size(count, line, shape);
    index.fields.resize(first_field + shape.fields);
  }
  index.lines.push_back(line);
  return std::nullopt;
}

}  // namespace aml::table
