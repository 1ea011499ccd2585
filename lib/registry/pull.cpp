#include "registry/pull.h"

#include <fmt/format.h>

namespace aml::registry {
namespace {

class Pull {
 public:
  Pull(Client& client, const std::string& repository, const store::BlobStore& blobs, Observer& observer)
      : client_(client), repository_(repository), blobs_(blobs), observer_(observer) {}

  Result<store::Descriptor> manifest(const std::string& selector, int depth) {
    if (depth > kIndexDepthMax)
      return Error{ErrorKind::bad_data,
                   fmt::format("index '{}' is nested more than {} deep", selector, kIndexDepthMax)};
    const RemoteManifest remote = TRY(client_.get_manifest(repository_, selector));
    const store::Manifest manifest = TRY(store::parse_manifest(remote.bytes, remote.descriptor.media_type, selector));
    for (const store::Descriptor& child : manifest.manifests) TRY(this->manifest(child.digest.text(), depth + 1));
    for (const store::Descriptor& blob : manifest.blobs) total_ += blob.size;
    observer_.will_move(total_);
    for (const store::Descriptor& blob : manifest.blobs) TRY(this->blob(blob));
    TRY(blobs_.put(remote.bytes));
    observer_.moved(remote.descriptor);
    return remote.descriptor;
  }

 private:
  Status blob(const store::Descriptor& blob) {
    const auto size = blobs_.size(blob.digest);
    if (size.ok() && *size == blob.size) {
      observer_.advance(blob.size);
      observer_.was_there(blob);
      return {};
    }
    TRY(client_.download_blob(repository_, blob, blobs_, [&](uint64_t more) { observer_.advance(more); }));
    observer_.moved(blob);
    return {};
  }

  Client& client_;
  const std::string& repository_;
  const store::BlobStore& blobs_;
  Observer& observer_;
  uint64_t total_ = 0;
};

}  // namespace

Result<store::Descriptor> pull(Client& client, const Reference& from, const store::BlobStore& blobs,
                               Observer& observer) {
  return Pull(client, from.repository, blobs, observer).manifest(from.selector(), 1);
}

}  // namespace aml::registry
