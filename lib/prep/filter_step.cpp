// - filter: body_mass_g > 3000      rows where the condition is true; not those where it is missing or an error
#include <fmt/format.h>

#include <optional>

#include "kernel/elementwise.h"
#include "prep/expression.h"
#include "prep/step.h"

namespace aml::prep {
namespace {

class FilterStep final : public MapStep {
 public:
  FilterStep(PlacedText condition, std::string place)
      : written_(std::move(condition)), subject_(fmt::format("the condition of 'filter' at {}", place)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    condition_.emplace(TRY(Expression::compile(written_, *input)));
    if (condition_->type() == table::ColumnType::boolean) return input;
    return written_.error(
        0, fmt::format("'filter' needs a condition, this is of type {}", table::name_of(condition_->type())),
        "compare it with something: x == 'a', x > 0, not is_missing(x)");
  }

  table::Batch process(const table::Batch& batch, Failures& failures) const override {
    const table::ColumnPtr answers = condition_->evaluate(batch);
    failures.count_condition(subject_, batch, *answers);
    std::vector<uint32_t> rows;
    kernel::for_each_bit(answers->valid_words(), [&](size_t row) {
      if (answers->booleans()[row] != 0) rows.push_back(static_cast<uint32_t>(row));
    });
    return rows.size() == batch.rows ? batch : table::gather(batch, rows);
  }

 private:
  PlacedText written_;
  std::string subject_;
  std::optional<Expression> condition_;
};

}  // namespace

Result<StepPtr> make_filter_step(const StepSource& source) {
  if (!source.arguments.is_scalar())
    return source.arguments.error("'filter' takes a condition", "for example: filter: weight > 3000");
  return StepPtr(
      std::make_unique<FilterStep>(place_scalar(source.arguments, source.document), source.arguments.place()));
}

}  // namespace aml::prep
