#pragma once

#include <doctest/doctest.h>

#include "inspect/inspection.h"

namespace aml::inspect::testing {

inline TableInspection inspected(std::string csv, const InspectOptions& options = {}) {
  auto reader = table::open_reader(std::make_unique<StringSource>(std::move(csv)), "t.csv", {}, nullptr);
  REQUIRE(reader.ok());
  auto table = inspect_table(**reader, "t.csv", options);
  REQUIRE(table.ok());
  return std::move(*table);
}

}  // namespace aml::inspect::testing
