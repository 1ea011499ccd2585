// - first_row_as_header: {}      the cells of the first row are the names of the columns, and the row goes
#include <fmt/format.h>

#include <numeric>

#include "prep/fit_step.h"
#include "prep/pick.h"
#include "table/header.h"

namespace aml::prep {
namespace {

// The first row alone is learned from.
class HeaderFit final : public Fit {
 public:
  Status add(const table::Batch& batch) override {
    if (std::exchange(has_seen_, true)) return {};
    for (const table::ColumnPtr& column : batch.columns) column->append_text(names_.emplace_back(), 0);
    return {};
  }

  // Names that are empty or stand twice are made usable, as those of a file's header are.
  Result<text::Json> finish() override {
    if (!has_seen_)
      return Error{ErrorKind::bad_data, "'first_row_as_header' found no row", "there is nothing to take names from"};
    text::Json names = text::Json::array();
    for (std::string& name : table::make_text_schema(names_)->names()) names.push(std::move(name));
    return names;
  }

  bool is_sated() const override { return has_seen_; }

 private:
  bool has_seen_ = false;
  std::vector<std::string> names_;
};

class HeaderStage final : public Stage {
 public:
  explicit HeaderStage(table::SchemaPtr schema) : schema_(std::move(schema)) {}

  Status push(table::Batch batch, Flow& flow) override {
    if (!std::exchange(has_seen_, true)) {
      std::vector<uint32_t> rows(batch.rows - 1);
      std::iota(rows.begin(), rows.end(), 1U);
      batch = table::gather(batch, rows);
    }
    batch.schema = schema_;
    return flow.emit(std::move(batch));
  }

 private:
  table::SchemaPtr schema_;
  bool has_seen_ = false;
};

class HeaderValues final : public Step {
 public:
  explicit HeaderValues(std::vector<std::string> names) : names_(std::move(names)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    std::vector<table::Field> fields;
    for (size_t column = 0; column < input->size(); ++column) {
      TRY(add_field(fields, {names_[column], "'values'"}, (*input)[column].type));
    }
    schema_ = std::make_shared<const table::Schema>(std::move(fields));
    return schema_;
  }
  StagePtr start(const Resources&) const override { return std::make_unique<HeaderStage>(schema_); }

 private:
  std::vector<std::string> names_;
  table::SchemaPtr schema_;
};

class HeaderStep final : public FitStep {
 public:
  explicit HeaderStep(const text::Yaml& arguments) : FitStep(arguments) {}

  bool makes_learned_columns() const override { return true; }
  std::unique_ptr<Fit> learn(const Resources&) const override { return std::make_unique<HeaderFit>(); }

 protected:
  Status resolve(const table::Schema&) override { return {}; }

  Result<table::SchemaPtr> known_schema() const override {
    return error("the names of the columns are not known before the rows",
                 "'amlprep fit' learns them and writes them into the package, or list them under 'values'");
  }

  Result<StepPtr> with_values(const text::Json& values) const override {
    if (!values.is_array() || values.items().size() != input()->size())
      return Error{ErrorKind::bad_data, fmt::format("'values' must be a list of {} names", input()->size()),
                   "amlprep fit writes it"};
    std::vector<std::string> names;
    for (const text::Json& name : values.items()) names.push_back(name.string());
    return StepPtr(std::make_unique<HeaderValues>(std::move(names)));
  }
};

}  // namespace

Result<StepPtr> make_first_row_as_header_step(const StepSource& source) {
  TRY(check_options(source.arguments, {"values"}, "first_row_as_header"));
  return StepPtr(std::make_unique<HeaderStep>(source.arguments));
}

}  // namespace aml::prep
