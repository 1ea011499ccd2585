#include "source/open.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "source/expand.h"
#include "source/open_input.h"

namespace aml::source {
namespace {

// "'b.csv' has no column 'x', which 'a.csv' has".
Error different_columns(const std::string& name, const table::Schema& schema, const std::string& first_name,
                        const table::Schema& first) {
  const auto complain = [](const std::string& without, const std::string& column, const std::string& with) {
    return Error{ErrorKind::bad_data, fmt::format("'{}' has no column '{}', which '{}' has", without, column, with),
                 "files that are read as one table have the same columns, in any order"};
  };
  for (const table::Field& field : first.fields())
    if (!schema.find(field.name)) return complain(name, field.name, first_name);
  for (const table::Field& field : schema.fields())
    if (!first.find(field.name)) return complain(first_name, field.name, name);
  return {ErrorKind::bad_data, fmt::format("'{}' has columns of other types than '{}'", name, first_name)};
}

// A column that says `text` in each of `rows` rows.
table::ColumnPtr repeat(const std::string& text, size_t rows) {
  const auto block = std::make_shared<const std::string>(text);
  table::ColumnBuilder builder(table::ColumnType::text);
  builder.reserve(rows);
  for (size_t row = 0; row < rows; ++row) builder.append_text(table::TextView(*block));
  builder.pin(block);
  return builder.finish();
}

class ConcatReader final : public table::Reader {
 public:
  static Result<std::unique_ptr<table::Reader>> open(std::vector<std::string> names, const OpenOptions& options,
                                                     const Context& context) {
    std::unique_ptr<ConcatReader> reader(new ConcatReader(std::move(names), options, context));
    TRY(reader->open_first());
    return std::unique_ptr<table::Reader>(std::move(reader));
  }

  const table::SchemaPtr& schema() const override { return schema_; }

  Result<std::optional<table::Batch>> next() override {
    for (;;) {
      auto batch = TRY(reader_->next());
      if (batch) return std::optional(with_our_columns(*std::move(batch)));
      if (at_ + 1 == names_.size()) return batch;
      reader_ = nullptr;  // its memory and file go before the next one's come
      reader_ = TRY(open_input(names_[++at_], options_, context_));
      TRY(match_columns());
    }
  }

 private:
  ConcatReader(std::vector<std::string> names, const OpenOptions& options, const Context& context)
      : names_(std::move(names)), options_(options), context_(context) {}

  Status open_first() {
    reader_ = TRY(open_input(names_[0], options_, context_));
    first_schema_ = reader_->schema();
    schema_ = first_schema_;
    if (!options_.path_column) return {};
    if (schema_->find(*options_.path_column))
      return Error{ErrorKind::usage, fmt::format("'{}' has a column '{}' already", names_[0], *options_.path_column),
                   "give the column of file names another name"};
    auto fields = schema_->fields();
    fields.push_back({*options_.path_column, table::ColumnType::text});
    schema_ = std::make_shared<const table::Schema>(std::move(fields));
    return {};
  }

  // Where in the reader at hand the columns of the first stand.
  Status match_columns() {
    const table::Schema& schema = *reader_->schema();
    places_.clear();
    if (schema == *first_schema_) return {};
    for (const table::Field& field : first_schema_->fields()) {
      const auto place = schema.find(field.name);
      if (!place || schema.size() != first_schema_->size() || schema[*place] != field)
        return different_columns(names_[at_], schema, names_[0], *first_schema_);
      places_.push_back(*place);
    }
    return {};
  }

  table::Batch with_our_columns(table::Batch batch) const {
    batch.schema = schema_;
    if (!places_.empty()) {
      std::vector<table::ColumnPtr> columns;
      for (const size_t place : places_) columns.push_back(batch.columns[place]);
      batch.columns = std::move(columns);
    }
    if (options_.path_column) batch.columns.push_back(repeat(names_[at_], batch.rows));
    return batch;
  }

  std::vector<std::string> names_;
  size_t at_ = 0;
  OpenOptions options_;
  Context context_;
  std::unique_ptr<table::Reader> reader_;
  table::SchemaPtr first_schema_;
  table::SchemaPtr schema_;     // with the path column
  std::vector<size_t> places_;  // empty: as in the first
};

}  // namespace

Result<std::unique_ptr<table::Reader>> open_table(const std::string& name, const OpenOptions& options,
                                                  const Context& context) {
  return open_tables({name}, options, context);
}

Result<std::unique_ptr<table::Reader>> open_tables(std::vector<std::string> names, const OpenOptions& options,
                                                   const Context& context) {
  AML_CHECK(!names.empty());
  if (std::count(names.begin(), names.end(), "-") > 1)
    return Error{ErrorKind::usage, "standard input can be read only once", "give '-' at most once"};
  std::vector<std::string> inputs;
  for (const std::string& name : names)
    for (std::string& input : TRY(expand_name(name))) inputs.push_back(std::move(input));
  if (inputs.size() == 1 && !options.path_column) return open_input(inputs[0], options, context);
  return ConcatReader::open(std::move(inputs), options, context);
}

}  // namespace aml::source
