// What a table must look like, as people write it down in a *.schema.yaml file: aml-schema(5) describes the format.
// `amlprep check` infers one from data and enforces it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "os/file.h"
#include "table/scalar.h"
#include "table/schema.h"

namespace aml::inspect {

inline constexpr int kSchemaVersion = 1;

// A limit as it was written, and as a value of the column's type.
struct Bound {
  std::string text;
  table::Scalar value = {};
};

struct ColumnSchema {
  std::string name;
  std::optional<table::ColumnType> type = {};
  bool is_required = true;                  // the column has to be there
  std::optional<double> missing_max = {};   // share of the rows
  std::optional<Bound> min = {}, max = {};  // need a type with an order
  std::optional<std::vector<std::string>> values = {};
  std::optional<std::string> pattern = {};  // in RE2's syntax, for the whole value
  std::optional<uint64_t> characters_min = {}, characters_max = {};
  bool is_unique = false;
};

// Above these a column has drifted.
struct DriftLimits {
  double psi = 0.2;
  double js = 0.1;
  double ks = 0.2;
  double missing = 0.1;  // change of the share
};

struct DataSchema {
  std::string name;                             // of the file
  std::vector<std::string> missing_words = {};  // mean no value, besides the empty field
  bool allows_other_columns = false;
  std::optional<uint64_t> rows_min = {}, rows_max = {};
  std::vector<ColumnSchema> columns = {};
  DriftLimits drift = {};
};

Result<DataSchema> parse_data_schema(std::string_view document, std::string_view name);
Result<DataSchema> load_data_schema(const Path& path);
std::string write_data_schema(const DataSchema& schema);

}  // namespace aml::inspect
