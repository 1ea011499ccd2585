// One text as a value of a type, or the reason why it is none: what cast, inference and profile agree on.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "table/column.h"
#include "table/schema.h"

namespace aml::table {

struct Scalar {
  int64_t whole = 0;  // boolean, int64, date, timestamp
  double real = 0;    // float64
  std::optional<CellProblem> problem = {};
};

// Without the spaces and tabs at both ends.
std::string_view trim(std::string_view text);

// `text` is trimmed and not empty; `type` is not text. An integer may be written with a fraction of zeros ("181.0",
// as pandas writes whole columns that have a gap).
Scalar parse_scalar(std::string_view text, ColumnType type);

}  // namespace aml::table
