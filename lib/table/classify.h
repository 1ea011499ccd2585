// What a cell's text looks like: the one place that says which texts count as which type, for inference and profile.
#pragma once

#include <optional>
#include <string_view>

#include "table/scalar.h"

namespace aml::table {

struct Classified {
  ColumnType type = ColumnType::text;  // the narrowest
  Scalar scalar = {};                  // its value, unless text
};

// `text` is trimmed and not empty. Booleans are words, never 0 or 1; "007", "181.0" as an integer and whole numbers
// beyond int64 are what they would not come back from: text, number, text.
Classified classify(std::string_view text);

// The narrowest type that holds both; text if there is no other.
ColumnType join_types(ColumnType a, ColumnType b);

// "NA", "null", "-", …: words that stand for a missing value in files of all kinds. Nobody is made to read them so.
bool is_missing_word(std::string_view text);

}  // namespace aml::table
