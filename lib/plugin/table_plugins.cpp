#include "plugin/table_plugins.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include "os/machine.h"

namespace aml::plugin {
namespace {

constexpr std::string_view kPrefix = "aml_";
constexpr std::string_view kEnding = ".so";

Error not_usable(const Path& file, std::string_view why) {
  return {ErrorKind::system, fmt::format("cannot load plugin '{}': {}", file.string(), why),
          "install the plugin again, together with the libraries it was built with"};
}

}  // namespace

Path plugin_folder_of(const Path& program) { return program.parent_path().parent_path() / AML_PLUGIN_FOLDER; }

Result<const aml_table_plugin*> load_table_plugin(const Path& folder, std::string_view name) {
  const Path file = folder / fmt::format("{}{}{}", kPrefix, name, kEnding);
  if (!os::path_exists(file))
    return Error{ErrorKind::not_found, fmt::format("there is no plugin for {} in '{}'", name, folder.string()),
                 fmt::format("build amltools where the libraries for {} are found, see plugins/README.md", name)};
  // Never closed: libraries such as Arrow start threads and do not survive it.
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return not_usable(file, dlerror());
  void* symbol = dlsym(library, AML_TABLE_PLUGIN_SYMBOL);
  if (symbol == nullptr) return not_usable(file, fmt::format("it does not export {}", AML_TABLE_PLUGIN_SYMBOL));
  const auto* plugin = reinterpret_cast<const aml_table_plugin* (*)()>(symbol)();
  if (plugin == nullptr || plugin->version == 0 || plugin->version > AML_TABLE_PLUGIN_VERSION)
    return not_usable(file, fmt::format("it is of version {}, this program knows versions up to {}",
                                        plugin == nullptr ? 0 : plugin->version, AML_TABLE_PLUGIN_VERSION));
  return plugin;
}

Result<const aml_table_plugin*> load_table_plugin(std::string_view name) {
  return load_table_plugin(plugin_folder_of(TRY(os::own_program())), name);
}

std::vector<TablePluginInfo> list_table_plugins(const Path& folder) {
  std::vector<TablePluginInfo> plugins;
  const auto names = os::list_directory(folder);
  if (!names.ok()) return plugins;  // no folder, no plugins
  for (const std::string& file : *names) {
    if (!file.starts_with(kPrefix) || !file.ends_with(kEnding)) continue;
    const std::string name = file.substr(kPrefix.size(), file.size() - kPrefix.size() - kEnding.size());
    const auto plugin = load_table_plugin(folder, name);
    plugins.push_back({name, plugin.ok() ? (*plugin)->description : plugin.error().message});
  }
  return plugins;
}

}  // namespace aml::plugin
