#include "source/odbc_scheme.h"

#include "plugin/table_plugins.h"
#include "table/plugin_table.h"

namespace aml::source {

Result<std::unique_ptr<table::Reader>> open_odbc(const std::string& name, const OpenOptions& options,
                                                 const Context& context) {
  if (options.query.empty())
    return Error{ErrorKind::usage, "a data base needs a query", "say what to read with --query 'select …'"};
  const aml_table_plugin* plugin = TRY(plugin::load_table_plugin("odbc"));
  // Connection strings may hold a password: messages go without.
  table::PluginSource source{std::string(kOdbcPrefix), {}, name.substr(kOdbcPrefix.size()), options.query};
  return table::open_plugin_reader(*plugin, std::move(source), context.cancel);
}

}  // namespace aml::source
