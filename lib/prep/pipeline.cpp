#include "prep/pipeline.h"

#include <fmt/format.h>

#include <algorithm>

#include "prep/cell_value.h"
#include "text/fields.h"

namespace aml::prep {
namespace {

table::ColumnPtr without_errors(const table::ColumnPtr& column) {
  if (column->errors().empty()) return column;
  table::ColumnBuilder builder = start_copy(*column);
  for (size_t row = 0; row < column->rows(); ++row) {
    if (column->error_at(row) != nullptr) builder.append_missing();
    else copy_cell(builder, *column, row);
  }
  return builder.finish();
}

// "species text, year integer"
std::string describe_columns(const table::Schema& schema) {
  std::string list;
  for (const table::Field& field : schema.fields())
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", text::escape_tsv(field.name), table::name_of(field.type));
  return list;
}

}  // namespace

std::vector<std::string> error_policy_names() { return {"keep", "missing", "fail"}; }

std::optional<ErrorPolicy> parse_error_policy(std::string_view name) {
  if (name == "keep") return ErrorPolicy::keep;
  if (name == "missing") return ErrorPolicy::missing;
  if (name == "fail") return ErrorPolicy::fail;
  return std::nullopt;
}

// What one stage sees of those behind it.
class Pipeline::Link final : public Flow {
 public:
  Link(Pipeline& pipeline, size_t next, const Emit& emit)
      : Flow(pipeline.failures_), pipeline_(pipeline), next_(next), emit_(emit) {}

  Status emit(table::Batch batch) override { return pipeline_.push_into(next_, std::move(batch), emit_); }

 private:
  Pipeline& pipeline_;
  size_t next_;
  const Emit& emit_;
};

Result<Pipeline> Pipeline::create(Package package, table::SchemaPtr input, ErrorPolicy policy,
                                  const Resources& resources) {
  Pipeline pipeline(std::move(package), policy);
  pipeline.schemas_.push_back(std::move(input));
  for (const PackageStep& step : pipeline.package_.steps) {
    pipeline.schemas_.push_back(TRY(step.step->bind(pipeline.schemas_.back())));
    pipeline.stages_.push_back(step.step->start(resources));
  }
  return pipeline;
}

std::vector<std::string> Pipeline::describe_plan(std::string_view source) const {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("read\t{}\t{}", source, describe_columns(*schemas_[0])));
  for (size_t i = 0; i < package_.steps.size(); ++i) {
    const PackageStep& step = package_.steps[i];
    lines.push_back(fmt::format("{}\t{}\t{}", step.name, step.place, describe_columns(*schemas_[i + 1])));
  }
  return lines;
}

Status Pipeline::push(table::Batch batch, const Emit& emit) {
  TRY(push_into(0, std::move(batch), emit));
  return check_failures();  // also those in rows that a step holds back
}

Status Pipeline::finish(const Emit& emit) {
  for (size_t i = 0; i < stages_.size(); ++i) {
    Link link(*this, i + 1, emit);
    failures_.enter_step(package_.steps[i].place);
    TRY(stages_[i]->finish(link));
  }
  return check_failures();
}

std::vector<std::optional<text::Json>> Pipeline::learned() const {
  std::vector<std::optional<text::Json>> learned;
  for (const StagePtr& stage : stages_) learned.push_back(stage->learned());
  return learned;
}

bool Pipeline::wants_more() const {
  return std::none_of(stages_.begin(), stages_.end(), [](const StagePtr& stage) { return stage->is_sated(); });
}

Status Pipeline::push_into(size_t stage, table::Batch batch, const Emit& emit) {
  if (batch.rows == 0) return {};
  if (stage == stages_.size()) return deliver(std::move(batch), emit);
  Link link(*this, stage + 1, emit);
  const std::string_view caller = failures_.enter_step(package_.steps[stage].place);
  const Status pushed = stages_[stage]->push(std::move(batch), link);
  failures_.enter_step(caller);
  if (!pushed.ok()) return pushed.error();
  return {};
}

Status Pipeline::deliver(table::Batch batch, const Emit& emit) {
  TRY(check_failures());
  if (policy_ == ErrorPolicy::missing)
    for (table::ColumnPtr& column : batch.columns) column = without_errors(column);
  return emit(std::move(batch));
}

Status Pipeline::check_failures() const {
  if (policy_ != ErrorPolicy::fail || failures_.total() == 0) return {};
  return Error{ErrorKind::bad_data, describe_first(failures_.kinds()[0]),
               "--errors keep writes such cells as they are, --errors missing leaves them out"};
}

}  // namespace aml::prep
