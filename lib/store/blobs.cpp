#include "store/blobs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "store/format.h"
#include "store/staging.h"

namespace aml::store {
namespace {

constexpr size_t kBufferBytes = size_t{256} << 10;

Path blob_path(const Path& store_dir, const Digest& digest) { return store_dir / "blobs" / "sha256" / digest.hex(); }

std::optional<uint64_t> size_of(const Path& path) {
  const auto info = os::stat_file(path);
  if (!info.ok()) return std::nullopt;
  return static_cast<uint64_t>(info->st_size);
}

Error missing(const Digest& digest) {
  return Error{ErrorKind::not_found, fmt::format("blob '{}' is not in the store", digest.text())};
}

Error damaged(const Digest& digest) {
  return Error{ErrorKind::bad_data, fmt::format("blob '{}' is damaged: its content has another digest", digest.text()),
               "bring it back from a copy of the store, or pull it again"};
}

// A blob that is put again is young again, so that gc leaves it alone until whatever will refer to it is written.
void touch(const Path& path) { utimensat(AT_FDCWD, path.c_str(), nullptr, 0); }

// Gives the synced temporary its name. When the name is taken the content is the same, unless that file is damaged.
Status publish(const Path& temporary, const Path& target, uint64_t size) {
  if (link(temporary.c_str(), target.c_str()) != 0) {
    if (errno != EEXIST) return error_from_errno(errno, fmt::format("cannot create '{}'", target.string()));
    if (size_of(target) != size) TRY(os::rename_path(temporary, target));
    else touch(target);
  }
  unlink(temporary.c_str());
  return os::sync_directory(target.parent_path());
}

}  // namespace

BlobWriter::BlobWriter(Path store_dir, Path temporary, os::UniqueFd fd)
    : store_dir_(std::move(store_dir)), temporary_(std::move(temporary)), fd_(std::move(fd)) {}

BlobWriter::BlobWriter(BlobWriter&& other) noexcept
    : store_dir_(std::move(other.store_dir_)),
      temporary_(std::exchange(other.temporary_, Path())),
      fd_(std::move(other.fd_)),
      hash_(std::move(other.hash_)),
      buffer_(std::move(other.buffer_)),
      size_(other.size_) {}

BlobWriter::~BlobWriter() {
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

Status BlobWriter::write(std::string_view bytes) {
  hash_.update(bytes);
  size_ += bytes.size();
  buffer_.append(bytes);
  return buffer_.size() >= kBufferBytes ? write_buffer() : Status();
}

Status BlobWriter::write_buffer() {
  TRY(os::write_all(fd_.get(), buffer_, temporary_.string()));
  buffer_.clear();
  return {};
}

Result<BlobInfo> BlobWriter::finish() {
  TRY(write_buffer());
  const BlobInfo info{hash_.finish(), size_};
  if (fchmod(fd_.get(), kBlobMode) != 0)
    return error_from_errno(errno, fmt::format("cannot protect '{}'", temporary_.string()));
  TRY(os::sync_file(fd_.get(), temporary_.string()));
  TRY(publish(temporary_, blob_path(store_dir_, info.digest), info.size));
  temporary_.clear();
  return info;
}

Result<BlobWriter> BlobStore::writer() const {
  static std::atomic<unsigned> counter{0};
  const Path folder = dir_ / "tmp";
  TRY(os::make_directories(folder, kFolderMode));
  TRY(os::make_directories(dir_ / "blobs" / "sha256", kFolderMode));
  Path temporary = folder / staging_name(fmt::format("blob{}", counter.fetch_add(1)));
  os::UniqueFd fd = TRY(os::open_file(temporary, O_WRONLY | O_CREAT | O_EXCL, kFileMode));
  flock(fd.get(), LOCK_EX | LOCK_NB);  // says "in progress" to a sweeper in another process namespace
  return BlobWriter(dir_, std::move(temporary), std::move(fd));
}

Result<Digest> BlobStore::put(std::string_view bytes) const {
  const Digest digest = sha256(bytes);
  if (size_of(path_of(digest)) == bytes.size()) {
    touch(path_of(digest));
    // Whoever put it may not have come to syncing the folder yet.
    TRY(os::sync_directory(path_of(digest).parent_path()));
    return digest;
  }
  BlobWriter writer = TRY(this->writer());
  TRY(writer.write(bytes));
  return TRY(writer.finish()).digest;
}

Result<Digest> BlobStore::put_file(const Path& path) const {
  os::FdSource source(TRY(os::open_file(path, O_RDONLY)), path.string());
  BlobWriter writer = TRY(this->writer());
  for (;;) {
    const std::string_view piece = TRY(source.read());
    if (piece.empty()) return TRY(writer.finish()).digest;
    TRY(writer.write(piece));
  }
}

bool BlobStore::has(const Digest& digest) const { return size_of(path_of(digest)).has_value(); }

Result<uint64_t> BlobStore::size(const Digest& digest) const {
  const auto size = size_of(path_of(digest));
  if (!size) return missing(digest);
  return *size;
}

Path BlobStore::path_of(const Digest& digest) const { return blob_path(dir_, digest); }

Result<std::string> BlobStore::get(const Digest& digest) const {
  auto bytes = os::read_file(path_of(digest));
  if (!bytes.ok()) return bytes.error().kind == ErrorKind::not_found ? missing(digest) : std::move(bytes).error();
  if (sha256(*bytes) != digest) return damaged(digest);
  return bytes;
}

Status BlobStore::verify(const Digest& digest) const {
  const auto found = digest_file(path_of(digest));
  if (!found.ok()) return found.error().kind == ErrorKind::not_found ? missing(digest) : found.error();
  if (*found != digest) return damaged(digest);
  return {};
}

Result<Digest> digest_file(const Path& path) {
  os::FdSource source(TRY(os::open_file(path, O_RDONLY)), path.string());
  Sha256 hash;
  for (;;) {
    const std::string_view piece = TRY(source.read());
    if (piece.empty()) return hash.finish();
    hash.update(piece);
  }
}

Result<std::vector<Digest>> BlobStore::list() const {
  std::vector<Digest> digests;
  const Path folder = dir_ / "blobs" / "sha256";
  if (!os::is_a_directory(folder)) return digests;
  for (const std::string& name : TRY(os::list_directory(folder)))
    if (const auto digest = Digest::parse(name)) digests.push_back(*digest);
  return digests;
}

Status BlobStore::remove(const Digest& digest) const {
  const Path path = path_of(digest);
  if (unlink(path.c_str()) == 0 || errno == ENOENT) return {};
  return error_from_errno(errno, fmt::format("cannot remove '{}'", path.string()));
}

}  // namespace aml::store
