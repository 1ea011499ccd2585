// Where commands open what they write: the text formats and Arrow of table/writer.h, and those that plugins write.
// Apart from table, so that a program which writes only text links no loader.
#pragma once

#include <memory>

#include "table/writer.h"

namespace aml::source {

// As table::open_writer. `sink` must outlive the writer.
Result<std::unique_ptr<table::Writer>> open_writer(Sink& sink, table::SchemaPtr schema,
                                                   const table::WriteOptions& options);

}  // namespace aml::source
