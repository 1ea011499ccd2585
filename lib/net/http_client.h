// HTTP requests over libcurl: always with timeouts, redirects followed by hand so that credentials never reach
// another host, and repetition by a policy that is data. Used by registry/ and by the commands that talk to a server.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/cancel.h"
#include "base/sink.h"
#include "net/headers.h"
#include "net/proxies.h"
#include "net/retry.h"
#include "net/url.h"

namespace aml::net {

// What is sent. `open` is called for every try, so that a body can be sent again from its start.
struct Body {
  uint64_t bytes = 0;
  std::function<Result<std::unique_ptr<Source>>()> open;
};
Body text_body(std::string text);

enum class Retry : uint8_t {
  by_method,  // GET, HEAD, PUT and DELETE: doing them twice does them once
  always,     // a POST that is known to be harmless
  never,
};

struct Request {
  std::string method = "GET";
  Url url;
  Headers headers = {};
  std::optional<Body> body = {};
  Retry retry = Retry::by_method;
};

bool may_repeat(const Request& request);

struct Response {
  unsigned status = 0;
  Headers headers = {};
  std::string body = {};  // empty when a receiver took it
  Url url = {};           // that answered, after redirects

  bool is_success() const { return status >= 200 && status < 300; }
};

// Takes the body of a successful answer as it arrives; other answers are collected in Response::body. An error it
// returns ends the request and comes back from send().
class Receiver {
 public:
  virtual ~Receiver() = default;
  virtual Status start(const Response& head) = 0;  // again for each try
  virtual Status write(std::string_view bytes) = 0;
};

enum class PlainHttp : uint8_t { loopback_only, any_host };

struct ClientOptions {
  std::string user_agent = "amltools";
  int64_t connect_timeout_ms = 10'000;
  int64_t stall_timeout_ms = 60'000;     // without a byte in either direction
  uint64_t body_bytes_max = 8ULL << 20;  // of an answer without receiver
  int redirects_max = 10;
  PlainHttp plain_http = PlainHttp::loopback_only;
  Proxies proxies = {};
  RetryPolicy retry = {};
  uint64_t jitter_seed = 0;        // tells clients that fail together apart; any number
  const Cancel* cancel = nullptr;  // outlives the client
  // Waits before a repetition; the default sleeps and looks at `cancel`. Tests put in one that does not.
  std::function<Status(int64_t ms)> wait = {};
};

// One try that did not come back with an answer, or came back with "later", may be worth repeating.
struct Attempt {
  Result<Response> result;
  bool is_transient = false;
};

// Keeps its connections between requests. For one thread at a time.
class HttpClient {
 public:
  static Result<HttpClient> create(ClientOptions options);
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;

  // The answer, whatever its status, after redirects and repetitions.
  Result<Response> send(const Request& request);
  Result<Response> send(const Request& request, Receiver& receiver);

  // Without repetition, for callers that must look around before they ask again. The waiting in between is theirs:
  // wait_before_try(2, …) comes before the second try.
  Attempt send_once(const Request& request, Receiver* receiver);
  Status wait_before_try(int next_try, const Attempt& failed);

  const ClientOptions& options() const;

 private:
  struct State;
  explicit HttpClient(std::unique_ptr<State> state);
  Result<Response> send_repeating(const Request& request, Receiver* receiver);
  std::unique_ptr<State> state_;
};

}  // namespace aml::net
