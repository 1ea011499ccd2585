// Packages of the 2017 system (*.dprep, and the *.dsource files they refer to) as prep packages of ours. Both are JSON:
// `activities`, each a list of `blocks` with a type and arguments. What a block means is a table in dprep_blocks.cpp;
// blocks that are not in it are named with what to do instead, never passed over.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "os/file.h"

namespace aml::prep {

struct ImportProblem {
  std::string block;   // "Microsoft.DPrep.CustomBlock"
  std::string place;   // "iris.dprep: block 3"
  std::string advice;  // what to do
};

struct ImportedPackage {
  std::string yaml;                     // always a package that loads
  std::vector<std::string> data_paths;  // of the files it was made for
  std::vector<ImportProblem> problems;
};

// The `dataflow`-th activity, from 0. A referenced .dsource is looked for beside the file that names it.
Result<ImportedPackage> import_dprep(const Path& path, uint64_t dataflow);

}  // namespace aml::prep
