// Records as people read them: an aligned table without boxes, or a block of "key  value" lines.
#pragma once

#include <string>
#include <vector>

#include "text/fields.h"

namespace aml::cli {

struct TableStyle {
  size_t columns = 0;  // cut lines to this width; 0: never
  bool bold_header = false;
};

// The keys of all records, in the order they first appear.
std::vector<std::string> keys_of(const std::vector<text::Fields>& records);

std::string table_text(const std::vector<text::Fields>& records, const TableStyle& style);
std::string block_text(const text::Fields& record);
std::string tsv_text(const std::vector<text::Fields>& records);

}  // namespace aml::cli
