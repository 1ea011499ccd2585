// One blob on its way from a registry. Internal to registry; see Client::download_blob.
#pragma once

#include <optional>

#include "registry/client.h"

namespace aml::registry {

class Downloader final : public net::Receiver {
 public:
  Downloader(Client& client, const std::string& repository, const store::Descriptor& blob,
             const store::BlobStore& blobs, const OnBytes& on_bytes)
      : client_(client), repository_(repository), blob_(blob), blobs_(blobs), on_bytes_(on_bytes) {}
  Status run();

  Status start(const net::Response& head) override;
  Status write(std::string_view bytes) override;

 private:
  Status begin();
  Status finish();
  Error failure(const net::Attempt& attempt) const;
  net::Request next_request() const;

  Client& client_;
  const std::string& repository_;
  const store::Descriptor& blob_;
  const store::BlobStore& blobs_;
  const OnBytes& on_bytes_;
  std::optional<store::BlobWriter> writer_;
  Sha256 hash_;            // checked before the writer gives the bytes a name
  uint64_t received_ = 0;  // what the writer holds
  std::string etag_;       // of the answer those bytes came from
};

}  // namespace aml::registry
