// Holds the rows of a table against a schema: every failure is counted, the first of each rule and column are kept with
// file, line and value. Memory is bounded, but for columns that must be unique: their values have a budget.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "inspect/data_schema.h"
#include "table/reader.h"
#include "text/fields.h"

namespace aml::inspect {

struct ColumnDrift;

enum class Rule : uint8_t { column, rows, type, missing, min, max, values, pattern, characters, unique, drift };
std::string_view name_of(Rule rule);  // "column", …: an interface

struct Failure {
  Rule rule = Rule::column;
  std::string column;   // empty for rules of the whole table
  std::string file;     // empty where it is not about one row
  uint64_t line = 0;    // 0: not known
  std::string value;    // cut
  std::string message;  // "99999 is above 6300"
};
std::string to_text(const Failure& failure);  // "a.csv:18: body_mass_g: 99999 is above 6300"
text::Fields describe(const Failure& failure);

struct CheckOptions {
  uint64_t failures_max = 10;  // kept per rule and column
  uint64_t memory_bytes = uint64_t{256} << 20;
};

struct FailureCount {
  Rule rule = Rule::column;
  std::string column;
  uint64_t count = 0;
};

struct CheckReport {
  uint64_t rows = 0;
  std::vector<Failure> failures;     // in the order of the rows, those of the whole table last
  std::vector<FailureCount> counts;  // of all, in the order of the columns
  uint64_t failed() const;
};
text::Fields describe(const FailureCount& count);

// Failures of the whole table, found elsewhere.
void add_failures(CheckReport& report, std::vector<Failure> failures);

// "body_mass_g: 132 more failures of 'max'" for each rule that failed more often than was kept.
std::vector<std::string> describe_rest(const CheckReport& report);

class SchemaCheck {
 public:
  ~SchemaCheck();
  SchemaCheck(SchemaCheck&&) noexcept;

  // `schema` is copied. Columns that are absent or not known fail at once.
  static SchemaCheck create(DataSchema schema, const table::SchemaPtr& columns, const CheckOptions& options);

  Status add(const table::Batch& batch);
  CheckReport finish();

 private:
  class State;
  explicit SchemaCheck(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// All rows of `reader`; `on_batch` is told how many there were so far.
Status check_rows(table::Reader& reader, SchemaCheck& check, const std::function<void(uint64_t)>& on_batch);

// Drifts above the limits, as failures of the rule `drift`.
std::vector<Failure> find_drift(const std::vector<ColumnDrift>& drifts, const DriftLimits& limits);

}  // namespace aml::inspect
