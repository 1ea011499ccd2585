// The formats that are no text: one entry each. A format is known by its name, or by the first bytes of the input; its
// reader gets a file it can seek in, whatever the input was.
#pragma once

#include <memory>
#include <span>

#include "source/byte_input.h"
#include "source/open.h"

namespace aml::source {

struct FileFormat {
  table::Format format;  // as --from and `format:` name it
  bool (*is_it)(std::string_view head, std::string_view name);
  Result<std::unique_ptr<table::Reader>> (*open)(SeekableFile file, const OpenOptions& options, const Context& context);
};

// What is no sequence of bytes, a query of a data base for one: known by what its name starts with.
struct TableScheme {
  std::string_view prefix;  // "odbc:"
  Result<std::unique_ptr<table::Reader>> (*open)(const std::string& name, const OpenOptions& options,
                                                 const Context& context);
};

// The entry for an input that starts with `head`; null if its reader is one of table's.
const FileFormat* find_file_format(table::Format wanted, std::string_view head, std::string_view name);
const TableScheme* find_table_scheme(std::string_view name);

}  // namespace aml::source
