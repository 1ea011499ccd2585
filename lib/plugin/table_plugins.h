// Finds and loads plugins for table formats (aml_table_plugin.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "os/file.h"
#include "plugin/aml_table_plugin.h"

namespace aml::plugin {

// Where plugins lie for a program that is installed at `program`.
Path plugin_folder_of(const Path& program);

// The plugin of that name in `folder`, which stays loaded until the process ends; not_found when it is not there.
Result<const aml_table_plugin*> load_table_plugin(const Path& folder, std::string_view name);
// In the folder of this program.
Result<const aml_table_plugin*> load_table_plugin(std::string_view name);

struct TablePluginInfo {
  std::string name;
  std::string description;  // or why it does not load
};
// All that lie in `folder`, by name.
std::vector<TablePluginInfo> list_table_plugins(const Path& folder);

}  // namespace aml::plugin
