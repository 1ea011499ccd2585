#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "archive/locale_scope.h"
#include "archive/tar.h"

namespace aml::archive {
namespace {

struct FreeWriter {
  void operator()(struct archive* writer) const { archive_write_free(writer); }
};
struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
using Writer = std::unique_ptr<struct archive, FreeWriter>;

// What libarchive's callback needs: where the bytes go, what they hash to, and why the sink refused them.
struct Output {
  Sink& sink;
  Sha256 hash = {};
  uint64_t bytes = 0;
  Status status = {};
};

la_ssize_t write_piece(struct archive* writer, void* context, const void* data, size_t size) {
  auto& output = *static_cast<Output*>(context);
  const std::string_view bytes(static_cast<const char*>(data), size);
  output.status = output.sink.write(bytes);
  if (!output.status.ok()) {
    archive_set_error(writer, EIO, "the sink refused the bytes");
    return -1;
  }
  output.hash.update(bytes);
  output.bytes += size;
  return static_cast<la_ssize_t>(size);
}

Error write_error(struct archive* writer, const Output& output, std::string_view path) {
  if (!output.status.ok()) return output.status.error();
  const char* reason = archive_error_string(writer);
  return Error{ErrorKind::system,
               fmt::format("cannot add '{}' to the archive: {}", path, reason != nullptr ? reason : "unknown reason")};
}

Status check_path(std::string_view path) {
  const auto refuse = [&](std::string_view why) {
    return Error{ErrorKind::bad_data, fmt::format("cannot add '{}' to the archive: {}", path, why)};
  };
  if (path.empty()) return refuse("the path is empty");
  if (path.find('\0') != path.npos) return refuse("the path holds a NUL byte");
  for (std::string_view rest = path;;) {
    const size_t slash = rest.find('/');
    const std::string_view part = rest.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return refuse("the path must be relative and without '.' or '..'");
    if (slash == rest.npos) return {};
    rest.remove_prefix(slash + 1);
  }
}

Status sort_and_check(std::vector<TarEntry>& entries) {
  std::sort(entries.begin(), entries.end(), [](const TarEntry& a, const TarEntry& b) { return a.path < b.path; });
  for (size_t i = 0; i < entries.size(); ++i) {
    TRY(check_path(entries[i].path));
    if (i > 0 && entries[i].path == entries[i - 1].path)
      return Error{ErrorKind::bad_data,
                   fmt::format("cannot add '{}' to the archive: it is there already", entries[i].path)};
  }
  return {};
}

unsigned file_type_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::file: return AE_IFREG;
    case EntryKind::directory: return AE_IFDIR;
    case EntryKind::symlink: return AE_IFLNK;
  }
  return AE_IFREG;
}

class TarWriter {
 public:
  TarWriter(Sink& sink, const TarOptions& options) : output_{sink}, options_(options), writer_(archive_write_new()) {
    AML_CHECK(writer_ != nullptr);
    struct archive* writer = writer_.get();
    AML_CHECK(archive_write_set_format_pax_restricted(writer) == ARCHIVE_OK);
    // No padding to tape blocks: the end of the archive is its two zero records.
    archive_write_set_bytes_in_last_block(writer, 1);
    AML_CHECK(archive_write_open2(writer, &output_, nullptr, write_piece, nullptr, nullptr) == ARCHIVE_OK);
  }

  Status add(const TarEntry& entry) {
    if (entry.kind != EntryKind::file) return write_header(entry, 0);
    ++files_;
    if (!entry.content_path.empty()) return add_file(entry, entry.content_path);
    TRY(write_header(entry, entry.content.size()));
    return write_content(entry.path, entry.content);
  }

  Result<TarResult> finish() {
    if (archive_write_close(writer_.get()) != ARCHIVE_OK) return write_error(writer_.get(), output_, "its end");
    return TarResult{output_.hash.finish(), output_.bytes, files_, content_bytes_};
  }

 private:
  Status write_header(const TarEntry& entry, uint64_t content_bytes) {
    const std::unique_ptr<archive_entry, FreeEntry> header(archive_entry_new());
    const bool is_directory = entry.kind == EntryKind::directory;
    archive_entry_copy_pathname(header.get(), (entry.path + (is_directory ? "/" : "")).c_str());
    archive_entry_set_filetype(header.get(), file_type_of(entry.kind));
    archive_entry_set_perm(header.get(), entry.mode & 0777);
    archive_entry_set_uid(header.get(), options_.uid);
    archive_entry_set_gid(header.get(), options_.gid);
    archive_entry_set_mtime(header.get(), options_.mtime_s, 0);
    archive_entry_set_size(header.get(), static_cast<la_int64_t>(content_bytes));
    if (entry.kind == EntryKind::symlink) archive_entry_copy_symlink(header.get(), entry.link_target.c_str());
    // A warning is a name that is not UTF-8, which is then stored byte by byte.
    if (archive_write_header(writer_.get(), header.get()) < ARCHIVE_WARN)
      return write_error(writer_.get(), output_, entry.path);
    return {};
  }

  Status write_content(std::string_view path, std::string_view bytes) {
    content_bytes_ += bytes.size();
    while (!bytes.empty()) {
      const la_ssize_t count = archive_write_data(writer_.get(), bytes.data(), bytes.size());
      if (count <= 0) return write_error(writer_.get(), output_, path);
      bytes.remove_prefix(static_cast<size_t>(count));
    }
    return {};
  }

  // The header comes first and holds the size, so a file that grows or shrinks meanwhile cannot be stored.
  Status add_file(const TarEntry& entry, const Path& path) {
    os::UniqueFd fd = TRY(os::open_file(path, O_RDONLY | O_NOFOLLOW));
    struct stat info {};
    if (fstat(fd.get(), &info) != 0) return error_from_errno(errno, fmt::format("cannot read '{}'", path.string()));
    if (!S_ISREG(info.st_mode))
      return Error{ErrorKind::bad_data,
                   fmt::format("cannot add '{}' to the archive: not a regular file", path.string())};
    auto left = static_cast<uint64_t>(info.st_size);
    TRY(write_header(entry, left));
    os::FdSource content(std::move(fd), path.string());
    for (;;) {
      const std::string_view piece = TRY(content.read());
      if (piece.empty() ? left > 0 : piece.size() > left)
        return Error{ErrorKind::conflict, fmt::format("'{}' changed while it was read", path.string()),
                     "run the command again when nothing writes to the file"};
      if (piece.empty()) return {};
      TRY(write_content(entry.path, piece));
      left -= piece.size();
    }
  }

  Output output_;
  TarOptions options_;
  Writer writer_;
  uint64_t files_ = 0;
  uint64_t content_bytes_ = 0;
};

}  // namespace

Result<TarResult> write_tar(Sink& sink, std::vector<TarEntry> entries, const TarOptions& options) {
  TRY(sort_and_check(entries));
  const Utf8LocaleScope locale;
  TarWriter writer(sink, options);
  for (const TarEntry& entry : entries) TRY(writer.add(entry));
  return writer.finish();
}

}  // namespace aml::archive
