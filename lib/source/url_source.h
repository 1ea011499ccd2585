// The bytes behind an address: http and https, and files of a Hadoop file system through its WebHDFS service.
#pragma once

#include <memory>
#include <string>

#include "base/sink.h"
#include "net/http_client.h"

namespace aml::source {

// The http address of what `name` means.
//   hdfs://host/path          http://host:9870/webhdfs/v1/path?op=OPEN, also where the port is one of the name node's
//   webhdfs://user@host:port/path   the same on that port, as that user; swebhdfs:// by https, port 9871
Result<net::Url> resolve_address(const std::string& name);

// Reads while it is downloaded, on a thread of its own and a few pieces ahead. When the connection breaks, the client
// asks again, and what was read before is passed over. `name` is for messages.
Result<std::unique_ptr<Source>> open_url(const std::string& name, net::ClientOptions options);

}  // namespace aml::source
