// A checked expression as a list of column operations: instruction i computes value i from earlier values, and the
// last one is the result.
#pragma once

#include <vector>

#include "prep/functions.h"
#include "table/batch.h"

namespace aml::prep {

struct Instruction {
  enum class Kind : uint8_t { column, constant, call };

  Kind kind = Kind::column;
  size_t column = 0;     // index in the schema
  Vector constant = {};  // repeated for kBatchRows rows
  const Function* function = nullptr;
  std::array<size_t, kParametersMax> arguments = {};  // instructions before this one
  PreparedPtr prepared = {};                          // of a function that has a prepared_kernel
};

struct Program {
  std::vector<Instruction> instructions;
  table::ColumnType type = table::ColumnType::text;
  std::vector<size_t> columns;  // read by the program, ascending, each once
};

// `arguments` are those that are no constants of a prepared function.
Vector call_function(const Function& function, const PreparedPtr& prepared, Arguments arguments, size_t rows);

Vector run_program(const Program& program, const table::Batch& batch);

}  // namespace aml::prep
