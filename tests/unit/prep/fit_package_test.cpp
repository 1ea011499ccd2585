#include "prep/fit_package.h"

#include <doctest/doctest.h>

#include "base/sink.h"
#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;

namespace {

// Gives one batch.
class OneBatch final : public table::Reader {
 public:
  explicit OneBatch(table::Batch batch) : batch_(std::move(batch)) {}
  const table::SchemaPtr& schema() const override { return batch_.schema; }
  Result<std::optional<table::Batch>> next() override {
    if (std::exchange(is_read_, true)) return std::optional<table::Batch>();
    return std::optional(batch_);
  }

 private:
  table::Batch batch_;
  bool is_read_ = false;
};

struct Fitted {
  std::string text;  // or the message of the error
  size_t steps = 0;
  size_t readings = 0;
};

Fitted fit(const std::string& steps) {
  const auto batch =
      make_batch({{"x", table::ColumnType::int64, {"1", "", "3"}}, {"c", table::ColumnType::text, {"b", "a", "b"}}});
  Fitted result;
  const OpenTable open = [&]() -> Result<std::unique_ptr<table::Reader>> {
    ++result.readings;
    return std::unique_ptr<table::Reader>(std::make_unique<OneBatch>(batch));
  };
  const auto fitted = fit_package("version: 1\nsteps:\n" + steps, "p.yaml", {}, open, {});
  result.text =
      fitted.ok() ? fitted->document.substr(std::string("version: 1\nsteps:\n").size()) : fitted.error().message;
  result.steps = fitted.ok() ? fitted->steps : 0;
  return result;
}

}  // namespace

TEST_CASE("values are put at the end of a step's lines, and nothing else is touched") {
  const Fitted fitted =
      fit("  - impute:  # see the notes\n      columns:\n        x: mean\n\n  # then\n  - drop: [c]\n");
  CHECK(fitted.text ==
        "  - impute:  # see the notes\n      columns:\n        x: mean\n      values:\n        x: 2\n\n  # then\n  - "
        "drop: [c]\n");
  CHECK(fitted.steps == 1);
  CHECK(fitted.readings == 1);
}

TEST_CASE("values are put inside braces, and behind a last line without an end") {
  CHECK(fit("- impute: {columns: {x: max}}").text == "- impute: {values: {x: 3}, columns: {x: max}}");
  CHECK(fit("- impute:\n    columns: {x: max}").text == "- impute:\n    columns: {x: max}\n    values:\n      x: 3\n");
  CHECK(fit("- impute:\n    columns:\n    # the largest\n      x: max\n# end\n").text ==
        "- impute:\n    columns:\n    # the largest\n      x: max\n    values:\n      x: 3\n# end\n");
}

TEST_CASE("a later step learns from what an earlier one made, also where its columns are learned") {
  const Fitted fitted =
      fit("- impute: {columns: {x: min}}\n- encode: {columns: {c: one_hot}}\n- scale: {columns: {c_a: min_max, x: "
          "min_max}}\n");
  CHECK(fitted.text ==
        "- impute: {values: {x: 1}, columns: {x: min}}\n- encode: {values: {c: [a, b]}, columns: {c: one_hot}}\n"
        "- scale: {values: {c_a: {center: 0, scale: 1}, x: {center: 1, scale: 2}}, columns: {c_a: min_max, x: "
        "min_max}}\n");
  CHECK(fitted.steps == 3);
  CHECK(fitted.readings == 2);
}

TEST_CASE("steps with values keep them, and what does not bind is an error") {
  const Fitted again = fit("- impute: {values: {x: 7}, columns: {x: mean}}\n");
  CHECK(again.text == "- impute: {values: {x: 7}, columns: {x: mean}}\n");
  CHECK(again.steps == 0);
  CHECK(again.readings == 0);
  CHECK(fit("- impute: {columns: {y: mean}}\n").text == "p.yaml:3:22: no column 'y' at this step");
}
