// From a file name and a schema to the writer behind it: the counterpart of source/open.h.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "table/writer.h"

namespace aml::source {

struct CreateOptions {
  std::optional<table::Format> format = {};  // by the ending of the name unless given; csv where that says nothing
  table::WriteOptions write = {};            // its format counts for nothing
};

// Whether what create_table makes of that name and those options would garble a terminal.
bool is_binary(std::string_view name, const CreateOptions& options);

// Writes into `sink`, which must outlive the writer. `name` is that of the file, or empty; with .gz or .zst at its end
// the bytes are compressed.
Result<std::unique_ptr<table::Writer>> create_table(Sink& sink, std::string_view name, table::SchemaPtr schema,
                                                    const CreateOptions& options);

}  // namespace aml::source
