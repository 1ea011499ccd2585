#include "archive/tar_reader.h"

#include <fmt/format.h>

namespace aml::archive {
namespace {

constexpr size_t kPieceBytes = size_t{256} << 10;

}  // namespace

TarReader::TarReader(Source& source) : input_{source}, reader_(archive_read_new()) { AML_CHECK(reader_ != nullptr); }

la_ssize_t TarReader::read_piece(struct archive* reader, void* context, const void** data) {
  auto& input = *static_cast<Input*>(context);
  auto piece = input.source.read();
  if (!piece.ok()) {
    input.status = std::move(piece).error();
    archive_set_error(reader, EIO, "the source failed");
    return -1;
  }
  *data = piece->data();
  return static_cast<la_ssize_t>(piece->size());
}

Status TarReader::open() {
  struct archive* reader = reader_.get();
  AML_CHECK(archive_read_support_format_tar(reader) == ARCHIVE_OK);
  AML_CHECK(archive_read_support_format_empty(reader) == ARCHIVE_OK);
  if (archive_read_open(reader, &input_, nullptr, read_piece, nullptr) != ARCHIVE_OK) return error();
  return {};
}

Result<archive_entry*> TarReader::next() {
  archive_entry* entry = nullptr;
  const int status = archive_read_next_header(reader_.get(), &entry);
  if (status == ARCHIVE_EOF) return static_cast<archive_entry*>(nullptr);
  // A warning is a name that is not UTF-8; it is taken byte by byte.
  if (status < ARCHIVE_WARN || archive_entry_pathname(entry) == nullptr) return error();
  return entry;
}

Error TarReader::error() const {
  if (!input_.status.ok()) return input_.status.error();
  const char* reason = archive_error_string(reader_.get());
  return Error{ErrorKind::bad_data,
               fmt::format("cannot read the tar archive: {}", reason != nullptr ? reason : "a member has no name")};
}

Result<std::string_view> TarReader::Content::read() {
  buffer_.resize(kPieceBytes);
  const la_ssize_t count = archive_read_data(reader_.reader_.get(), buffer_.data(), buffer_.size());
  if (count < 0) return reader_.error();
  return std::string_view(buffer_.data(), static_cast<size_t>(count));
}

Result<std::string> clean_member_path(const archive_entry* entry, const ExtractOptions& options) {
  const std::string_view original = archive_entry_pathname(const_cast<archive_entry*>(entry));
  const auto refuse = [&](std::string_view why) {
    return Error{ErrorKind::bad_data, fmt::format("refused archive member '{}': {}", original.substr(0, 200), why)};
  };
  if (original.size() > options.path_bytes_max)
    return refuse(fmt::format("its path is longer than {} bytes", options.path_bytes_max));
  if (original.starts_with('/')) return refuse("its path is absolute");
  std::string clean;
  for (std::string_view rest = original; !rest.empty();) {
    const size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view part = rest.substr(0, slash);
    rest.remove_prefix(std::min(slash + 1, rest.size()));
    if (part == "..") return refuse("its path holds '..'");
    if (part.empty() || part == ".") continue;
    if (!clean.empty()) clean += '/';
    clean += part;
  }
  return clean;
}

}  // namespace aml::archive
