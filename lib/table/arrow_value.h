// One value of an Arrow column of any type, as text or JSON.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "plugin/arrow_c.h"
#include "table/schema.h"

namespace aml::table {

inline constexpr int kArrowDepthMax = 32;

// The type a column gets here: integers, numbers, booleans, dates and timestamps their own, all others text.
// Lists, structs and maps are written as JSON. bad_data for a type that cannot be read.
Result<ColumnType> type_of_arrow(const ArrowSchema& schema);

// A column or child of one: what its values mean and where they lie. `row` counts from the array's offset.
struct ArrowNode {
  const ArrowSchema* schema = nullptr;
  const ArrowArray* array = nullptr;

  bool is_valid(int64_t row) const;
  template <class T>
  T value(int64_t row, int64_t buffer = 1) const {
    return static_cast<const T*>(array->buffers[buffer])[array->offset + row];
  }
  bool boolean(int64_t row) const;
  ArrowNode child(int64_t index) const { return {schema->children[index], array->children[index]}; }
};

// Follows a dictionary to the value meant; other nodes stay as they are.
struct ArrowPlace {
  ArrowNode node;
  int64_t row = 0;
};
ArrowPlace resolve_dictionary(ArrowNode node, int64_t row);

// Integers of any width (dates and times too) and floats of any width.
int64_t arrow_int(const ArrowNode& node, int64_t row);
double arrow_double(const ArrowNode& node, int64_t row);

// The bytes of a text or binary value of any layout.
std::string_view arrow_bytes(const ArrowNode& node, int64_t row);

// `row` is valid.
void append_arrow_text(std::string& out, const ArrowNode& node, int64_t row);
void append_arrow_json(std::string& out, const ArrowNode& node, int64_t row, int depth = 0);

}  // namespace aml::table
