// - precision: {price: 2}      numbers rounded to so many decimal places, on the digits written
#include <fmt/format.h>

#include "prep/cell_value.h"
#include "prep/decimal.h"
#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"
#include "prep/vector.h"
#include "table/scalar.h"
#include "text/numbers.h"

namespace aml::prep {
namespace {

constexpr int64_t kPlacesMax = 30;

struct Rounding {
  PlacedName name;
  int places = 0;
  size_t column = 0;
};

// The digits of a valid cell: as written if they are kept.
std::string_view digits_of(const table::Column& column, size_t row, std::string& scratch) {
  if (!column.texts().empty()) return table::trim(column.texts()[row].view());
  scratch = text::format_number(column.doubles()[row]);
  return scratch;
}

table::ColumnPtr round_column(const table::Column& column, int places) {
  table::ColumnBuilder builder(column.type(), table::KeepText::yes);
  builder.reserve(column.rows());
  builder.pin_all(column);
  TextBlocks blocks;
  std::string scratch;
  for (size_t row = 0; row < column.rows(); ++row) {
    const table::TextView original = column.texts().empty() ? table::TextView() : column.texts()[row];
    if (const table::CellError* error = column.error_at(row)) {
      builder.append_error(error->problem, original);
    } else if (!column.is_valid(row)) {
      builder.append_missing(original);
    } else {
      const std::string_view digits = digits_of(column, row, scratch);
      const auto rounded = round_decimal(digits, places);
      const auto value = rounded ? text::parse_double(*rounded) : std::nullopt;
      if (value) builder.append_double(*value, blocks.copy(*rounded));
      else builder.append_error(table::CellProblem::out_of_range, blocks.copy(digits));
    }
  }
  for (table::Bytes& pin : blocks.take_pins()) builder.pin(std::move(pin));
  return builder.finish();
}

class PrecisionStep final : public MapStep {
 public:
  explicit PrecisionStep(std::vector<Rounding> roundings) : roundings_(std::move(roundings)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    for (Rounding& rounding : roundings_) {
      rounding.column = TRY(require_column(*input, rounding.name));
      const table::ColumnType type = (*input)[rounding.column].type;
      if (type != table::ColumnType::float64)
        return rounding.name.error(fmt::format("'precision' works on numbers, column '{}' is of type {}",
                                               rounding.name.name, table::name_of(type)),
                                   fmt::format("put 'cast: {{{}: number}}' before", rounding.name.name));
    }
    return input;
  }

  table::Batch process(const table::Batch& batch, Failures& failures) const override {
    std::vector<table::ColumnPtr> columns = batch.columns;
    for (const Rounding& rounding : roundings_) {
      const table::ColumnPtr before = columns[rounding.column];
      columns[rounding.column] = round_column(*before, rounding.places);
      failures.count_column(rounding.name.name, batch, *columns[rounding.column], {before});
    }
    return with_columns(batch, batch.schema, std::move(columns));
  }

 private:
  std::vector<Rounding> roundings_;
};

}  // namespace

Result<StepPtr> make_precision_step(const StepSource& source) {
  std::vector<Rounding> roundings;
  for (auto& [name, value] : TRY(read_entries(source.arguments, "precision"))) {
    const auto places = value->is_scalar() ? value->as_int() : std::nullopt;
    if (!places || *places < -kPlacesMax || *places > kPlacesMax)
      return value->error(fmt::format("the places of column '{}' must be a whole number from -{} to {}", name.name,
                                      kPlacesMax, kPlacesMax));
    roundings.push_back({name, static_cast<int>(*places)});
  }
  return StepPtr(std::make_unique<PrecisionStep>(std::move(roundings)));
}

}  // namespace aml::prep
