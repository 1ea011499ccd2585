// Bytes that can be read at any offset: what the containers of workbooks (ZIP, compound files) are read from.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "os/file.h"

namespace aml::excel {

class RandomSource {
 public:
  virtual ~RandomSource() = default;
  virtual uint64_t size() const = 0;
  // Fills `out` with the bytes at `offset`; bad_data when there are not as many.
  virtual Status read_at(uint64_t offset, std::span<char> out) const = 0;
  // For messages: the file's name.
  virtual const std::string& name() const = 0;
};

// `count` bytes at `offset`, which the caller has bounded.
Result<std::string> read_bytes(const RandomSource& source, uint64_t offset, size_t count);

// A file open for reading, which is kept.
std::shared_ptr<const RandomSource> make_random_source(os::UniqueFd fd, uint64_t bytes, std::string name);
std::shared_ptr<const RandomSource> make_random_source(std::string bytes, std::string name);

}  // namespace aml::excel
