#include "model/predict.h"

#include <fmt/format.h>

namespace aml::model {
namespace {

Result<table::SchemaPtr> joined_schema(const table::Schema& input, const table::SchemaPtr& predictions,
                                       Columns columns) {
  if (columns == Columns::predictions) return predictions;
  std::vector<table::Field> fields = input.fields();
  for (const table::Field& field : predictions->fields()) {
    if (input.find(field.name))
      return Error{ErrorKind::bad_data, fmt::format("the table already has a column '{}'", field.name),
                   "rename it, or write the predictions alone with --only-predictions"};
    fields.push_back(field);
  }
  return std::make_shared<const table::Schema>(std::move(fields));
}

table::Batch join(const table::Batch& input, table::Batch predictions, const table::SchemaPtr& schema,
                  Columns columns) {
  if (columns == Columns::predictions) return predictions;
  table::Batch joined = input;
  joined.schema = schema;
  joined.columns.insert(joined.columns.end(), predictions.columns.begin(), predictions.columns.end());
  return joined;
}

}  // namespace

Result<PredictReport> predict_table(table::Reader& reader, const BatchScorer& scorer, Columns columns, Sink& out,
                                    const table::WriteOptions& options) {
  TRY(scorer.check_columns(*reader.schema(), "the table"));
  const auto schema = TRY(joined_schema(*reader.schema(), scorer.output_schema(), columns));
  const auto writer = TRY(table::open_writer(out, schema, options));
  PredictReport report;
  report.unconverted.resize(scorer.input_schema().size());
  while (const auto batch = TRY(reader.next())) {
    Scored scored = TRY(scorer.score_counted(*batch));
    add(report.unconverted, scored.unconverted);
    report.rows += batch->rows;
    TRY(writer->write(join(*batch, std::move(scored.batch), schema, columns)));
  }
  TRY(writer->finish());
  return report;
}

}  // namespace aml::model
