// Something about a column that a person should know before using it, with the step of a prep package that would act
// on it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "table/profile.h"

namespace aml::inspect {

struct ColumnInspection;
struct TableInspection;

// In the order in which their steps have to run.
enum class FindingKind : uint8_t {
  spaces,         // at the ends of values
  variants,       // values that differ in case or spaces only
  placeholder,    // words or numbers that seem to stand for "missing"
  mixed_types,    // nearly all values are of one type
  leading_zeros,  // digits that a number would lose
  typed,          // all values are of a type that is not text
  outliers,
  correlated,
  empty,
  constant,
  sparse,  // hardly any values
  identifier,
  duplicate,  // of another column
};
std::string_view name_of(FindingKind kind);  // "leading_zeros", …: an interface

struct Finding {
  FindingKind kind = FindingKind::typed;
  std::string message;  // about the column, which it does not name: "all 344 values are 'Anvers'"
  std::string step;     // "drop: [Region]"; empty where there is none
};

// `numbers` is the column's sample as numbers, empty where it is none.
std::vector<Finding> find_in_column(const table::ColumnProfile& profile, const ColumnInspection& inspection,
                                    const table::Column& sample, const std::vector<double>& numbers);

// What takes two columns to see: adds to the findings of the later one.
void find_between_columns(TableInspection& table);

// A prep package with the steps of all findings, in an order that works; empty when nothing is to be done.
std::string suggest_package(const TableInspection& table);

}  // namespace aml::inspect
