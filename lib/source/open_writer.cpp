#include "source/open_writer.h"

#include "plugin/table_plugins.h"
#include "table/plugin_table.h"

namespace aml::source {

Result<std::unique_ptr<table::Writer>> open_writer(Sink& sink, table::SchemaPtr schema,
                                                   const table::WriteOptions& options) {
  if (options.format != table::Format::parquet) return table::open_writer(sink, std::move(schema), options);
  const aml_table_plugin* plugin = TRY(plugin::load_table_plugin("parquet"));
  return table::open_plugin_writer(*plugin, sink, std::move(schema));
}

}  // namespace aml::source
