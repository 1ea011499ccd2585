// From a name to its bytes: a file, standard input or an address, decompressed on the way if its first bytes say so.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/cancel.h"
#include "base/sink.h"
#include "net/proxies.h"
#include "os/file.h"

namespace aml::source {

// What opening a source may use and whom it tells.
struct Context {
  Path temporary_folder = "/tmp";  // for input that must be seekable and is not; its files have no name
  std::function<void(const std::string& line)> on_notice = {};  // what a person should know: "'a.csv' is latin-1"
  net::Proxies proxies = {};
  const Cancel* cancel = nullptr;  // looked at once per piece or batch
};

// A source whose first bytes can be looked at before they are read.
class PeekSource final : public Source {
 public:
  explicit PeekSource(std::unique_ptr<Source> source) : source_(std::move(source)) {}

  // At least `bytes` from the start, fewer only if the input is shorter. Not after read(); valid until then.
  Result<std::string_view> peek(size_t bytes);
  Result<std::string_view> read() override;

 private:
  std::unique_ptr<Source> source_;
  std::string head_;
  bool at_end_ = false;
  bool has_read_head_ = false;
};

struct ByteInput {
  std::string name;                   // for messages; "stdin" for "-"
  std::unique_ptr<PeekSource> bytes;  // never null
  std::optional<Path> file = {};      // of a regular file whose bytes these are as they stand
};

// `name` is a path, "-" for standard input, or an address of url_source.h. gzip (also of several members) and zstd are
// unpacked.
Result<ByteInput> open_bytes(const std::string& name, const Context& context);

// `name` without ".gz" or ".zst", so that the ending of what is packed counts.
std::string_view without_compression_ending(std::string_view name);

// A file with all bytes of an input, for readers that seek.
struct SeekableFile {
  os::UniqueFd fd;
  uint64_t bytes = 0;
  std::string name;
};

// The file itself, or a nameless copy of what comes from elsewhere. Not after bytes->read().
Result<SeekableFile> make_seekable(ByteInput input, const Context& context);

}  // namespace aml::source
