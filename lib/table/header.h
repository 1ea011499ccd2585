// Column names as a reader finds them, made usable.
#pragma once

#include <string>
#include <vector>

#include "table/schema.h"

namespace aml::table {

// Text columns of these names: an empty one becomes "column3" after its place; a name that stood before gets the
// first of _2, _3, … that makes it unique.
SchemaPtr make_text_schema(std::vector<std::string> names);

}  // namespace aml::table
