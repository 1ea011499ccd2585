// A stream of Arrow arrays, as plugins give it, as a table: typed columns, without original text.
#pragma once

#include <memory>
#include <string>

#include "base/cancel.h"
#include "table/arrow_types.h"
#include "table/reader.h"

namespace aml::table {

// Takes the stream over. `name` is for messages; `cancel` may be null and is looked at once per batch.
Result<std::unique_ptr<Reader>> open_arrow_reader(OwnedArrowStream stream, std::string name, const Cancel* cancel);

// Rows [begin, begin + rows) of a column of the type that type_of_arrow gives it.
struct ArrowNode;
ColumnPtr import_arrow_column(const ArrowNode& node, int64_t begin, size_t rows);

}  // namespace aml::table
