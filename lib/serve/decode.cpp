#include "serve/decode.h"

#include <fmt/format.h>

#include <memory>
#include <vector>

#include "table/cast.h"
#include "table/reader.h"
#include "text/json.h"
#include "text/suggest.h"

namespace aml::serve {
namespace {

using table::ColumnBuilder;
using table::ColumnType;
using text::Json;

Error bad_row(size_t row, std::string_view problem) {
  return Error{ErrorKind::bad_data, fmt::format("row {}: {}", row + 1, problem)};
}

Error bad_cell(size_t row, const table::Field& field, const Json& value) {
  std::string shown = value.dump();
  if (shown.size() > 40) shown = shown.substr(0, 37) + "...";
  return Error{ErrorKind::bad_data,
               fmt::format("row {}, column '{}': {} is not a {}", row + 1, field.name, shown, name_of(field.type))};
}

// The rows of a request in any of its shapes, as pointers into `request`.
Result<std::vector<const Json*>> rows_of(const Json& request, const table::Schema& schema) {
  const Json* list = &request;
  if (request.is_object()) {
    for (const char* wrapper : {"rows", "input_df"})
      if (const Json* inner = request.find(wrapper); inner != nullptr && !schema.find(wrapper)) list = inner;
    if (list == &request) return std::vector<const Json*>{&request};
  }
  if (list->is_object()) return std::vector<const Json*>{list};
  if (!list->is_array())
    return Error{ErrorKind::bad_data, "the body must be a row (an object), a list of rows, or {\"rows\":[…]}"};
  std::vector<const Json*> rows;
  for (const Json& row : list->items()) rows.push_back(&row);
  return rows;
}

// Appends one JSON value to a text column that is cast afterwards, so that "39.1" and 39.1 mean the same.
bool append_as_text(ColumnBuilder& builder, const Json& value) {
  switch (value.kind()) {
    case Json::Kind::null: builder.append_missing(); return true;
    case Json::Kind::boolean: builder.append_owned_text(*value.as_bool() ? "true" : "false"); return true;
    case Json::Kind::number:
    case Json::Kind::string: builder.append_owned_text(value.string()); return true;
    case Json::Kind::array:
    case Json::Kind::object: return false;
  }
  return false;
}

Result<table::ColumnPtr> decode_column(const std::vector<const Json*>& rows, const table::Field& field) {
  ColumnBuilder builder(ColumnType::text);
  builder.reserve(rows.size());
  for (size_t row = 0; row < rows.size(); ++row) {
    const Json* value = rows[row]->find(field.name);
    if (value == nullptr) {
      std::vector<std::string> keys;
      for (const auto& [key, ignored] : rows[row]->members()) keys.push_back(key);
      Error error = bad_row(row, fmt::format("no column '{}'", field.name));
      const std::string near = text::nearest_name(field.name, keys);
      if (!near.empty()) error.hint = fmt::format("'{}' is there; did you mean it?", near);
      return error;
    }
    const bool is_boolean_elsewhere = value->kind() == Json::Kind::boolean && table::is_numeric(field.type);
    if (is_boolean_elsewhere || !append_as_text(builder, *value)) return bad_cell(row, field, *value);
  }
  table::ColumnPtr texts = builder.finish();
  if (field.type == ColumnType::text) return texts;
  table::ColumnPtr typed = table::cast(*texts, field.type);
  if (!typed->errors().empty()) {
    const size_t row = typed->errors()[0].row;
    return bad_cell(row, field, *rows[row]->find(field.name));
  }
  return typed;
}

}  // namespace

Result<table::Batch> decode_json(std::string_view body, const table::SchemaPtr& schema) {
  Json request = TRY(text::parse_json(body, {"body"}));
  if (request.is_string()) request = TRY(text::parse_json(request.string(), {"body"}));
  const auto rows = TRY(rows_of(request, *schema));
  if (rows.empty()) return Error{ErrorKind::bad_data, "no rows to score"};
  if (rows.size() > kRequestRowsMax)
    return Error{ErrorKind::bad_data, fmt::format("{} rows in one request, at most {}", rows.size(), kRequestRowsMax)};
  for (size_t row = 0; row < rows.size(); ++row)
    if (!rows[row]->is_object()) return bad_row(row, "not an object");
  table::Batch batch{schema, {}, rows.size()};
  for (const table::Field& field : schema->fields()) batch.columns.push_back(TRY(decode_column(rows, field)));
  return batch;
}

Result<table::Table> decode_csv(std::string body) {
  table::ReadOptions options;
  options.format = table::Format::csv;
  const auto reader =
      TRY(table::open_reader(std::make_unique<StringSource>(std::move(body)), "body", options, nullptr));
  table::Table rows = TRY(table::read_all(*reader));
  if (rows.rows == 0) return Error{ErrorKind::bad_data, "no rows to score"};
  if (rows.rows > kRequestRowsMax)
    return Error{ErrorKind::bad_data, fmt::format("{} rows in one request, at most {}", rows.rows, kRequestRowsMax)};
  return rows;
}

}  // namespace aml::serve
