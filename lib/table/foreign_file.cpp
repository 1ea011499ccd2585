#include "table/foreign_file.h"

#include <algorithm>

namespace aml::table {
namespace {

constexpr ForeignFile kForeignFiles[] = {
    {"\x1f\x8b", "compressed with gzip", "unpack it on the way in: gunzip -c FILE | … -"},
    {"\x28\xb5\x2f\xfd", "compressed with zstd", "unpack it on the way in: zstd -dc FILE | … -"},
    {"BZh91AY&SY", "compressed with bzip2", "unpack it on the way in: bzcat FILE | … -"},
    {"\xfd"
     "7zXZ",
     "compressed with xz", "unpack it on the way in: xzcat FILE | … -"},
    {"PK\x03\x04", "a ZIP archive or an Excel workbook", "save the sheet as CSV first"},
    {"\xd0\xcf\x11\xe0", "an old Excel workbook", "save the sheet as CSV first"},
    {"PAR1\x15", "a Parquet file", "convert it to CSV first"},
    {"\xff\xfe", "UTF-16", "recode it on the way in: iconv -f utf-16 -t utf-8 FILE | … -"},
    {"\xfe\xff", "UTF-16", "recode it on the way in: iconv -f utf-16 -t utf-8 FILE | … -"},
};

}  // namespace

const ForeignFile* find_foreign_file(std::string_view head) {
  const auto* found = std::find_if(std::begin(kForeignFiles), std::end(kForeignFiles),
                                   [head](const ForeignFile& file) { return head.starts_with(file.prefix); });
  return found == std::end(kForeignFiles) ? nullptr : found;
}

}  // namespace aml::table
