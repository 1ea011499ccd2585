// gzip and zstd as sinks and sources, piece by piece. No time and no name is written, so that the same bytes at the
// same level give the same bytes out (for one build of zlib or zstd).
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/sink.h"

namespace aml::archive {

enum class Compression : uint8_t { none, gzip, zstd };

// What the first bytes of a stream say; four bytes are enough.
Compression detect_compression(std::string_view first_bytes);

struct CompressOptions {
  Compression compression = Compression::zstd;
  int level = 0;  // 0: 6 for gzip, 3 for zstd
};

// Compresses what is written into the sink underneath, which must outlive it. finish() ends the stream; without it
// the output is cut off.
class CompressSink : public Sink {
 public:
  virtual Status finish() = 0;
};
Result<std::unique_ptr<CompressSink>> compress_into(Sink& sink, const CompressOptions& options);

// Guards against bombs: a stream may always grow to free_bytes, beyond that to ratio_max times its compressed size,
// and never beyond bytes_max.
struct DecompressLimits {
  uint64_t bytes_max = uint64_t{1} << 40;
  uint64_t free_bytes = uint64_t{256} << 20;
  uint64_t ratio_max = 1000;
};

// Reads the decompressed bytes of `source`, which must outlive it. A cut or corrupt stream is bad data, named by
// `name`. Compression::none passes the bytes through.
Result<std::unique_ptr<Source>> decompress_from(Source& source, Compression compression, std::string_view name,
                                                const DecompressLimits& limits = {});

}  // namespace aml::archive
