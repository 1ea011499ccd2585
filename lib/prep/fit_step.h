// Steps that learn something from all rows and then apply it: impute, scale, encode, pivot, cluster. What is learned
// stands in the package under `values`, where it can be read and edited. With `values` the step only applies them, so
// that new data goes through what was learned from the old; without, it holds the rows, learns from them, and applies
// that to the same rows. fit_package.h writes what was learned into a package.
#pragma once

#include <optional>

#include "prep/step.h"
#include "prep/step_arguments.h"
#include "text/json.h"

namespace aml::prep {

// Learns from rows.
class Fit {
 public:
  virtual ~Fit() = default;
  virtual Status add(const table::Batch& batch) = 0;
  virtual Result<text::Json> finish() = 0;  // for `values`. Once, last.

  // True when further rows would teach nothing, so that reading can stop.
  virtual bool is_sated() const { return false; }
};

class FitStep : public Step {
 public:
  // `arguments` is a mapping with other keys besides `values`.
  explicit FitStep(const text::Yaml& arguments);

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) final;
  StagePtr start(const Resources& resources) const final;

  bool has_values() const { return values_.has_value(); }
  // Which columns the step makes is known only from its values.
  virtual bool makes_learned_columns() const { return false; }

  // For those who only learn: in the place of bind(), then learn().
  Status bind_to_learn(const table::SchemaPtr& input);
  virtual std::unique_ptr<Fit> learn(const Resources& resources) const = 0;

  // The bound step that applies what was learned.
  Result<StepPtr> apply(const text::Json& values) const;

 protected:
  // Finds the columns of the arguments; what the next two stand on.
  virtual Status resolve(const table::Schema& input) = 0;
  // The columns after the step, where they do not depend on the values.
  virtual Result<table::SchemaPtr> known_schema() const = 0;
  // An error says what is wrong with the values, without a place.
  virtual Result<StepPtr> with_values(const text::Json& values) const = 0;

  const table::SchemaPtr& input() const { return input_; }
  Error error(std::string message, std::string hint) const;  // at the step's arguments

 private:
  std::string place_;
  std::string values_place_;
  std::optional<text::Json> values_;
  table::SchemaPtr input_;
  StepPtr applier_;  // of the values that are given
};

}  // namespace aml::prep
