// Content kept once, named by its SHA-256: blobs/sha256/<64 hex>, as in an OCI layout. A blob appears whole or not
// at all: it is written under tmp/, synced, and linked to its name. Any number of processes may put one digest at
// the same time.
#pragma once

#include <memory>

#include "base/digest.h"
#include "os/file.h"

namespace aml::store {

struct BlobInfo {
  Digest digest;
  uint64_t size = 0;
  bool operator==(const BlobInfo&) const = default;
};

Result<Digest> digest_file(const Path& path);  // in bounded memory

// Streams one blob in. Without finish() nothing remains.
class BlobWriter final : public Sink {
 public:
  ~BlobWriter() override;
  BlobWriter(BlobWriter&&) noexcept;
  BlobWriter& operator=(BlobWriter&&) = delete;

  Status write(std::string_view bytes) override;
  Result<BlobInfo> finish();  // durable when it returns; call once

 private:
  friend class BlobStore;
  BlobWriter(Path store_dir, Path temporary, os::UniqueFd fd);
  Status write_buffer();
  Path store_dir_;
  Path temporary_;  // empty once finished or moved from
  os::UniqueFd fd_;
  Sha256 hash_;
  std::string buffer_;
  uint64_t size_ = 0;
};

class BlobStore {
 public:
  explicit BlobStore(const Path& store_dir) : dir_(store_dir) {}

  Result<BlobWriter> writer() const;
  Result<Digest> put(std::string_view bytes) const;
  Result<Digest> put_file(const Path& path) const;  // a copy; `path` stays as it is

  bool has(const Digest& digest) const;
  Result<uint64_t> size(const Digest& digest) const;  // not_found when absent
  Path path_of(const Digest& digest) const;

  // The content, checked against the digest: bad_data when it was damaged, not_found when absent.
  Result<std::string> get(const Digest& digest) const;
  Status verify(const Digest& digest) const;  // as get(), in bounded memory
  Result<std::vector<Digest>> list() const;   // sorted
  Status remove(const Digest& digest) const;  // what is gone already is fine

 private:
  Path dir_;
};

}  // namespace aml::store
