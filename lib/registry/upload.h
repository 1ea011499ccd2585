// One blob on its way to a registry. Internal to registry; see Client::upload_blob.
#pragma once

#include "registry/client.h"

namespace aml::registry {

class Uploader {
 public:
  Uploader(Client& client, const std::string& repository, const store::Descriptor& blob, const Path& file,
           const OnBytes& on_bytes);
  Status run();

 private:
  // What became of one request or of the whole session.
  enum class Outcome : uint8_t {
    done,
    session_lost,  // the registry forgot it, or we cannot tell where it stands: start the blob again
    too_large,     // the same, with smaller chunks
  };

  Result<Outcome> try_session();
  Result<Outcome> send_whole();
  Result<Outcome> send_chunks();
  Result<Outcome> send_chunk();
  Result<Outcome> commit(net::Request request);
  Result<Outcome> judge(net::Attempt attempt);  // of a request that failed
  Result<bool> find_offset();                   // after a break; false when the session is gone
  Status take_location(const net::Response& response);
  net::Body region(uint64_t offset, uint64_t bytes) const;
  std::string what() const;

  Client& client_;
  const std::string& repository_;
  const store::Descriptor& blob_;
  const Path& file_;
  const OnBytes& on_bytes_;
  net::Url location_;  // always the newest the registry gave
  uint64_t offset_ = 0;
  uint64_t chunk_bytes_;
  uint64_t monolithic_bytes_max_;
  net::Attempt last_failure_{net::Response{}};  // decides how long to wait
};

}  // namespace aml::registry
