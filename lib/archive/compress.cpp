#include "archive/compress.h"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <string>

namespace aml::archive {
namespace {

constexpr size_t kPieceBytes = size_t{256} << 10;
constexpr int kGzipWindowBits = 15 + 16;       // the largest window, with a gzip header: no name, time 0
constexpr int kZstdWindowLogMax = 27;          // 128 MiB: what a decoder must be ready to hold
constexpr size_t kInputMax = size_t{1} << 30;  // zlib counts in 32 bits

class PlainSink final : public CompressSink {
 public:
  explicit PlainSink(Sink& sink) : sink_(sink) {}
  Status write(std::string_view bytes) override { return sink_.write(bytes); }
  Status finish() override { return {}; }

 private:
  Sink& sink_;
};

class GzipSink final : public CompressSink {
 public:
  static Result<std::unique_ptr<CompressSink>> create(Sink& sink, int level) {
    auto made = std::unique_ptr<GzipSink>(new GzipSink(sink));
    if (deflateInit2(&made->stream_, level, Z_DEFLATED, kGzipWindowBits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
      return Error{ErrorKind::usage, fmt::format("gzip has no level {}", level), "use a level from 1 to 9"};
    return std::unique_ptr<CompressSink>(std::move(made));
  }
  ~GzipSink() override { deflateEnd(&stream_); }
  GzipSink(const GzipSink&) = delete;
  GzipSink& operator=(const GzipSink&) = delete;

  Status write(std::string_view bytes) override {
    while (!bytes.empty()) {
      TRY(push(bytes.substr(0, kInputMax), Z_NO_FLUSH));
      bytes.remove_prefix(std::min(bytes.size(), kInputMax));
    }
    return {};
  }
  Status finish() override { return push({}, Z_FINISH); }

 private:
  explicit GzipSink(Sink& sink) : sink_(sink), buffer_(kPieceBytes, '\0') {}

  Status push(std::string_view bytes, int flush_mode) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads it
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      AML_CHECK(deflate(&stream_, flush_mode) != Z_STREAM_ERROR);
      const size_t count = buffer_.size() - stream_.avail_out;
      if (count > 0) TRY(sink_.write({buffer_.data(), count}));
    } while (stream_.avail_out == 0);
    return {};
  }

  Sink& sink_;
  z_stream stream_{};
  std::string buffer_;
};

class ZstdSink final : public CompressSink {
 public:
  static Result<std::unique_ptr<CompressSink>> create(Sink& sink, int level) {
    auto made = std::unique_ptr<ZstdSink>(new ZstdSink(sink));
    if (!made->context_ || level > ZSTD_maxCLevel() ||
        ZSTD_isError(ZSTD_CCtx_setParameter(made->context_.get(), ZSTD_c_compressionLevel, level)) ||
        ZSTD_isError(ZSTD_CCtx_setParameter(made->context_.get(), ZSTD_c_checksumFlag, 1)))
      return Error{ErrorKind::usage, fmt::format("zstd has no level {}", level), "use a level from 1 to 22"};
    return std::unique_ptr<CompressSink>(std::move(made));
  }

  Status write(std::string_view bytes) override { return push(bytes, ZSTD_e_continue); }
  Status finish() override { return push({}, ZSTD_e_end); }

 private:
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  explicit ZstdSink(Sink& sink) : sink_(sink), context_(ZSTD_createCCtx()), buffer_(ZSTD_CStreamOutSize(), '\0') {}

  Status push(std::string_view bytes, ZSTD_EndDirective directive) {
    ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
    for (;;) {
      ZSTD_outBuffer output{buffer_.data(), buffer_.size(), 0};
      const size_t left = ZSTD_compressStream2(context_.get(), &output, &input, directive);
      if (ZSTD_isError(left))
        return Error{ErrorKind::system, fmt::format("cannot compress: {}", ZSTD_getErrorName(left))};
      if (output.pos > 0) TRY(sink_.write({buffer_.data(), output.pos}));
      if (directive == ZSTD_e_end ? left == 0 : input.pos == input.size) return {};
    }
  }

  Sink& sink_;
  std::unique_ptr<ZSTD_CCtx, Free> context_;
  std::string buffer_;
};

// Feeds compressed pieces to decode() until it gives bytes, and holds the output to the limits.
class DecompressSource : public Source {
 public:
  DecompressSource(Source& source, std::string_view name, const DecompressLimits& limits)
      : source_(source), name_(name), limits_(limits), buffer_(kPieceBytes, '\0') {}

  Result<std::string_view> read() final {
    for (;;) {
      if (input_.empty() && !input_ended_) {
        input_ = TRY(source_.read());
        input_ended_ = input_.empty();
        bytes_in_ += input_.size();
      }
      const size_t input_before = input_.size();
      const size_t count = TRY(decode());
      if (count > 0) {
        bytes_out_ += count;
        TRY(check_limits());
        return std::string_view(buffer_.data(), count);
      }
      if (input_ended_ && !frame_open_) return std::string_view();
      if (input_ended_ && input_before == input_.size()) return cut_off();
    }
  }

