#include "net/http_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/socket_base.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "net/headers.h"

namespace aml::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

// Linux: several listeners on one port, one per thread, and the kernel spreads the connections.
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

class Connection;

// One thread, its io_context, its listening socket and the connections it accepted. Everything in a Lane but
// `thread` is touched by its own thread only. The context goes first, and with it the pending operations that still own
// connections, which then leave `connections`.
struct Lane {
  std::set<Connection*> connections;
  asio::io_context context{1};
  tcp::acceptor acceptor{context};
  std::thread thread;
};

// What all lanes share; read-only but for the atomics.
struct Shared {
  ServerOptions options;
  ServerHandler handler;
  RefusalObserver on_refusal;
  std::atomic<bool> draining{false};
  std::atomic<size_t> connection_count{0};
  std::mutex mutex;                 // for `emptied` alone
  std::condition_variable emptied;  // connection_count became 0

  void refuse(unsigned status) const {
    if (on_refusal) on_refusal(status);
  }
};

// Reads requests from one socket and answers them, one after the other, until either side closes. Kept alive by the
// handlers of its pending operation (hence shared_ptr: the owner is whichever operation is pending).
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, Lane& lane, Shared& shared)
      : stream_(std::move(socket)), lane_(lane), shared_(shared) {
    lane_.connections.insert(this);
    shared_.connection_count.fetch_add(1);
  }

  ~Connection() {
    lane_.connections.erase(this);
    if (shared_.connection_count.fetch_sub(1) != 1) return;
    const std::lock_guard lock(shared_.mutex);
    shared_.emptied.notify_all();
  }

  void start(bool is_over_limit) {
    error_code ignored;
    stream_.socket().set_option(tcp::no_delay(true), ignored);
    if (is_over_limit) refuse(503, "too many connections");
    else read_header();
  }

  void close_if_idle() {
    if (is_idle_) stream_.cancel();
  }

 private:
  const ServerLimits& limits() const { return shared_.options.limits; }
  void expire_after(int64_t ms) { stream_.expires_after(std::chrono::milliseconds(ms)); }

  void read_header() {
    parser_.emplace();
    parser_->header_limit(limits().header_bytes);
    parser_->body_limit(limits().body_bytes);
    is_idle_ = true;
    expire_after(limits().header_timeout_ms);
    http::async_read_header(stream_, buffer_, *parser_, [self = shared_from_this()](error_code error, size_t) {
      self->is_idle_ = false;
      if (error) self->fail(error);
      else self->read_body();
    });
  }

  void read_body() {
    if (!is_well_framed()) return refuse(400, "ambiguous message length");
    expire_after(limits().body_timeout_ms);
    const auto expectation = parser_->get()[http::field::expect];
    if (parser_->get().version() >= 11 &&
        equals_ignoring_case({expectation.data(), expectation.size()}, "100-continue"))
      return send_continue();
    read_rest();
  }

  // A message with both a length and a transfer coding, or with two lengths, means different things to different
  // readers on the way (request smuggling), so it is refused (RFC 9112, 6.3).
  bool is_well_framed() const {
    const auto& fields = parser_->get();
    const auto lengths = fields.count(http::field::content_length);
    const auto codings = fields.count(http::field::transfer_encoding);
    return lengths + codings <= 1 && fields.count(http::field::host) <= 1;
  }

  void send_continue() {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(stream_, asio::buffer(kContinue.data(), kContinue.size()),
                      [self = shared_from_this()](error_code error, size_t) {
                        if (error) self->fail(error);
                        else self->read_rest();
                      });
  }

  void read_rest() {
    http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](error_code error, size_t) {
      if (error) self->fail(error);
      else self->answer();
    });
  }

  void answer() {
    const bool is_head = parser_->get().method() == http::verb::head;
    const bool keep_alive = parser_->keep_alive() && !shared_.draining.load();
    const unsigned version = parser_->get().version();
    ServerResponse response = shared_.handler(take_request());
    send(std::move(response), version, keep_alive, is_head);
  }

  ServerRequest take_request() {
    auto message = parser_->release();
    ServerRequest request;
    request.method = std::string(message.method_string());
    std::string_view target(message.target().data(), message.target().size());
    const size_t question = target.find('?');
    request.path = target.substr(0, question);
    if (question != std::string_view::npos) request.query = target.substr(question + 1);
    for (const auto& field : message)
      request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    request.body = std::move(message.body());
    return request;
  }

  void send(ServerResponse response, unsigned version, bool keep_alive, bool is_head) {
    response_.emplace(static_cast<http::status>(response.status), version);
    response_->set(http::field::content_type, response.content_type);
    for (const auto& [name, value] : response.headers) response_->set(name, value);
    response_->keep_alive(keep_alive);
    response_->content_length(response.body.size());
    if (!is_head) response_->body() = std::move(response.body);
    expire_after(limits().write_timeout_ms);
    const auto on_sent = [self = shared_from_this(), keep_alive](error_code error, size_t) {
      self->serializer_.reset();
      if (error) return;
      if (keep_alive && !self->shared_.draining.load()) self->read_header();
      else self->close();
    };
    serializer_.emplace(*response_);
    if (is_head) http::async_write_header(stream_, *serializer_, on_sent);
    else http::async_write(stream_, *serializer_, on_sent);
  }

  // Answers a request that cannot be handled, and closes.
  void refuse(unsigned status, std::string_view why) {
    shared_.refuse(status);
    ServerResponse response{status, "application/json", fmt::format("{{\"error\":\"{}\"}}\n", why)};
    if (status == 503) response.headers.emplace_back("Retry-After", "1");
    send(std::move(response), 11, false, false);
  }

  void fail(error_code error) {
    if (error == http::error::end_of_stream || error == beast::error::timeout) return close();
    if (error == http::error::body_limit)
      return refuse(413, fmt::format("the body is larger than {} bytes", limits().body_bytes));
    if (error == http::error::header_limit)
      return refuse(431, fmt::format("the header is larger than {} bytes", limits().header_bytes));
    if (error.category() == http::make_error_code(http::error::bad_method).category() &&
        error != http::error::partial_message)
      return refuse(400, "malformed request: " + error.message());
  }

  void close() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  beast::tcp_stream stream_;
  Lane& lane_;
  Shared& shared_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<http::response<http::string_body>> response_;
  std::optional<http::response_serializer<http::string_body>> serializer_;
  bool is_idle_ = false;  // waiting for a request, so that nothing is lost by closing
};

