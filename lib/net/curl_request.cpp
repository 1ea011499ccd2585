#include "net/curl_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <system_error>

namespace aml::net {
namespace {

struct FreeList {
  const CurlLibrary* library;
  void operator()(curl_slist* list) const { library->slist_free_all(list); }
};

// What libcurl's callbacks share. Each returns a value that makes libcurl give up once `failure` is set.
class Exchange {
 public:
  Exchange(const ClientOptions& options, const Request& request, Receiver* receiver)
      : options_(options), request_(request), receiver_(receiver) {
    response_.url = request.url;
  }

  Status open_body() {
    if (!request_.body) return {};
    body_ = TRY(request_.body->open());
    piece_ = {};
    return {};
  }

  size_t take_header(std::string_view line) {
    // Interim answers (100, a proxy's 200) come before the final one; each starts with its status line.
    if (line.starts_with("HTTP/")) {
      response_.headers = {};
      response_.status = parse_status(line);
      has_started_ = false;
    }
    response_.headers.add_line(line);
    return line.size();
  }

  size_t take_body(std::string_view bytes) {
    if (receiver_ != nullptr && response_.is_success()) failure_ = give_to_receiver(bytes);
    else if (response_.body.size() + bytes.size() > options_.body_bytes_max) failure_ = too_large();
    else response_.body.append(bytes);
    return failure_.ok() ? bytes.size() : CURL_WRITEFUNC_ERROR;
  }

  size_t give_body(char* out, size_t size) {
    if (piece_.empty()) {
      auto next = body_->read();
      if (!next.ok()) {
        failure_ = std::move(next).error();
        return CURL_READFUNC_ABORT;
      }
      piece_ = *next;
    }
    const size_t count = std::min(size, piece_.size());
    std::memcpy(out, piece_.data(), count);
    piece_.remove_prefix(count);
    return count;
  }

  // libcurl repeats a request on its own when a kept connection turns out to be dead. What was sent may have arrived
  // all the same, so that this is refused where doing it twice is not the same as once.
  bool rewind_body(curl_off_t offset, int origin) {
    return may_repeat(request_) && offset == 0 && origin == SEEK_SET && open_body().ok();
  }

  bool is_cancelled() const { return options_.cancel != nullptr && options_.cancel->is_requested(); }

  // A successful answer without a body has not been announced yet.
  Status finish() { return receiver_ != nullptr && response_.is_success() ? give_to_receiver({}) : Status(); }

  const Status& failure() const { return failure_; }
  Response take_response() { return std::move(response_); }
  const Response& response() const { return response_; }

 private:
  static unsigned parse_status(std::string_view line) {
    const size_t space = line.find(' ');
    unsigned status = 0;
    for (size_t i = space + 1; space != line.npos && i < line.size() && line[i] >= '0' && line[i] <= '9'; ++i)
      status = status * 10 + static_cast<unsigned>(line[i] - '0');
    return status;
  }

  Status give_to_receiver(std::string_view bytes) {
    if (!has_started_) TRY(receiver_->start(response_));
    has_started_ = true;
    return bytes.empty() ? Status() : receiver_->write(bytes);
  }

  Error too_large() const {
    return Error{ErrorKind::bad_data,
                 fmt::format("'{}' answers with more than {} bytes", request_.url.text(), options_.body_bytes_max)};
  }

  const ClientOptions& options_;
  const Request& request_;
  Receiver* receiver_;
  std::unique_ptr<Source> body_;
  std::string_view piece_;
  Response response_;
  Status failure_;
  bool has_started_ = false;
};

size_t on_header(char* data, size_t size, size_t count, void* exchange) {
  return static_cast<Exchange*>(exchange)->take_header({data, size * count});
}
size_t on_body(char* data, size_t size, size_t count, void* exchange) {
  return static_cast<Exchange*>(exchange)->take_body({data, size * count});
}
size_t on_read(char* data, size_t size, size_t count, void* exchange) {
  return static_cast<Exchange*>(exchange)->give_body(data, size * count);
}
int on_seek(void* exchange, curl_off_t offset, int origin) {
  return static_cast<Exchange*>(exchange)->rewind_body(offset, origin) ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
}
int on_progress(void* exchange, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Exchange*>(exchange)->is_cancelled() ? 1 : 0;
}

// Everything a request needs said to libcurl. The header list must live until the exchange is over.
class HandleSetup {
 public:
  HandleSetup(const CurlHandle& handle, Exchange& exchange)
      : handle_(handle.get()),
        library_(handle.get_deleter().library),
        exchange_(exchange),
        list_(nullptr, FreeList{library_}) {
    library_->easy_reset(handle_);
  }

