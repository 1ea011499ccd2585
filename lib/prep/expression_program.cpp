#include "prep/expression_program.h"

namespace aml::prep {
namespace {

Vector run_instruction(const Instruction& instruction, const std::vector<Vector>& values, const table::Batch& batch) {
  if (instruction.kind == Instruction::Kind::column) return view_column(batch.columns[instruction.column]);
  if (instruction.kind == Instruction::Kind::constant) return take_first(instruction.constant, batch.rows);
  const Function& function = *instruction.function;
  std::array<const Vector*, kParametersMax> arguments = {};
  const size_t count = function.count - function.constants;
  for (size_t i = 0; i < count; ++i) arguments[i] = &values[instruction.arguments[i]];
  return call_function(function, instruction.prepared, Arguments(arguments).first(count), batch.rows);
}

}  // namespace

Vector call_function(const Function& function, const PreparedPtr& prepared, Arguments arguments, size_t rows) {
  if (prepared) return function.prepared_kernel(*prepared, arguments, rows, function.result);
  return function.kernel(arguments, rows, function.result);
}

Vector run_program(const Program& program, const table::Batch& batch) {
  std::vector<Vector> values;
  values.reserve(program.instructions.size());
  for (const Instruction& instruction : program.instructions)
    values.push_back(run_instruction(instruction, values, batch));
  return std::move(values.back());
}

}  // namespace aml::prep
