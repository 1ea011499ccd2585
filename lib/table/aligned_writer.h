// Tables for people: Markdown, and text in aligned columns.
//   - Markdown is written as GitHub reads it; "|" is escaped, a line end becomes <br>.
//   - Aligned text measures its first rows and streams the rest: columns are as wide as the first kMeasuredRows need, a
//     longer cell later pushes the rest of its line. Numbers stand at the right, where all measured cells are numbers.
//     Control characters are escaped as in TSV, so that every row is one line and data cannot drive a terminal.
#pragma once

#include <memory>

#include "table/writer.h"

namespace aml::table {

inline constexpr size_t kMeasuredRows = 1000;
inline constexpr size_t kMeasuredBytes = size_t{4} << 20;  // fewer rows, if they are long

std::unique_ptr<Writer> make_markdown_writer(Sink& sink, SchemaPtr schema, const WriteOptions& options);
std::unique_ptr<Writer> make_text_writer(Sink& sink, SchemaPtr schema, const WriteOptions& options);

}  // namespace aml::table
