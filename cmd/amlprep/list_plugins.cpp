// What `amlprep --version -v` says of plugins.
#include <fmt/format.h>

#include "amlprep/commands.h"
#include "os/machine.h"
#include "plugin/table_plugins.h"

namespace aml::amlprep {

std::string list_plugins() {
  const auto program = os::own_program();
  if (!program.ok()) return {};
  const Path folder = plugin::plugin_folder_of(*program);
  std::string lines;
  for (const plugin::TablePluginInfo& found : plugin::list_table_plugins(folder))
    lines += fmt::format("plugin {}: {}\n", found.name, found.description);
  return lines.empty() ? fmt::format("plugins: none in {}\n", folder.string()) : lines;
}

}  // namespace aml::amlprep
