#include "net/http_client.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "unit/net/fake_server.h"

using namespace aml;
using namespace aml::net;

namespace {

// A client whose waits are noted instead of slept.
struct TestClient {
  std::vector<int64_t> waits_ms;
  Cancel cancel;
  HttpClient client;

  explicit TestClient(ClientOptions options = {}) : client(HttpClient::create(prepared(std::move(options))).value()) {}

  ClientOptions prepared(ClientOptions options) {
    options.cancel = &cancel;
    options.wait = [this](int64_t ms) {
      waits_ms.push_back(ms);
      return Status();
    };
    return options;
  }
};

Request request_to(const FakeServer& server, std::string_view path, std::string method = "GET") {
  return {.method = std::move(method), .url = Url::parse("http://" + server.authority() + std::string(path)).value()};
}

// Fails a given number of times before it answers well.
FakeServer::Handler failing(int times, FakeAnswer failure) {
  auto left = std::make_shared<int>(times);
  return [left, failure](const FakeRequest&) { return (*left)-- > 0 ? failure : answer("200 OK", "", "fine"); };
}

class Collect final : public Receiver {
 public:
  Status start(const Response& head) override {
    status = head.status;
    text.clear();
    ++starts;
    return {};
  }
  Status write(std::string_view bytes) override {
    text.append(bytes);
    return limit < text.size() ? Status(Error{ErrorKind::bad_data, "enough"}) : Status();
  }
  unsigned status = 0;
  int starts = 0;
  std::string text;
  size_t limit = SIZE_MAX;
};

}  // namespace

TEST_CASE("a request carries its method, headers and body, and brings back the answer") {
  FakeServer server([](const FakeRequest&) { return answer("201 Created", "X-Kind: test\r\n", "made"); });
  TestClient test;
  Request request = request_to(server, "/a/b?c=d", "POST");
  request.headers.add("Content-Type", "text/plain");
  request.body = text_body("hello");
  const auto response = test.client.send(request);
  REQUIRE(response.ok());
  CHECK(response->status == 201);
  CHECK(response->body == "made");
  CHECK(response->headers.find("x-kind").value() == "test");
  const FakeRequest seen = server.requests().at(0);
  CHECK(seen.method == "POST");
  CHECK(seen.target == "/a/b?c=d");
  CHECK(seen.body == "hello");
  CHECK(seen.headers.find("Content-Type").value() == "text/plain");
  CHECK(seen.headers.find("Content-Length").value() == "5");
  CHECK(seen.headers.find("User-Agent").value() == "amltools");
  CHECK_FALSE(seen.headers.find("Expect").has_value());
}

TEST_CASE("an empty body has a length and a HEAD has no body") {
  FakeServer server([](const FakeRequest& request) {
    return request.method == "HEAD" ? FakeAnswer{"HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n"} : answer("202 OK");
  });
  TestClient test;
  Request post = request_to(server, "/", "POST");
  post.body = text_body("");
  CHECK(test.client.send(post).value().status == 202);
  CHECK(server.requests().at(0).headers.find("Content-Length").value() == "0");
  const auto head = test.client.send(request_to(server, "/", "HEAD"));
  CHECK(head.value().headers.find("Content-Length").value() == "1234");
  CHECK(head.value().body.empty());
}

TEST_CASE("a server that says later is asked again, as often as the policy allows") {
  for (const char* status : {"503 Busy", "429 Slow", "500 Oops"}) {
    FakeServer server(failing(2, answer(status)));
    TestClient test;
    CHECK(test.client.send(request_to(server, "/")).value().body == "fine");
    CHECK(test.waits_ms.size() == 2);
  }
  FakeServer server(failing(100, answer("503 Busy", "Retry-After: 7\r\n")));
  TestClient test({.retry = {.tries_max = 4}});
  CHECK(test.client.send(request_to(server, "/")).value().status == 503);
  CHECK(test.waits_ms == std::vector<int64_t>{7000, 7000, 7000});
}

