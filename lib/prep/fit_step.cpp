#include "prep/fit_step.h"

#include <fmt/format.h>

#include "prep/row_spool.h"

namespace aml::prep {
namespace {

// Holds the rows until all have been seen, then passes them through what was learned from them.
class FitStage final : public Stage {
 public:
  FitStage(const FitStep& step, table::SchemaPtr schema, const Resources& resources)
      : step_(step), resources_(resources), fit_(step.learn(resources)), rows_(std::move(schema), resources) {}

  Status push(table::Batch batch, Flow&) override {
    TRY(fit_->add(batch));
    return rows_.add(batch);
  }

  Status finish(Flow& flow) override {
    learned_ = TRY(fit_->finish());
    const auto applier = TRY(step_.apply(*learned_));
    const StagePtr stage = applier->start(resources_);
    TRY(rows_.drain([&](table::Batch batch) { return stage->push(std::move(batch), flow); }));
    return stage->finish(flow);
  }

  std::optional<text::Json> learned() const override { return learned_; }

 private:
  const FitStep& step_;  // outlives its stages
  Resources resources_;
  std::unique_ptr<Fit> fit_;
  RowSpool rows_;
  std::optional<text::Json> learned_;
};

}  // namespace

FitStep::FitStep(const text::Yaml& arguments) : place_(arguments.place()) {
  const text::Yaml* values = arguments.find("values");
  if (values == nullptr) return;
  values_ = values->to_json();
  values_place_ = values->place();
}

Result<table::SchemaPtr> FitStep::bind(const table::SchemaPtr& input) {
  input_ = input;
  TRY(resolve(*input));
  if (!values_) return known_schema();
  applier_ = TRY(with_context(with_values(*values_), values_place_));
  return applier_->bind(input);
}

Status FitStep::bind_to_learn(const table::SchemaPtr& input) {
  input_ = input;
  return resolve(*input);
}

StagePtr FitStep::start(const Resources& resources) const {
  if (applier_) return applier_->start(resources);
  return std::make_unique<FitStage>(*this, input_, resources);
}

Result<StepPtr> FitStep::apply(const text::Json& values) const {
  auto applier = TRY(with_values(values));
  TRY(applier->bind(input_));
  return applier;
}

Error FitStep::error(std::string message, std::string hint) const {
  return Error{ErrorKind::bad_data, fmt::format("{}: {}", place_, message), std::move(hint)};
}

}  // namespace aml::prep
