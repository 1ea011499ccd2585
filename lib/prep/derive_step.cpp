// - derive: {ratio: a / b}      new columns at the end, in order; an existing name replaces that column in its place
#include <fmt/format.h>

#include "prep/expression.h"
#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

struct Derivation {
  std::string name;
  PlacedText written;
};

struct BoundDerivation {
  size_t column;  // of the result
  std::string name;
  Expression expression;
};

class DeriveStep final : public MapStep {
 public:
  explicit DeriveStep(std::vector<Derivation> derivations) : derivations_(std::move(derivations)) {}

  // Each expression sees the columns made by those before it.
  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    bound_.clear();
    schema_ = input;
    for (const Derivation& derivation : derivations_) {
      Expression expression = TRY(Expression::compile(derivation.written, *schema_));
      std::vector<table::Field> fields = schema_->fields();
      const size_t column = schema_->find(derivation.name).value_or(fields.size());
      if (column == fields.size()) fields.push_back({derivation.name});
      fields[column].type = expression.type();
      schema_ = std::make_shared<const table::Schema>(std::move(fields));
      bound_.push_back({column, derivation.name, std::move(expression)});
    }
    return schema_;
  }

  table::Batch process(const table::Batch& batch, Failures& failures) const override {
    table::Batch derived = with_columns(batch, schema_, batch.columns);
    for (const BoundDerivation& bound : bound_) {
      table::ColumnPtr column = bound.expression.evaluate(derived);
      std::vector<table::ColumnPtr> sources;
      for (const size_t source : bound.expression.columns()) sources.push_back(derived.columns[source]);
      failures.count_column(bound.name, batch, *column, sources);
      if (bound.column == derived.columns.size()) derived.columns.push_back(std::move(column));
      else derived.columns[bound.column] = std::move(column);
    }
    return derived;
  }

 private:
  std::vector<Derivation> derivations_;
  std::vector<BoundDerivation> bound_;
  table::SchemaPtr schema_;
};

}  // namespace

Result<StepPtr> make_derive_step(const StepSource& source) {
  std::vector<Derivation> derivations;
  for (auto& [name, value] : TRY(read_entries(source.arguments, "derive"))) {
    if (!value->is_scalar())
      return value->error(fmt::format("'derive' takes an expression for column '{}'", name.name),
                          "a text is written with quotes inside quotes: \"'abc'\"");
    derivations.push_back({name.name, place_scalar(*value, source.document)});
  }
  return StepPtr(std::make_unique<DeriveStep>(std::move(derivations)));
}

}  // namespace aml::prep
