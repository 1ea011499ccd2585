// CRC-32C (Castagnoli), as in iSCSI and LevelDB: the check at the end of a journal record.
#pragma once

#include <cstdint>
#include <string_view>

namespace aml {
uint32_t crc32c(std::string_view bytes);
}
