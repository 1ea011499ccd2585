#include "net/http_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "net/curl_request.h"

namespace aml::net {
namespace {

constexpr int64_t kCancelPollMs = 50;

bool is_redirect(const Response& response) {
  switch (response.status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308: return response.headers.find("Location").has_value();
    default: return false;
  }
}

// 307 and 308 repeat the request as it was, 303 asks for a look elsewhere; the old 301 and 302 are followed only
// where the two are the same. Nothing: the redirect is the answer.
std::optional<std::string> method_after(unsigned status, const std::string& method) {
  if (status == 307 || status == 308 || method == "GET" || method == "HEAD") return method;
  if (status == 303) return "GET";
  return std::nullopt;
}

class TextSource final : public Source {
 public:
  explicit TextSource(std::shared_ptr<const std::string> text) : text_(std::move(text)) {}
  Result<std::string_view> read() override {
    return std::exchange(is_read_, true) ? std::string_view() : std::string_view(*text_);
  }

 private:
  std::shared_ptr<const std::string> text_;  // shared with the Body that opened this
  bool is_read_ = false;
};

}  // namespace

struct HttpClient::State {
  ClientOptions options;
  CurlHandle handle;
  Random random;

  Status check_scheme(const Url& url) const {
    if (url.scheme == "https" || options.plain_http == PlainHttp::any_host || is_loopback_host(url.host)) return {};
    return Error{ErrorKind::usage, fmt::format("refused to speak plain http with '{}'", url.authority()),
                 "use https, or allow it with --plain-http in a network you trust"};
  }

  // The request to make instead. What belongs to the first host alone is not shown to another one.
  Result<Request> follow(const Request& request, const Response& response, std::string method) const {
    Request next = request;
    next.url = TRY(resolve(request.url, *response.headers.find("Location")));
    if (request.url.scheme == "https" && next.url.scheme != "https")
      return Error{ErrorKind::system, fmt::format("'{}' redirects from https to plain http", request.url.authority())};
    if (!next.url.has_same_origin(request.url)) {
      if (is_private_address(next.url.host) && !is_private_address(request.url.host))
        return Error{ErrorKind::system, fmt::format("'{}' redirects into a private network: '{}'",
                                                    request.url.authority(), next.url.authority())};
      for (const char* name : {"Authorization", "Cookie", "Proxy-Authorization"}) next.headers.remove(name);
    }
    if (method != request.method) next.body.reset();
    next.method = std::move(method);
    return next;
  }

  Attempt send_following(Request request, Receiver* receiver) {
    for (int redirects = 0;; ++redirects) {
      if (auto allowed = check_scheme(request.url); !allowed.ok()) return {std::move(allowed).error()};
      Attempt attempt = exchange(handle, options, request, receiver);
      if (!attempt.result.ok() || !is_redirect(*attempt.result)) return attempt;
      auto method = method_after(attempt.result->status, request.method);
      if (!method) return attempt;
      if (redirects == options.redirects_max)
        return {Error{ErrorKind::system, fmt::format("'{}' redirects more than {} times", request.url.authority(),
                                                     options.redirects_max)}};
      auto next = follow(request, *attempt.result, std::move(*method));
      if (!next.ok()) return {std::move(next).error()};
      request = std::move(next).value();
    }
  }

  Status wait(int64_t ms) const {
    if (options.wait) return options.wait(ms);
    for (int64_t left = ms; left > 0; left -= kCancelPollMs) {
      if (options.cancel != nullptr) TRY(options.cancel->check());
      std::this_thread::sleep_for(std::chrono::milliseconds(std::min(left, kCancelPollMs)));
    }
    return {};
  }
};

bool may_repeat(const Request& request) {
  if (request.retry != Retry::by_method) return request.retry == Retry::always;
  return request.method == "GET" || request.method == "HEAD" || request.method == "PUT" || request.method == "DELETE";
}

Body text_body(std::string text) {
  auto shared = std::make_shared<const std::string>(std::move(text));
  const uint64_t bytes = shared->size();
  return {bytes, [shared]() -> Result<std::unique_ptr<Source>> { return {std::make_unique<TextSource>(shared)}; }};
}

HttpClient::HttpClient(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

const ClientOptions& HttpClient::options() const { return state_->options; }

Result<HttpClient> HttpClient::create(ClientOptions options) {
  const CurlLibrary* library = TRY(CurlLibrary::load());
  CurlHandle handle(library->easy_init(), CurlDeleter{library});
  if (!handle) return Error{ErrorKind::system, "cannot start libcurl"};
  const Random random(options.jitter_seed, 0);
  return HttpClient(std::unique_ptr<State>(new State{std::move(options), std::move(handle), random}));
}

Attempt HttpClient::send_once(const Request& request, Receiver* receiver) {
  return state_->send_following(request, receiver);
}

Status HttpClient::wait_before_try(int next_try, const Attempt& failed) {
  std::optional<int64_t> retry_after;
  if (failed.result.ok())
    if (const auto value = failed.result->headers.find("Retry-After"))
      retry_after = parse_retry_after_ms(*value, SystemClock().now());
  return state_->wait(retry_delay_ms(state_->options.retry, next_try, retry_after, state_->random));
}

Result<Response> HttpClient::send_repeating(const Request& request, Receiver* receiver) {
  for (int next_try = 2;; ++next_try) {
    Attempt attempt = send_once(request, receiver);
    const bool is_last = next_try > state_->options.retry.tries_max;
    if (!attempt.is_transient || !may_repeat(request) || is_last) return std::move(attempt.result);
    TRY(wait_before_try(next_try, attempt));
  }
}

Result<Response> HttpClient::send(const Request& request) { return send_repeating(request, nullptr); }

Result<Response> HttpClient::send(const Request& request, Receiver& receiver) {
  return send_repeating(request, &receiver);
}

}  // namespace aml::net
