// What a join is: its kind and its columns, once both tables are known.
#pragma once

#include <vector>

#include "prep/other_table.h"
#include "table/schema.h"

namespace aml::prep {

enum class JoinKind : uint8_t { inner, left, right, full, anti };

// The columns of a join. Of the right table only those that are needed are held: what it adds, then its keys.
struct JoinColumns {
  JoinKind kind = JoinKind::inner;
  table::SchemaPtr left;
  std::vector<size_t> left_keys;
  table::SchemaPtr held;           // of the right table
  std::vector<size_t> added;       // columns of `held` that stand behind the left ones in the result
  std::vector<size_t> right_keys;  // columns of `held`, of the types of the left ones
  table::SchemaPtr schema;         // of the result

  bool keeps_left() const { return kind == JoinKind::left || kind == JoinKind::full; }
  bool keeps_right() const { return kind == JoinKind::right || kind == JoinKind::full; }
};

// The same join of tables whose rows are numbered in one more column behind the others; the result has both numbers:
// that of the left row behind the left columns, that of the right row last.
JoinColumns numbered(const JoinColumns& columns);

struct JoinPlan {
  OtherTable other;
  table::SchemaPtr right;    // the other table, with its keys in the types of the left ones
  std::vector<size_t> keys;  // of `right`
  std::vector<size_t> held;  // the columns of `right` that are held
  JoinColumns columns;
};

}  // namespace aml::prep
