// A small HTTP/1.1 server for short answers: many connections on a few threads, strict parsing, limits on everything,
// and a stop that loses no request. Used by serve/ for scoring.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace aml::net {

// A request as the handler sees it. Header names are as sent; find_header ignores case.
struct ServerRequest {
  std::string method;
  std::string path;   // without the query, percent signs as sent
  std::string query;  // behind '?', or empty
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  std::string_view find_header(std::string_view name) const;  // empty when absent
};

struct ServerResponse {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};
};

struct ServerLimits {
  uint32_t header_bytes = 16 << 10;
  uint64_t body_bytes = uint64_t{64} << 20;
  int64_t header_timeout_ms = 10'000;  // from the first byte of a connection, and between requests on it
  int64_t body_timeout_ms = 60'000;
  int64_t write_timeout_ms = 60'000;
  size_t connections_max = 4096;  // further ones are answered 503 and closed
};

struct ServerOptions {
  std::string host = "127.0.0.1";  // an address, not a name
  uint16_t port = 0;               // 0: the kernel picks one
  unsigned threads = 1;
  ServerLimits limits = {};
};

// Answers one request. Called from all server threads at once; must be quick, because other connections of the same
// thread wait meanwhile.
using ServerHandler = std::function<ServerResponse(const ServerRequest&)>;

// Requests the server itself refuses (too large, malformed, too many connections), for counting; called from all
// threads.
using RefusalObserver = std::function<void(unsigned status)>;

class HttpServer {
 public:
  // Binds and listens; a port in use is a system error that says so. Serving starts with start().
  static Result<std::unique_ptr<HttpServer>> listen(ServerOptions options, ServerHandler handler,
                                                    RefusalObserver on_refusal = {});
  ~HttpServer();

  uint16_t port() const;
  void start();

  // Stops accepting, closes idle connections, lets requests in flight finish with "Connection: close", and returns
  // when all are done or `grace_ms` is over. True when nothing was cut off.
  bool stop(int64_t grace_ms);

  size_t open_connections() const;

 private:
  struct State;
  std::unique_ptr<State> state_;

 public:
  explicit HttpServer(std::unique_ptr<State> state);  // for listen(): nobody else has a State
};

}  // namespace aml::net
