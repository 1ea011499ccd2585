// Bytes as text: hexadecimal, base64, and sizes a person can read.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace aml {

std::string to_hex(std::span<const uint8_t> bytes);  // lower case
std::optional<std::string> from_hex(
    std::string_view text);  // accepts both cases; nothing for odd length or other digits
std::string to_base64(std::string_view bytes);

// "0 B", "812 B", "52 KiB", "1.4 MiB": at most three digits, binary units.
std::string format_size(uint64_t bytes);

// "64", "10KiB", "1.5MiB", "2GB" (decimal), in bytes; nothing for anything else.
std::optional<uint64_t> parse_size(std::string_view text);

}  // namespace aml
