#include "prep/stage.h"

#include <fmt/format.h>

#include "base/bytes.h"

namespace aml::prep {

Status check_memory(uint64_t bytes, std::string_view step, std::string_view held, const Resources& resources) {
  if (bytes <= resources.memory_bytes) return {};
  return Error{ErrorKind::system,
               fmt::format("'{}' needs {} for {}, but may hold {}", step, format_size(bytes), held,
                           format_size(resources.memory_bytes)),
               "give it more with --memory, or drop columns and rows before this step"};
}

}  // namespace aml::prep
