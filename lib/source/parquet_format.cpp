#include "source/parquet_format.h"

#include <fmt/format.h>

#include "plugin/table_plugins.h"
#include "table/plugin_table.h"

namespace aml::source {

// "PARE" marks a file whose footer is encrypted: the plugin says so.
bool is_parquet(std::string_view head, std::string_view) {
  return head.starts_with("PAR1") || head.starts_with("PARE");
}

Result<std::unique_ptr<table::Reader>> open_parquet(SeekableFile file, const OpenOptions&, const Context& context) {
  auto loaded = plugin::load_table_plugin("parquet");
  const aml_table_plugin* plugin = TRY(with_context(std::move(loaded), fmt::format("cannot read '{}'", file.name)));
  return table::open_plugin_reader(*plugin, {std::move(file.name), std::move(file.fd)}, context.cancel);
}

}  // namespace aml::source
