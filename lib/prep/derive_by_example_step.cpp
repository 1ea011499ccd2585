// - derive_by_example: {from: [name], into: short, examples: […], program: …}      a program learned by amlprep learn
#include <fmt/format.h>

#include "prep/by_example.h"
#include "prep/pick.h"
#include "prep/step.h"

namespace aml::prep {
namespace {

class DeriveByExampleStep final : public MapStep {
 public:
  explicit DeriveByExampleStep(ByExample arguments) : arguments_(std::move(arguments)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    columns_.clear();
    for (const PlacedName& name : arguments_.from) columns_.push_back(TRY(require_column(*input, name)));
    std::vector<table::Field> fields = input->fields();
    TRY(add_field(fields, arguments_.into, table::ColumnType::text));
    schema_ = std::make_shared<const table::Schema>(std::move(fields));
    return schema_;
  }

  table::Batch process(const table::Batch& batch, Failures& failures) const override {
    table::ColumnBuilder builder(table::ColumnType::text);
    builder.reserve(batch.rows);
    std::vector<table::ColumnPtr> sources;
    for (const size_t column : columns_) {
      builder.pin_all(*batch.columns[column]);
      sources.push_back(batch.columns[column]);
    }
    RowReader reader(sources);
    std::string out;
    for (size_t row = 0; row < batch.rows; ++row) append_result(builder, reader, row, out);
    std::vector<table::ColumnPtr> columns = batch.columns;
    columns.push_back(builder.finish());
    failures.count_column(arguments_.into.name, batch, *columns.back(), sources);
    return with_columns(batch, schema_, std::move(columns));
  }

 private:
  // The inputs of one row as views; typed columns without original text are written first.
  class RowReader {
   public:
    explicit RowReader(const std::vector<table::ColumnPtr>& sources)
        : sources_(sources), written_(sources.size()), cells_(sources.size()) {}

    synth::Row read(size_t row) {
      for (size_t i = 0; i < sources_.size(); ++i) {
        const table::Column& column = *sources_[i];
        if (!column.is_valid(row)) {
          cells_[i].reset();
        } else if (column.type() == table::ColumnType::text) {
          cells_[i] = column.texts()[row].view();
        } else {
          written_[i].clear();
          column.append_text(written_[i], row);
          cells_[i] = written_[i];
        }
      }
      return cells_;
    }

    const table::CellError* error_at(size_t row) const {
      for (const table::ColumnPtr& column : sources_)
        if (const table::CellError* error = column->error_at(row)) return error;
      return nullptr;
    }

    // What is shown of a row nothing was learned for.
    table::TextView text_at(size_t row) const {
      const table::Column& first = *sources_.front();
      return first.texts().empty() ? table::TextView() : first.texts()[row];
    }

    bool has_value() const {
      return std::any_of(cells_.begin(), cells_.end(), [](const auto& cell) { return cell.has_value(); });
    }

   private:
    const std::vector<table::ColumnPtr>& sources_;
    std::vector<std::string> written_;
    std::vector<std::optional<std::string_view>> cells_;
  };

  void append_result(table::ColumnBuilder& builder, RowReader& reader, size_t row, std::string& out) const {
    if (const table::CellError* error = reader.error_at(row)) {
      builder.append_error(error->problem, reader.text_at(row));
      return;
    }
    out.clear();
    const synth::Outcome outcome = synth::run(arguments_.program, reader.read(row), out);
    if (outcome == synth::Outcome::value) builder.append_owned_text(out);
    else if (outcome == synth::Outcome::null || !reader.has_value()) builder.append_missing();
    else builder.append_error(table::CellProblem::not_learned);  // without a text, so that it is written as missing
  }

  ByExample arguments_;
  std::vector<size_t> columns_;
  table::SchemaPtr schema_;
};

}  // namespace

Result<StepPtr> make_derive_by_example_step(const StepSource& source) {
  return StepPtr(std::make_unique<DeriveByExampleStep>(TRY(read_by_example(source.arguments))));
}

}  // namespace aml::prep
