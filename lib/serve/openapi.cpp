#include "serve/openapi.h"

namespace aml::serve {
namespace {

using text::Json;

Json type_schema(table::ColumnType type) {
  Json schema = Json::object();
  switch (type) {
    case table::ColumnType::boolean: schema.set("type", "boolean"); break;
    case table::ColumnType::int64: schema.set("type", "integer"); break;
    case table::ColumnType::float64: schema.set("type", "number"); break;
    case table::ColumnType::date: schema.set("type", "string").set("format", "date"); break;
    case table::ColumnType::timestamp: schema.set("type", "string").set("format", "date-time"); break;
    case table::ColumnType::text: schema.set("type", "string"); break;
  }
  schema.set("nullable", true);
  return schema;
}

Json row_schema(const model::Signature& signature) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const table::Field& field : signature.columns.fields()) {
    properties.set(field.name, type_schema(field.type));
    required.push(field.name);
  }
  return Json::object({{"type", "object"}, {"properties", properties}, {"required", required}});
}

Json prediction_schema(const model::Signature& signature) {
  if (signature.task == model::Task::regression)
    return Json::object(
        {{"type", "object"}, {"properties", Json::object({{"score", Json::object({{"type", "number"}})}})}});
  Json label = type_schema(signature.label.type);
  Json classes = Json::object();
  for (const std::string& name : signature.classes) classes.set(name, Json::object({{"type", "number"}}));
  return Json::object(
      {{"type", "object"},
       {"properties", Json::object({{"label", label},
                                    {"probabilities", Json::object({{"type", "object"}, {"properties", classes}})}})}});
}

Json json_content(Json schema) {
  return Json::object({{"application/json", Json::object({{"schema", std::move(schema)}})}});
}

Json reference(const char* name) { return Json::object({{"$ref", std::string("#/components/schemas/") + name}}); }

Json list_of(Json schema) { return Json::object({{"type", "array"}, {"items", std::move(schema)}}); }

}  // namespace

Json openapi_document(const model::Signature& signature, const std::string& model, const std::string& version) {
  const Json rows = Json::object({{"oneOf", Json::array().push(reference("Row")).push(list_of(reference("Row")))}});
  const Json reply = Json::object(
      {{"type", "object"}, {"properties", Json::object({{"predictions", list_of(reference("Prediction"))}})}});
  const Json error =
      Json::object({{"type", "object"}, {"properties", Json::object({{"error", Json::object({{"type", "string"}})}})}});
  const Json post = Json::object(
      {{"summary", "Score rows"},
       {"requestBody", Json::object({{"required", true}, {"content", json_content(rows)}})},
       {"responses",
        Json::object(
            {{"200", Json::object({{"description", "one prediction per row"}, {"content", json_content(reply)}})},
             {"400", Json::object({{"description", "a row cannot be scored"}, {"content", json_content(error)}})}})}});
  return Json::object(
      {{"openapi", "3.0.3"},
       {"info", Json::object({{"title", model}, {"version", version.empty() ? "0" : version}})},
       {"paths", Json::object({{"/score", Json::object({{"post", post}})}})},
       {"components", Json::object({{"schemas", Json::object({{"Row", row_schema(signature)},
                                                              {"Prediction", prediction_schema(signature)}})}})}});
}

}  // namespace aml::serve
