// The bytes of a part of a package as its readers take them: unread ones in one piece, within a limit, and errors that
// say where.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "table/block_stream.h"

namespace aml::excel {

// What a reader wants to see at once (a tag, a text, a record) is at most this long.
inline constexpr size_t kPartTokenBytesMax = size_t{4} << 20;

class PartStream {
 public:
  // `name` is for messages.
  PartStream(std::unique_ptr<Source> source, std::string name, size_t block_bytes)
      : blocks_(std::move(source), block_bytes), name_(std::move(name)) {}

  std::string_view unread() const { return blocks_.unread(); }
  bool at_end() const { return blocks_.at_end(); }  // nothing comes after unread()
  void consume(size_t bytes) { blocks_.consume(bytes); }

  // bad_data for what is longer than the limit.
  Status check_token(size_t bytes) const;
  // Makes unread() longer unless the part ends; bad_data when it is longer than the limit already.
  Status fill();
  Result<bool> require(size_t bytes);  // whether as many are unread
  // Unpacks the rest without looking at it, so that its checksum is verified.
  Status finish();
  Error fail(std::string_view what) const;  // bad_data with the place

 private:
  table::BlockStream blocks_;
  std::string name_;
};

}  // namespace aml::excel
