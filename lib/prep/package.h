// A prep package: the *.prep.yaml file of aml-prep(5), which says how a source is read and which steps follow.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "os/file.h"
#include "prep/step.h"
#include "table/reader.h"

namespace aml::prep {

inline constexpr int64_t kPackageVersion = 1;

struct PackageStep {
  std::string name;   // "keep"
  std::string place;  // "penguins.prep.yaml:12:5"
  StepPtr step;
};

struct Package {
  std::string name;  // of the file
  table::ReadOptions source;
  std::vector<PackageStep> steps;
};

// The package's source options, with those of the command line that were given (are not the default) put over them.
table::ReadOptions override_source(table::ReadOptions source, const table::ReadOptions& given);

// What 'source' says, here or in a step that reads another table.
Result<table::ReadOptions> read_source(const text::Yaml& node);

Result<std::string> read_package_text(const Path& path);
Result<Package> load_package(const Path& path);
Result<Package> parse_package(std::string_view document, std::string_view name);

}  // namespace aml::prep