 protected:
  // Moves input_ forward and returns how many bytes it put into buffer_; sets frame_open_.
  virtual Result<size_t> decode() = 0;

  Error corrupt(std::string_view reason) const {
    return Error{ErrorKind::bad_data, fmt::format("cannot decompress '{}': {}", name_, reason),
                 "the file is damaged: fetch or write it again"};
  }

  std::string_view input_;
  bool frame_open_ = true;  // an empty stream is a cut one
  std::string& buffer() { return buffer_; }

 private:
  Error cut_off() const { return corrupt("it ends in the middle"); }

  Status check_limits() const {
    const bool is_bomb = bytes_out_ > limits_.free_bytes && bytes_out_ / limits_.ratio_max > bytes_in_;
    if (bytes_out_ <= limits_.bytes_max && !is_bomb) return {};
    return Error{ErrorKind::bad_data, fmt::format("cannot decompress '{}': {} compressed bytes grow to more than {}",
                                                  name_, bytes_in_, bytes_out_)};
  }

  Source& source_;
  std::string name_;
  DecompressLimits limits_;
  std::string buffer_;
  bool input_ended_ = false;
  uint64_t bytes_in_ = 0;
  uint64_t bytes_out_ = 0;
};

class GzipSource final : public DecompressSource {
 public:
  using DecompressSource::DecompressSource;
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

 private:
  // RFC 1952 allows several members in a row: after one ends, the next begins with the bytes that are left.
  Result<size_t> decode() override {
    if (input_.empty() && !frame_open_) return size_t{0};
    if (!ready_) {
      AML_CHECK(inflateInit2(&stream_, kGzipWindowBits) == Z_OK);
      ready_ = true;
    }
    if (!frame_open_) AML_CHECK(inflateReset(&stream_) == Z_OK);
    const size_t offered = std::min(input_.size(), kInputMax);
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input_.data()));  // zlib only reads it
    stream_.avail_in = static_cast<uInt>(offered);
    stream_.next_out = reinterpret_cast<Bytef*>(buffer().data());
    stream_.avail_out = static_cast<uInt>(buffer().size());
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
      return corrupt(stream_.msg != nullptr ? stream_.msg : "not gzip");
    input_.remove_prefix(offered - stream_.avail_in);
    frame_open_ = status != Z_STREAM_END;
    return buffer().size() - stream_.avail_out;
  }

  z_stream stream_{};
  bool ready_ = false;
};

class ZstdSource final : public DecompressSource {
 public:
  ZstdSource(Source& source, std::string_view name, const DecompressLimits& limits)
      : DecompressSource(source, name, limits), context_(ZSTD_createDCtx()) {
    AML_CHECK(context_ &&
              !ZSTD_isError(ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kZstdWindowLogMax)));
  }

 private:
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };

  Result<size_t> decode() override {
    if (input_.empty() && !frame_open_) return size_t{0};
    ZSTD_inBuffer input{input_.data(), input_.size(), 0};
    ZSTD_outBuffer output{buffer().data(), buffer().size(), 0};
    const size_t hint = ZSTD_decompressStream(context_.get(), &output, &input);
    if (ZSTD_isError(hint)) return corrupt(ZSTD_getErrorName(hint));
    input_.remove_prefix(input.pos);
    frame_open_ = hint != 0;
    return output.pos;
  }

  std::unique_ptr<ZSTD_DCtx, Free> context_;
};

class PlainSource final : public Source {
 public:
  explicit PlainSource(Source& source) : source_(source) {}
  Result<std::string_view> read() override { return source_.read(); }

 private:
  Source& source_;
};

}  // namespace

Compression detect_compression(std::string_view first_bytes) {
  if (first_bytes.starts_with("\x1f\x8b")) return Compression::gzip;
  if (first_bytes.starts_with("\x28\xb5\x2f\xfd")) return Compression::zstd;
  return Compression::none;
}

Result<std::unique_ptr<CompressSink>> compress_into(Sink& sink, const CompressOptions& options) {
  switch (options.compression) {
    case Compression::none: break;
    case Compression::gzip: return GzipSink::create(sink, options.level == 0 ? 6 : options.level);
    case Compression::zstd: return ZstdSink::create(sink, options.level == 0 ? 3 : options.level);
  }
  return std::unique_ptr<CompressSink>(std::make_unique<PlainSink>(sink));
}

Result<std::unique_ptr<Source>> decompress_from(Source& source, Compression compression, std::string_view name,
                                                const DecompressLimits& limits) {
  switch (compression) {
    case Compression::none: break;
    case Compression::gzip: return std::unique_ptr<Source>(std::make_unique<GzipSource>(source, name, limits));
    case Compression::zstd: return std::unique_ptr<Source>(std::make_unique<ZstdSource>(source, name, limits));
  }
  return std::unique_ptr<Source>(std::make_unique<PlainSource>(source));
}

}  // namespace aml::archive
