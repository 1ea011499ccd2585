// Little-endian numbers inside byte strings. The caller has checked that the bytes are there.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/check.h"

namespace aml::excel {

static_assert(std::endian::native == std::endian::little);

template <class T>
T read_little(std::string_view bytes, size_t offset) {
  AML_CHECK(offset <= bytes.size() && sizeof(T) <= bytes.size() - offset);
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

}  // namespace aml::excel