  void apply(const ClientOptions& options, const Request& request) {
    const std::string url = request.url.text();
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_USERAGENT, options.user_agent.c_str());
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout_ms));
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(std::max<int64_t>(1, options.stall_timeout_ms / 1000)));
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    const std::string proxy(proxy_for(options.proxies, request.url));
    set(CURLOPT_PROXY, proxy.c_str());  // the empty string keeps libcurl from reading the environment itself
    set(CURLOPT_NOPROXY, options.proxies.no_proxy.c_str());
    set_callbacks();
    set_method(request);
    set_headers(request);
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    AML_CHECK(library_->easy_setopt(handle_, option, value) == CURLE_OK);
  }

  void set_callbacks() {
    void* exchange = &exchange_;
    set(CURLOPT_HEADERFUNCTION, on_header);
    set(CURLOPT_HEADERDATA, exchange);
    set(CURLOPT_WRITEFUNCTION, on_body);
    set(CURLOPT_WRITEDATA, exchange);
    set(CURLOPT_READFUNCTION, on_read);
    set(CURLOPT_READDATA, exchange);
    set(CURLOPT_SEEKFUNCTION, on_seek);
    set(CURLOPT_SEEKDATA, exchange);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, on_progress);
    set(CURLOPT_XFERINFODATA, exchange);
  }

  void set_method(const Request& request) {
    if (request.method == "HEAD") set(CURLOPT_NOBODY, 1L);
    if (request.body) {
      set(CURLOPT_UPLOAD, 1L);
      set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.body->bytes));
      set(CURLOPT_UPLOAD_BUFFERSIZE, 256L << 10);
    }
    if (request.method != "HEAD") set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }

  void set_headers(const Request& request) {
    add_line("Expect:");  // no waiting for "100 Continue", which some servers never send
    for (const auto& [name, value] : request.headers) add_line(fmt::format("{}: {}", name, value));
    set(CURLOPT_HTTPHEADER, list_.get());
  }

  void add_line(const std::string& line) {
    curl_slist* longer = library_->slist_append(list_.get(), line.c_str());
    AML_CHECK(longer != nullptr);
    static_cast<void>(list_.release());
    list_.reset(longer);
  }

  CURL* handle_;
  const CurlLibrary* library_;
  Exchange& exchange_;
  std::unique_ptr<curl_slist, FreeList> list_;
};

// A connection that broke on the way may hold next time; an address that leads nowhere will not start to.
bool is_transient(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_UPLOAD_FAILED: return true;
    default: return false;
  }
}

std::string hint_for(CURLcode code, const Url& url) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return fmt::format("check the spelling of '{}' and the network", url.host);
    case CURLE_COULDNT_CONNECT: return fmt::format("check that a server listens at {}", url.authority());
    case CURLE_SSL_CONNECT_ERROR: return "a server that speaks plain http needs --plain-http";
    case CURLE_PEER_FAILED_VERIFICATION: return "the server's certificate is not signed by an authority known here";
    case CURLE_OPERATION_TIMEDOUT: return "the server or the network is too slow or gone; try again later";
    default: return "try again; if it stays, ask who runs the server";
  }
}

// Where nobody answers at all, the host is what matters; else the whole address.
Error transport_error(CURLcode code, const char* detail, const CurlHandle& handle, const Request& request) {
  const CurlLibrary& library = *handle.get_deleter().library;
  std::string reason = detail[0] != '\0' ? detail : library.easy_strerror(code);
  long error_number = 0;
  library.easy_getinfo(handle.get(), CURLINFO_OS_ERRNO, &error_number);
  const bool is_refused = code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST;
  // libcurl's own words hold the milliseconds it took, which are different every time.
  if (code == CURLE_COULDNT_CONNECT && error_number != 0)
    reason = std::generic_category().message(static_cast<int>(error_number));
  const std::string where =
      is_refused ? fmt::format("{}://{}", request.url.scheme, request.url.authority()) : request.url.text();
  return Error{ErrorKind::system, fmt::format("cannot reach '{}': {}", where, reason), hint_for(code, request.url)};
}

}  // namespace

Attempt exchange(const CurlHandle& handle, const ClientOptions& options, const Request& request, Receiver* receiver) {
  const CurlLibrary& library = *handle.get_deleter().library;
  Exchange exchange(options, request, receiver);
  if (auto opened = exchange.open_body(); !opened.ok()) return {std::move(opened).error()};
  HandleSetup setup(handle, exchange);
  setup.apply(options, request);
  std::array<char, CURL_ERROR_SIZE> detail{};
  library.easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, detail.data());
  const CURLcode code = library.easy_perform(handle.get());
  library.easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, nullptr);
  if (!exchange.failure().ok()) return {exchange.failure().error()};
  if (exchange.is_cancelled()) return {Error{ErrorKind::interrupted, "interrupted"}};
  if (code != CURLE_OK) return {transport_error(code, detail.data(), handle, request), is_transient(code)};
  if (auto finished = exchange.finish(); !finished.ok()) return {std::move(finished).error()};
  const bool is_transient = is_retryable_status(exchange.response().status);
  return {exchange.take_response(), is_transient};
}

}  // namespace aml::net
