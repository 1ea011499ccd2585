#include "prep/expression.h"

#include "prep/expression_binder.h"
#include "prep/expression_parser.h"

namespace aml::prep {

Result<Expression> Expression::compile(const PlacedText& source, const table::Schema& schema) {
  const Term term = TRY(parse_expression(source));
  return Expression(std::make_shared<const Program>(TRY(bind_expression(term, source, schema))));
}

table::ColumnType Expression::type() const { return program_->type; }

const std::vector<size_t>& Expression::columns() const { return program_->columns; }

table::ColumnPtr Expression::evaluate(const table::Batch& batch) const {
  const Instruction& last = program_->instructions.back();
  if (last.kind == Instruction::Kind::column) return batch.columns[last.column];
  return make_column(run_program(*program_, batch));
}

}  // namespace aml::prep
