// Tables through a plugin (plugin/aml_table_plugin.h): what it reads as batches, batches as what it writes.
#pragma once

#include <memory>
#include <string>

#include "base/cancel.h"
#include "base/sink.h"
#include "os/file.h"
#include "plugin/aml_table_plugin.h"
#include "table/reader.h"
#include "table/writer.h"

namespace aml::table {

struct PluginSource {
  std::string name;           // for messages
  os::UniqueFd fd = {};       // of a file
  std::string location = {};  // else
  std::string query = {};
};

// `cancel` may be null.
Result<std::unique_ptr<Reader>> open_plugin_reader(const aml_table_plugin& plugin, PluginSource source,
                                                   const Cancel* cancel);

// `sink` must outlive the writer.
Result<std::unique_ptr<Writer>> open_plugin_writer(const aml_table_plugin& plugin, Sink& sink, SchemaPtr schema);

}  // namespace aml::table