void accept_next(Lane& lane, Shared& shared) {
  lane.acceptor.async_accept(lane.context, [&lane, &shared](error_code error, tcp::socket socket) {
    if (error == asio::error::operation_aborted || shared.draining.load()) return;
    if (!error) {
      const bool is_over_limit = shared.connection_count.load() >= shared.options.limits.connections_max;
      std::make_shared<Connection>(std::move(socket), lane, shared)->start(is_over_limit);
    }
    // Out of descriptors is not the end: connections that close make room again.
    accept_next(lane, shared);
  });
}

enum class Sharing : uint8_t { no, between_lanes };

Status open_acceptor(tcp::acceptor& acceptor, const tcp::endpoint& endpoint, Sharing sharing) {
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error && sharing == Sharing::between_lanes) acceptor.set_option(ReusePort(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) return {};
  const bool is_in_use = error == asio::error::address_in_use;
  return Error{
      ErrorKind::system,
      fmt::format("cannot listen on {}:{}: {}", endpoint.address().to_string(), endpoint.port(), error.message()),
      is_in_use ? "another program uses this port; take another, or 0 for any free one" : ""};
}

// Two servers of one user could share a port unnoticed through SO_REUSEPORT, so it is first taken without.
Status check_port_is_free(const tcp::endpoint& endpoint) {
  asio::io_context context;
  tcp::acceptor probe(context);
  return open_acceptor(probe, endpoint, Sharing::no);
}

}  // namespace

std::string_view ServerRequest::find_header(std::string_view name) const {
  for (const auto& [header, value] : headers)
    if (equals_ignoring_case(header, name)) return value;
  return {};
}

struct HttpServer::State {
  Shared shared;
  std::vector<std::unique_ptr<Lane>> lanes;
  bool started = false;
  bool stopped = false;
};

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

HttpServer::~HttpServer() { stop(0); }

Result<std::unique_ptr<HttpServer>> HttpServer::listen(ServerOptions options, ServerHandler handler,
                                                       RefusalObserver on_refusal) {
  error_code error;
  const auto address = asio::ip::make_address(options.host, error);
  if (error)
    return Error{ErrorKind::usage, fmt::format("'{}' is not an address", options.host),
                 "give an address such as 127.0.0.1 or 0.0.0.0"};
  if (options.port != 0) TRY(check_port_is_free({address, options.port}));
  auto state = std::make_unique<State>();
  state->shared.options = std::move(options);
  state->shared.handler = std::move(handler);
  state->shared.on_refusal = std::move(on_refusal);
  for (unsigned i = 0; i < std::max(1U, state->shared.options.threads); ++i) {
    auto lane = std::make_unique<Lane>();
    TRY(open_acceptor(lane->acceptor, {address, state->shared.options.port}, Sharing::between_lanes));
    state->shared.options.port = lane->acceptor.local_endpoint(error).port();
    state->lanes.push_back(std::move(lane));
  }
  return std::make_unique<HttpServer>(std::move(state));
}

uint16_t HttpServer::port() const { return state_->shared.options.port; }

size_t HttpServer::open_connections() const { return state_->shared.connection_count.load(); }

void HttpServer::start() {
  AML_CHECK(!state_->started);
  state_->started = true;
  for (const auto& lane : state_->lanes) {
    accept_next(*lane, state_->shared);
    lane->thread = std::thread([context = &lane->context] { context->run(); });
  }
}

bool HttpServer::stop(int64_t grace_ms) {
  if (state_->stopped) return true;
  state_->stopped = true;
  Shared& shared = state_->shared;
  shared.draining.store(true);
  for (const auto& lane : state_->lanes) {
    asio::post(lane->context, [lane = lane.get()] {
      error_code ignored;
      lane->acceptor.close(ignored);
      for (Connection* connection : lane->connections) connection->close_if_idle();
    });
  }
  bool is_empty = true;
  if (state_->started && grace_ms > 0) {
    std::unique_lock lock(shared.mutex);
    is_empty = shared.emptied.wait_for(lock, std::chrono::milliseconds(grace_ms),
                                       [&] { return shared.connection_count.load() == 0; });
  }
  for (const auto& lane : state_->lanes) {
    lane->context.stop();
    if (lane->thread.joinable()) lane->thread.join();
  }
  return is_empty;
}

}  // namespace aml::net
