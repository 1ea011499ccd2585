// Texts in the XML of workbooks: plain, or in runs of different looks, with characters that XML cannot say as _x000D_.
#pragma once

#include <string>
#include <string_view>

#include "excel/text_pool.h"
#include "excel/xml_reader.h"

namespace aml::excel {

// "a_x000D_b" with a carriage return; "_x005F_" is an underscore that must not start such a word.
std::string unescape_text(std::string_view text);

// Behind the start of <si> or <is>: its text, without what only tells how to pronounce it, up to behind its end.
Result<std::string> read_rich_text(XmlReader& xml);

// The part sharedStrings.xml.
Result<TextPool> read_shared_strings(XmlReader& xml);

}  // namespace aml::excel
