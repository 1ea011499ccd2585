// A prep package: the *.prep.yaml file of aml-prep(5), which says how a source is read and which steps follow.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "os/file.h"
#include "prep/step.h"
#include "source/open.h"

namespace aml::prep {

inline constexpr int64_t kPackageVersion = 1;

struct PackageStep {
  std::string name;   // "keep"
  std::string place;  // "penguins.prep.yaml:12:5"
  StepPtr step;
};

struct Package {
  std::string name;                 // of the file
  std::vector<std::string> inputs;  // of the source it names for itself; empty if it names none
  source::OpenOptions source;
  std::vector<PackageStep> steps;
};

Result<Package> load_package(const Path& path, const Surroundings& surroundings);
Result<Package> parse_package(std::string_view document, std::string_view name, const Surroundings& surroundings);
// With nothing around them.
Result<Package> load_package(const Path& path);
Result<Package> parse_package(std::string_view document, std::string_view name);

}  // namespace aml::prep
