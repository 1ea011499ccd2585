#include "source/renamed_reader.h"

#include <fmt/format.h>

#include "table/header.h"

namespace aml::source {
namespace {

class RenamedReader final : public table::Reader {
 public:
  RenamedReader(std::unique_ptr<table::Reader> reader, table::SchemaPtr schema)
      : reader_(std::move(reader)), schema_(std::move(schema)) {}

  const table::SchemaPtr& schema() const override { return schema_; }

  Result<std::optional<table::Batch>> next() override {
    auto batch = TRY(reader_->next());
    if (batch) batch->schema = schema_;
    return batch;
  }

 private:
  std::unique_ptr<table::Reader> reader_;
  table::SchemaPtr schema_;
};

}  // namespace

Result<std::unique_ptr<table::Reader>> rename_columns(std::unique_ptr<table::Reader> reader,
                                                      std::vector<std::string> names, const std::string& name) {
  const size_t columns = reader->schema()->size();
  if (names.size() != columns)
    return Error{ErrorKind::bad_data,
                 fmt::format("'{}' has {} column{}, but {} name{} given", name, columns, columns == 1 ? "" : "s",
                             names.size(), names.size() == 1 ? " is" : "s are")};
  auto fields = table::make_text_schema(std::move(names))->fields();
  for (size_t i = 0; i < columns; ++i) fields[i].type = (*reader->schema())[i].type;
  auto schema = std::make_shared<const table::Schema>(std::move(fields));
  return std::unique_ptr<table::Reader>(new RenamedReader(std::move(reader), std::move(schema)));
}

}  // namespace aml::source
