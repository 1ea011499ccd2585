// A server for tests that says exactly what it is told to, also what no real server would: cut answers, wrong
// lengths, silence. One connection at a time, on a loopback port the kernel picks.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/check.h"
#include "net/headers.h"
#include "os/file.h"

struct FakeRequest {
  std::string method;
  std::string target;
  aml::net::Headers headers;
  std::string body;  // shorter than announced if read_body_max cut it
};

struct FakeAnswer {
  std::string bytes;               // the whole answer, status line and all; empty: none
  bool closes_connection = false;  // after the answer
};

inline FakeAnswer answer(std::string_view status, std::string_view headers = {}, std::string_view body = {}) {
  std::string bytes = "HTTP/1.1 ";
  bytes.append(status).append("\r\nContent-Length: ").append(std::to_string(body.size())).append("\r\n");
  bytes.append(headers).append("\r\n").append(body);
  return {bytes};
}

class FakeServer {
 public:
  using Handler = std::function<FakeAnswer(const FakeRequest&)>;
  // `read_body_max` is how much of a body is read before the handler is asked; the rest stays in the socket.
  explicit FakeServer(Handler handler, size_t read_body_max = SIZE_MAX)
      : handler_(std::move(handler)), read_body_max_(read_body_max), listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    AML_CHECK(bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), size) == 0);
    AML_CHECK(listen(listener_.get(), 16) == 0);
    AML_CHECK(getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~FakeServer() {
    is_stopping_ = true;
    shutdown(listener_.get(), SHUT_RDWR);
    {
      const std::lock_guard lock(mutex_);
      if (connection_ >= 0) shutdown(connection_, SHUT_RDWR);
    }
    thread_.join();
  }

  uint16_t port() const { return port_; }
  std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }
  std::vector<FakeRequest> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void serve() {
    while (!is_stopping_) {
      const aml::os::UniqueFd connection(accept(listener_.get(), nullptr, nullptr));
      if (!connection) return;
      set_connection(connection.get());
      while (!is_stopping_ && serve_one(connection.get())) {
      }
      set_connection(-1);
    }
  }

  void set_connection(int fd) {
    const std::lock_guard lock(mutex_);
    connection_ = fd;
  }

  bool serve_one(int fd) {
    std::string buffer;
    size_t end = 0;
    while ((end = buffer.find("\r\n\r\n")) == std::string::npos)
      if (!receive(fd, buffer)) return false;
    FakeRequest request = parse_head(buffer.substr(0, end + 2));
    const auto length = request.headers.find("Content-Length");
    const size_t announced = length ? std::strtoull(std::string(*length).c_str(), nullptr, 10) : 0;
    const size_t wanted = std::min(announced, read_body_max_);
    while (buffer.size() - end - 4 < wanted)
      if (!receive(fd, buffer)) break;
    request.body = buffer.substr(end + 4);
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    const FakeAnswer said = handler_(request);
    if (!said.bytes.empty()) ::send(fd, said.bytes.data(), said.bytes.size(), MSG_NOSIGNAL);
    return !said.closes_connection && !said.bytes.empty();
  }

  static FakeRequest parse_head(const std::string& head) {
    FakeRequest request;
    const size_t space = head.find(' ');
    request.method = head.substr(0, space);
    request.target = head.substr(space + 1, head.find(' ', space + 1) - space - 1);
    for (size_t at = head.find("\r\n") + 2; at < head.size();) {
      const size_t line_end = head.find("\r\n", at);
      request.headers.add_line(head.substr(at, line_end - at));
      at = line_end + 2;
    }
    return request;
  }

  static bool receive(int fd, std::string& buffer) {
    char piece[65536];
    const ssize_t count = recv(fd, piece, sizeof piece, 0);
    if (count > 0) buffer.append(piece, static_cast<size_t>(count));
    return count > 0;
  }

  Handler handler_;
  size_t read_body_max_;
  aml::os::UniqueFd listener_;
  uint16_t port_ = 0;
  std::atomic<bool> is_stopping_{false};
  std::mutex mutex_;  // of the two below
  std::vector<FakeRequest> requests_;
  int connection_ = -1;
  std::thread thread_;
};
