#include "source/byte_input.h"

#include <fcntl.h>
#include <fmt/format.h>

#include "archive/compress.h"
#include "os/temporary_file.h"
#include "source/expand.h"
#include "source/url_source.h"

namespace aml::source {
namespace {

// A regular file must deliver as many bytes as it had when it was opened.
class FileSource final : public Source {
 public:
  FileSource(os::UniqueFd fd, std::string name, uint64_t size)
      : source_(std::move(fd), name), name_(std::move(name)), size_(size) {}

  Result<std::string_view> read() override {
    const std::string_view piece = TRY(source_.read());
    bytes_ += piece.size();
    if (piece.empty() && bytes_ < size_)
      return Error{ErrorKind::system,
                   fmt::format("'{}' became shorter while it was read: {} of {} bytes", name_, bytes_, size_),
                   "run again when nothing writes to the file"};
    return piece;
  }

 private:
  os::FdSource source_;
  std::string name_;
  uint64_t size_;
  uint64_t bytes_ = 0;
};

// Owns the packed bytes underneath.
class UnpackedSource final : public Source {
 public:
  static Result<std::unique_ptr<Source>> open(std::unique_ptr<Source> packed, archive::Compression compression,
                                              std::string_view name) {
    auto unpacked = TRY(archive::decompress_from(*packed, compression, name));
    return std::unique_ptr<Source>(new UnpackedSource(std::move(packed), std::move(unpacked)));
  }
  Result<std::string_view> read() override { return unpacked_->read(); }

 private:
  UnpackedSource(std::unique_ptr<Source> packed, std::unique_ptr<Source> unpacked)
      : packed_(std::move(packed)), unpacked_(std::move(unpacked)) {}

  std::unique_ptr<Source> packed_;
  std::unique_ptr<Source> unpacked_;  // reads packed_, so it goes first
};

Result<ByteInput> open_address(const std::string& name, const Context& context) {
  net::ClientOptions options;
  options.plain_http = net::PlainHttp::any_host;
  options.proxies = context.proxies;
  options.cancel = context.cancel;
  auto source = TRY(open_url(name, std::move(options)));
  return ByteInput{name, std::make_unique<PeekSource>(std::move(source))};
}

Result<ByteInput> open_raw(const std::string& name, const Context& context) {
  if (is_url(name)) return open_address(name, context);

  if (name == "-") {
    auto source = std::make_unique<os::FdSource>(os::FdSource::borrow(0, "stdin"));
    return ByteInput{"stdin", std::make_unique<PeekSource>(std::move(source))};
  }
  os::UniqueFd fd = TRY(os::open_file(name, O_RDONLY));
  const struct stat info = TRY(os::stat_file(name));
  const bool is_regular = S_ISREG(info.st_mode);
  const uint64_t size = is_regular ? static_cast<uint64_t>(info.st_size) : 0;
  auto source = std::make_unique<FileSource>(std::move(fd), name, size);
  auto file = is_regular ? std::optional<Path>(name) : std::nullopt;
  return ByteInput{name, std::make_unique<PeekSource>(std::move(source)), std::move(file)};
}

}  // namespace

Result<std::string_view> PeekSource::peek(size_t bytes) {
  AML_CHECK(!has_read_head_);
  while (head_.size() < bytes && !at_end_) {
    const std::string_view piece = TRY(source_->read());
    at_end_ = piece.empty();
    head_.append(piece);
  }
  return std::string_view(head_);
}

Result<std::string_view> PeekSource::read() {
  if (!has_read_head_ && !head_.empty()) {
    has_read_head_ = true;
    return std::string_view(head_);
  }
  has_read_head_ = true;
  if (at_end_) return std::string_view();
  head_ = {};
  return source_->read();
}

Result<ByteInput> open_bytes(const std::string& name, const Context& context) {
  if (context.cancel != nullptr) TRY(context.cancel->check());
  ByteInput input = TRY(open_raw(name, context));
  constexpr size_t kMagicBytes = 4;
  const auto compression = archive::detect_compression(TRY(input.bytes->peek(kMagicBytes)));
  if (compression == archive::Compression::none) return input;
  auto unpacked = TRY(UnpackedSource::open(std::move(input.bytes), compression, input.name));
  return ByteInput{std::move(input.name), std::make_unique<PeekSource>(std::move(unpacked))};
}

std::string_view without_compression_ending(std::string_view name) {
  for (const std::string_view ending : {".gz", ".zst", ".GZ", ".ZST"})
    if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  return name;
}

Result<SeekableFile> make_seekable(ByteInput input, const Context& context) {
  SeekableFile file;
  file.name = std::move(input.name);
  if (input.file) {
    file.fd = TRY(os::open_file(*input.file, O_RDONLY));
    file.bytes = static_cast<uint64_t>(TRY(os::stat_file(*input.file)).st_size);
    return file;
  }
  file.fd = TRY(os::open_nameless_file(context.temporary_folder));
  const std::string place = fmt::format("a temporary file in '{}'", context.temporary_folder.string());
  for (;;) {
    if (context.cancel != nullptr) TRY(context.cancel->check());
    const std::string_view piece = TRY(input.bytes->read());
    if (piece.empty()) return file;
    TRY(os::write_all(file.fd.get(), piece, place));
    file.bytes += piece.size();
  }
}

}  // namespace aml::source
