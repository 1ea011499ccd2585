// Gives text a type. A cell that does not convert becomes an error value that keeps its text and says why.
#pragma once

#include <optional>
#include <string_view>

#include "table/batch.h"

namespace aml::table {

// Text of any column converted to `type`, cell by cell; missing stays missing, errors stay errors. Leading and
// trailing spaces are not part of a value, and text of nothing but spaces is missing in every type but text. Dates
// are ISO 8601 (YYYY-MM-DD); timestamps RFC 3339, with or without a zone (none means UTC) or time of day; booleans
// true/false/yes/no/1/0 in any case. A column without text converts by value: booleans and integers to numbers,
// whole numbers to integers, dates to timestamps and back.
ColumnPtr cast(const Column& column, ColumnType type);

// The narrowest type that every valid cell of a column fits, seen over all batches: boolean (words only, never 0/1)
// ⊂ integer ⊂ number, date ⊂ timestamp, else text. Numbers with leading zeros are text: they are identifiers.
class TypeInference {
 public:
  void add(const Column& column);
  void add_text(std::string_view text);                                 // one valid cell
  ColumnType type() const { return type_.value_or(ColumnType::text); }  // text when no cell was valid

 private:
  std::optional<ColumnType> type_;  // of the cells seen
};

// Infers every text column of `table` over all its rows and casts it.
Table infer_types(const Table& table);

}  // namespace aml::table
