// The OCI distribution protocol (spec 1.1), the part that push and pull need, over net::HttpClient. Everything
// received is checked against its digest before anybody sees it. Requests carry no credentials yet.
#pragma once

#include <functional>
#include <string>

#include "net/http_client.h"
#include "store/blobs.h"
#include "store/manifest.h"

namespace aml::registry {

struct Limits {
  uint64_t monolithic_bytes_max = uint64_t{64} << 20;  // larger blobs go in chunks
  uint64_t chunk_bytes = uint64_t{16} << 20;
  uint64_t chunk_bytes_min = (uint64_t{4} << 20) - 1024;  // what the strictest registries still take
};

// Called with the bytes that have just been moved.
using OnBytes = std::function<void(uint64_t more)>;

struct RemoteManifest {
  store::Descriptor descriptor;
  std::string bytes;
};

// One registry. For one thread at a time.
class Client {
 public:
  // `host` with its port, as in a Reference. http on loopback or where the options allow it, else https.
  static Result<Client> create(std::string host, net::ClientOptions options);
  static Result<Client> create(std::string host, net::ClientOptions options, const Limits& limits);

  Result<bool> has_blob(const std::string& repository, const Digest& digest);

  // The content of `file` as the blob of that descriptor. A connection that breaks is taken up again, where the
  // registry still knows the upload, or else the blob is sent anew.
  Status upload_blob(const std::string& repository, const store::Descriptor& blob, const Path& file,
                     const OnBytes& on_bytes);

  // Streams the blob into the store; after a break it goes on where it stopped. Nothing with another size or digest
  // ever gets a name there.
  Status download_blob(const std::string& repository, const store::Descriptor& blob, const store::BlobStore& blobs,
                       const OnBytes& on_bytes);

  // By tag or digest text.
  Result<RemoteManifest> get_manifest(const std::string& repository, const std::string& selector);
  Status put_manifest(const std::string& repository, const std::string& selector, const RemoteManifest& manifest);

  const std::string& host() const { return host_; }
  const Limits& limits() const { return limits_; }
  net::HttpClient& http() { return http_; }
  net::Url url(const std::string& repository, const std::string& rest) const;  // /v2/REPOSITORY/REST

 private:
  Client(std::string host, net::Url base, net::HttpClient http, const Limits& limits)
      : host_(std::move(host)), base_(std::move(base)), http_(std::move(http)), limits_(limits) {}
  std::string host_;
  net::Url base_;
  net::HttpClient http_;
  Limits limits_;
};

}  // namespace aml::registry
