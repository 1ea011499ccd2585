// Learns what the steps of a package learn from rows (fit_step.h) and writes it into the package's text, under
// `values` of each such step; all else of the text, comments too, stays as it is.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "prep/package.h"
#include "prep/stage.h"
#include "table/reader.h"
#include "text/yaml.h"

namespace aml::prep {

// Opens the table from its start. The table is read once for each step whose columns are learned, and once for the
// others together.
using OpenTable = std::function<Result<std::unique_ptr<table::Reader>>()>;

struct FittedPackage {
  std::string document;
  size_t steps = 0;  // that have got values; those that had them keep them
};

Result<FittedPackage> fit_package(std::string_view document, std::string_view name, const Surroundings& surroundings,
                                  const OpenTable& open, const Resources& resources);

// The document with `values` in the mapping that stands at this place, at its end.
std::string insert_values(std::string_view document, const text::Yaml& mapping, const text::Json& values);

}  // namespace aml::prep
