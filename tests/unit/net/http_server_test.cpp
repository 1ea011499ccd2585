#include "net/http_server.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <latch>
#include <thread>

#include "os/file.h"

using namespace aml;
using namespace aml::net;

namespace {

ServerResponse echo(const ServerRequest& request) {
  return {200, "text/plain", request.method + " " + request.path + "?" + request.query + " " + request.body};
}

std::unique_ptr<HttpServer> serve(ServerHandler handler, ServerOptions options = {}) {
  auto server = HttpServer::listen(std::move(options), std::move(handler));
  REQUIRE(server.ok());
  (*server)->start();
  return std::move(server).value();
}

os::UniqueFd connect_to(uint16_t port) {
  os::UniqueFd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  return fd;
}

// Sends `text`, says that nothing follows, and returns all that comes back.
std::string exchange(uint16_t port, std::string_view text) {
  const os::UniqueFd fd = connect_to(port);
  REQUIRE(os::write_all(fd.get(), text, "socket").ok());
  shutdown(fd.get(), SHUT_WR);
  return os::read_all(fd.get(), "socket", 1 << 20).value();
}

std::string status_line(const std::string& reply) { return reply.substr(0, reply.find("\r\n")); }

}  // namespace

TEST_CASE("a request is answered with its method, path, query and body") {
  const auto server = serve(echo);
  const std::string reply =
      exchange(server->port(), "POST /score?a=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
  CHECK(status_line(reply) == "HTTP/1.1 200 OK");
  CHECK(reply.ends_with("\r\n\r\nPOST /score?a=1 abc"));
}

TEST_CASE("pipelined requests are answered in order") {
  const auto server = serve(echo);
  const std::string reply = exchange(
      server->port(), "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const size_t first = reply.find("GET /1?"), second = reply.find("GET /2?");
  CHECK(first != std::string::npos);
  CHECK(second != std::string::npos);
  CHECK(first < second);
}

TEST_CASE("chunked bodies are put together") {
  const auto server = serve(echo);
  const std::string reply =
      exchange(server->port(),
               "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  CHECK(reply.ends_with("POST /c? abcde"));
}

TEST_CASE("ambiguous and malformed messages are refused") {
  const auto server = serve(echo);
  for (const char* text :
       {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\x01\r\n\r\n", "nonsense\r\n\r\n"})
    CHECK_MESSAGE(status_line(exchange(server->port(), text)) == "HTTP/1.1 400 Bad Request", text);
}

TEST_CASE("limits on header and body are answered 431 and 413") {
  ServerOptions options;
  options.limits.header_bytes = 256;
  options.limits.body_bytes = 10;
  const auto server = serve(echo, options);
  const std::string long_header = "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(500, 'a') + "\r\n\r\n";
  CHECK(status_line(exchange(server->port(), long_header)) == "HTTP/1.1 431 Request Header Fields Too Large");
  CHECK(status_line(exchange(server->port(), "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nabcdefghijk")) ==
        "HTTP/1.1 413 Payload Too Large");
}

TEST_CASE("Expect: 100-continue is answered before the body") {
  const auto server = serve(echo);
  const std::string reply =
      exchange(server->port(), "POST /e HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok");
  CHECK(reply.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"));
}

TEST_CASE("HEAD gets the length but no body") {
  const auto server = serve(echo);
  const std::string reply = exchange(server->port(), "HEAD /h HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(reply.find("Content-Length: 9\r\n") != std::string::npos);
  CHECK(reply.ends_with("\r\n\r\n"));
}

TEST_CASE("connections over the limit get 503") {
  ServerOptions options;
  options.limits.connections_max = 1;
  const auto server = serve(echo, options);
  const os::UniqueFd first = connect_to(server->port());
  REQUIRE(os::write_all(first.get(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "socket").ok());
  char byte = 0;
  REQUIRE(read(first.get(), &byte, 1) == 1);  // the first connection is surely counted
  CHECK(status_line(exchange(server->port(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n")) ==
        "HTTP/1.1 503 Service Unavailable");
}

TEST_CASE("a port in use is an error that says so") {
  const auto server = serve(echo);
  ServerOptions options;
  options.port = server->port();
  const auto second = HttpServer::listen(options, echo);
  REQUIRE(!second.ok());
  CHECK(second.error().kind == ErrorKind::system);
  CHECK(second.error().message.find("Address already in use") != std::string::npos);
  options.host = "localhost";
  CHECK(HttpServer::listen(options, echo).error().kind == ErrorKind::usage);
}

TEST_CASE("stop lets a request in flight finish and closes idle connections") {
  std::latch entered(1), may_answer(1);
  const auto server = serve(
      [&](const ServerRequest&) -> ServerResponse {
        entered.count_down();
        may_answer.wait();
        return {200, "text/plain", "done"};
      },
      {.threads = 2});
  std::string reply;
  std::thread client([&] { reply = exchange(server->port(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); });
  entered.wait();
  bool clean = false;
  std::thread stopper([&] { clean = server->stop(10'000); });
  may_answer.count_down();
  stopper.join();
  client.join();
  CHECK(clean);
  CHECK(reply.ends_with("done"));
}
