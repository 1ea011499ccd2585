// Queries to data bases through ODBC, by a plugin, as an entry of formats.h: "odbc:DSN=sales" or
// "odbc:Driver=SQLite3;Database=x.db", with the query beside it.
#pragma once

#include "source/formats.h"

namespace aml::source {

inline constexpr std::string_view kOdbcPrefix = "odbc:";
Result<std::unique_ptr<table::Reader>> open_odbc(const std::string& name, const OpenOptions& options,
                                                 const Context& context);

}  // namespace aml::source
