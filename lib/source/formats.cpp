#include "source/formats.h"

#include <array>

#include "source/excel_format.h"
#include "source/odbc_scheme.h"
#include "source/parquet_format.h"

namespace aml::source {
namespace {

// A new format or scheme is one entry here.
constexpr FileFormat kFileFormats[] = {{table::Format::excel, is_excel, open_excel},
                                       {table::Format::parquet, is_parquet, open_parquet}};
constexpr TableScheme kTableSchemes[] = {{kOdbcPrefix, open_odbc}};

}  // namespace

const FileFormat* find_file_format(table::Format wanted, std::string_view head, std::string_view name) {
  for (const FileFormat& entry : kFileFormats)
    if (wanted == table::Format::detect ? entry.is_it(head, name) : entry.format == wanted) return &entry;
  return nullptr;
}

const TableScheme* find_table_scheme(std::string_view name) {
  for (const TableScheme& entry : kTableSchemes)
    if (name.starts_with(entry.prefix)) return &entry;
  return nullptr;
}

}  // namespace aml::source