TEST_CASE("a connection that drops is tried again, a POST is not") {
  FakeServer server(failing(2, {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut", true}));
  TestClient test;
  CHECK(test.client.send(request_to(server, "/")).value().body == "fine");
  CHECK(server.requests().size() == 3);

  FakeServer silent(failing(1, {"", true}));
  Request post = request_to(silent, "/", "POST");
  post.body = text_body("x");
  const auto refused = test.client.send(post);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::system);
  CHECK(silent.requests().size() == 1);
}

TEST_CASE("a PATCH on a kept connection that died is not sent a second time behind our back") {
  FakeServer server([](const FakeRequest& request) {
    return request.method == "GET" ? answer("200 OK") : FakeAnswer{"", true};
  });
  TestClient test;
  REQUIRE(test.client.send(request_to(server, "/")).ok());
  Request patch = request_to(server, "/", "PATCH");
  patch.body = text_body("once");
  const Attempt attempt = test.client.send_once(patch, nullptr);
  CHECK_FALSE(attempt.result.ok());
  CHECK(attempt.is_transient);
  CHECK(server.requests().size() == 2);
}

TEST_CASE("a body is sent again from its start") {
  FakeServer server(failing(1, answer("503 Busy")));
  TestClient test;
  Request put = request_to(server, "/", "PUT");
  put.body = text_body("all of it");
  CHECK(test.client.send(put).value().status == 200);
  REQUIRE(server.requests().size() == 2);
  CHECK(server.requests()[0].body == "all of it");
  CHECK(server.requests()[1].body == "all of it");
}

TEST_CASE("nobody listening is said at once, in one line with a hint") {
  uint16_t port = 0;
  {
    port = FakeServer([](const FakeRequest&) { return FakeAnswer{}; }).port();
  }
  TestClient test;
  const auto response = test.client.send({.url = Url::parse(fmt::format("http://127.0.0.1:{}/v2/", port)).value()});
  REQUIRE_FALSE(response.ok());
  CHECK(response.error().kind == ErrorKind::system);
  CHECK(response.error().message == fmt::format("cannot reach 'http://127.0.0.1:{}': Connection refused", port));
  CHECK(response.error().hint == fmt::format("check that a server listens at 127.0.0.1:{}", port));
  CHECK(test.waits_ms.empty());
}

TEST_CASE("redirects are followed, and credentials stay with their host") {
  FakeServer second([](const FakeRequest&) { return answer("200 OK", "", "there"); });
  FakeServer first([&](const FakeRequest& request) {
    if (request.target == "/near") return answer("307 Moved", "Location: /here\r\n");
    if (request.target == "/far") return answer("307 Moved", "Location: http://" + second.authority() + "/there\r\n");
    return answer("200 OK", "", "here");
  });
  TestClient test;
  Request near = request_to(first, "/near");
  near.headers.add("Authorization", "Basic c2VjcmV0");
  const auto close_by = test.client.send(near);
  CHECK(close_by.value().body == "here");
  CHECK(close_by.value().url.path == "/here");
  CHECK(first.requests().at(1).headers.find("Authorization").has_value());

  Request far = request_to(first, "/far");
  far.headers.add("Authorization", "Basic c2VjcmV0");
  far.headers.add("Accept", "text/plain");
  CHECK(test.client.send(far).value().body == "there");
  CHECK_FALSE(second.requests().at(0).headers.find("Authorization").has_value());
  CHECK(second.requests().at(0).headers.find("Accept").value() == "text/plain");
}

TEST_CASE("redirects keep or change the method as the status says") {
  FakeServer server([](const FakeRequest& request) {
    if (request.target != "/done") return answer(request.target.substr(1) + " Moved", "Location: /done\r\n");
    return answer("200 OK", "", request.method + " " + request.body);
  });
  TestClient test;
  const auto sent = [&](const char* target) {
    Request request = request_to(server, target, "POST");
    request.body = text_body("text");
    return test.client.send(request).value();
  };
  CHECK(sent("/307").body == "POST text");
  CHECK(sent("/308").body == "POST text");
  CHECK(sent("/303").body == "GET ");
  CHECK(sent("/302").status == 302);
  CHECK(sent("/301").status == 301);
}

TEST_CASE("redirects end somewhere, and never in a scheme or place that is not allowed") {
  std::string location = "/again";
  FakeServer server([&](const FakeRequest&) { return answer("302 Found", "Location: " + location + "\r\n"); });
  TestClient test;
  const auto message = [&] { return test.client.send(request_to(server, "/")).error().message; };
  CHECK(message() == "'" + server.authority() + "' redirects more than 10 times");
  location = "file:///etc/passwd";
  CHECK(message().ends_with("it does not start with http:// or https://"));
  location = "http://example.com/";
  CHECK(message() == "refused to speak plain http with 'example.com'");
}

TEST_CASE("plain http is for loopback unless asked for") {
  TestClient test;
  const auto refused = test.client.send({.url = Url::parse("http://registry.example.com:5000/v2/").value()});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::usage);
  CHECK(refused.error().message == "refused to speak plain http with 'registry.example.com:5000'");
}

TEST_CASE("a receiver gets a successful body only, from its start at each try") {
  FakeServer server(failing(1, {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut", true}));
  TestClient test;
  Collect collect;
  REQUIRE(test.client.send(request_to(server, "/"), collect).ok());
  CHECK(collect.text == "fine");
  CHECK(collect.starts == 2);

  FakeServer missing([](const FakeRequest&) { return answer("404 Not Found", "", "no such thing"); });
  Collect untouched;
  const auto response = test.client.send(request_to(missing, "/"), untouched);
  CHECK(response.value().body == "no such thing");
  CHECK(untouched.starts == 0);

  FakeServer empty([](const FakeRequest&) { return answer("200 OK"); });
  Collect nothing;
  REQUIRE(test.client.send(request_to(empty, "/"), nothing).ok());
  CHECK(nothing.starts == 1);
}

TEST_CASE("the receiver's error and an answer that is too long end the request") {
  FakeServer server([](const FakeRequest&) { return answer("200 OK", "", std::string(100'000, 'x')); });
  TestClient test({.body_bytes_max = 1000});
  Collect collect;
  collect.limit = 10;
  CHECK(test.client.send(request_to(server, "/"), collect).error().message == "enough");
  CHECK(test.client.send(request_to(server, "/")).error().message ==
        "'http://" + server.authority() + "/' answers with more than 1000 bytes");
  CHECK(test.waits_ms.empty());
}

TEST_CASE("a request to stop ends the waiting for an answer") {
  TestClient test;
  FakeServer server([&](const FakeRequest&) {
    test.cancel.request();
    return FakeAnswer{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"};  // and then silence
  });
  CHECK(test.client.send(request_to(server, "/")).error().kind == ErrorKind::interrupted);
}

TEST_CASE("a server that falls silent is given up") {
  FakeServer server([](const FakeRequest&) { return FakeAnswer{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"}; });
  TestClient test({.stall_timeout_ms = 1000, .retry = {.tries_max = 1}});
  const auto response = test.client.send(request_to(server, "/"));
  REQUIRE_FALSE(response.ok());
  CHECK(response.error().kind == ErrorKind::system);
  CHECK(response.error().hint == "the server or the network is too slow or gone; try again later");
}
