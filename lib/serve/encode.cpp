#include "serve/encode.h"

#include "table/writer.h"
#include "text/json.h"

namespace aml::serve {
namespace {

// A number as it stands, everything else as a string; null when there is no value.
void append_cell(std::string& out, const table::Column& column, size_t row) {
  if (!column.is_valid(row)) {
    out.append("null");
    return;
  }
  std::string text;
  column.append_text(text, row);
  if (table::is_numeric(column.type()) && text != "nan" && text != "inf" && text != "-inf") out.append(text);
  else text::append_json_string(out, text);
}

}  // namespace

std::string encode_json(const table::Batch& scored, const model::Signature& signature) {
  const bool is_classification = signature.task == model::Task::classification;
  // The first column is the label or the score, the others are the probabilities of the classes, in their order.
  std::vector<std::string> class_keys;
  for (const std::string& name : signature.classes) {
    class_keys.emplace_back();
    text::append_json_string(class_keys.back(), name);
  }
  std::string out = R"({"predictions":[)";
  for (size_t row = 0; row < scored.rows; ++row) {
    out.append(row == 0 ? "{" : ",{").append(is_classification ? R"("label":)" : R"("score":)");
    append_cell(out, *scored.columns[0], row);
    if (scored.columns.size() > 1) out.append(R"(,"probabilities":{)");
    for (size_t i = 1; i < scored.columns.size(); ++i) {
      out.append(i == 1 ? "" : ",").append(class_keys[i - 1]).push_back(':');
      append_cell(out, *scored.columns[i], row);
    }
    out.append(scored.columns.size() > 1 ? "}}" : "}");
  }
  return out.append("]}\n");
}

Result<std::string> encode_csv(const std::vector<table::Batch>& scored, const table::SchemaPtr& schema) {
  StringSink sink;
  const auto writer = TRY(table::open_writer(sink, schema, {.format = table::Format::csv}));
  for (const table::Batch& batch : scored) TRY(writer->write(batch));
  TRY(writer->finish());
  return sink.text();
}

}  // namespace aml::serve
