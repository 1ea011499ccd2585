// A project: the folder a run is made of. Its root is where aml.yaml lies; without one the top of the git repository,
// without that the folder one starts in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "os/file.h"
#include "project/walk.h"

namespace aml::project {

inline constexpr std::string_view kConfigFile = "aml.yaml";

struct Project {
  Path root;         // absolute
  std::string name;  // from aml.yaml, else the name of the folder
  SnapshotLimits limits = {};
  std::vector<std::string> allowed_secrets = {};  // paths that may go into a snapshot although they look like secrets
};

// Reads aml.yaml if there is one; an unknown key or a wrong value is a usage error with its place. The key `settings`
// belongs to the command line (cli/settings.h) and is passed over.
Result<Project> open_project(const Path& directory);

// Makes aml.yaml and .amlignore in `directory`, which is made if need be. conflict when there is an aml.yaml.
Status create_project(const Path& directory, std::string_view name);

}  // namespace aml::project
