// Writes batches as an Arrow IPC stream, which pandas, R, DuckDB and others take without converting a value:
//
//   message of the schema | message and buffers of each batch … | end mark
//   message: ff ff ff ff, size of the metadata, metadata (FlatBuffers), body; all in multiples of 8 bytes
#pragma once

#include <memory>

#include "table/writer.h"

namespace aml::table {

// Types and nulls are those of arrow_export.h. `sink` must outlive the writer.
Result<std::unique_ptr<Writer>> open_arrow_ipc_writer(Sink& sink, SchemaPtr schema);

}  // namespace aml::table
