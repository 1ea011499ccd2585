#include "serve/service.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>

#include <mutex>
#include <thread>

#include "model/graph.h"
#include "os/file.h"
#include "text/json.h"

using namespace aml;
using namespace aml::serve;

namespace {

// score = 2 * x, with x [N,1] double.
std::shared_ptr<const model::Model> doubling_model();

os::UniqueFd connect_to(uint16_t port) {
  os::UniqueFd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  return fd;
}

struct Reply {
  std::string head;
  std::string body;
};

Reply ask(uint16_t port, std::string_view method, std::string_view path, std::string_view body = {},
          std::string_view headers = {}) {
  const os::UniqueFd fd = connect_to(port);
  std::string request = std::string(method) + " " + std::string(path) +
                        " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + std::string(headers) +
                        "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
  REQUIRE(os::write_all(fd.get(), request, "socket").ok());
  const std::string text = os::read_all(fd.get(), "socket", 1 << 20).value();
  const size_t end = text.find("\r\n\r\n");
  REQUIRE(end != std::string::npos);
  return {text.substr(0, end), text.substr(end + 4)};
}

bool has_status(const Reply& reply, int status) {
  return reply.head.starts_with("HTTP/1.1 " + std::to_string(status) + " ");
}

// A service that answers while the object lives.
class RunningService {
 public:
  RunningService() : pipe_(os::make_pipe().value()) {
    ServiceOptions options;
    options.model_name = "doubling";
    options.on_access = [this](const Access& access) {
      const std::lock_guard lock(mutex_);
      paths_.push_back(access.path);
    };
    service_ = Service::create(doubling_model(), std::move(options), clock_).value();
    service_->start();
    thread_ = std::thread([this] { status_ = service_->run_until(pipe_.read_end.get()); });
  }
  ~RunningService() {
    if (thread_.joinable()) CHECK(stop().ok());
  }
  uint16_t port() const { return service_->port(); }
  Status stop() {
    CHECK(os::write_all(pipe_.write_end.get(), "x", "pipe").ok());
    thread_.join();
    return std::move(status_);
  }
  std::vector<std::string> paths() {
    const std::lock_guard lock(mutex_);
    return paths_;
  }

 private:
  SystemClock clock_;
  os::Pipe pipe_;
  std::mutex mutex_;
  std::vector<std::string> paths_;
  std::unique_ptr<Service> service_;
  Status status_;
  std::thread thread_;
};

std::shared_ptr<const model::Model> doubling_model() {
  model::GraphBuilder graph("doubling");
  const auto x = graph.input({"x", model::ElementType::float64, {-1, 1}});
  const auto doubled = graph.add({.op = "Add", .inputs = {x, x}});
  const auto narrow =
      graph.add({.op = "Cast", .inputs = {doubled}, .attributes = {{"to", model::ElementType::float32}}});
  graph.output({"score", model::ElementType::float32, {-1, 1}}, narrow);
  return std::make_shared<const model::Model>(model::load_model(graph.finish(), "doubling").value());
}

}  // namespace

TEST_CASE("rows are scored as JSON and as CSV") {
  RunningService service;
  const Reply json = ask(service.port(), "POST", "/score", R"([{"x":1.5},{"x":4}])", "x-request-id: abc\r\n");
  CHECK(has_status(json, 200));
  CHECK(json.body == "{\"predictions\":[{\"score\":3},{\"score\":8}]}\n");
  CHECK(json.head.find("x-request-id: abc") != std::string::npos);
  const Reply csv = ask(service.port(), "POST", "/score", "x\n1.5\n4\n", "Content-Type: text/csv\r\n");
  CHECK(csv.body == "score\n3\n8\n");
}

TEST_CASE("bad requests get one JSON error each") {
  RunningService service;
  const Reply missing = ask(service.port(), "POST", "/score", R"({"y":1})");
  CHECK(has_status(missing, 400));
  CHECK(text::parse_json(missing.body)->string_or("error", "") == "row 1: no column 'x'");
  CHECK(has_status(ask(service.port(), "POST", "/score", "{"), 400));
  CHECK(has_status(ask(service.port(), "GET", "/score"), 405));
  CHECK(has_status(ask(service.port(), "POST", "/healthz"), 405));
  CHECK(has_status(ask(service.port(), "GET", "/nowhere"), 404));
  CHECK(has_status(ask(service.port(), "POST", "/score", "<x/>", "Content-Type: text/xml\r\n"), 415));
}

TEST_CASE("health, metrics and contract are there to ask") {
  RunningService service;
  CHECK(ask(service.port(), "GET", "/healthz").body == "ok\n");
  ask(service.port(), "POST", "/score", R"({"x":1})");
  const Reply metrics = ask(service.port(), "GET", "/metrics");
  CHECK(metrics.head.find("text/plain; version=0.0.4") != std::string::npos);
  CHECK(metrics.body.find("aml_requests_total{route=\"/score\",code=\"200\"} 1\n") != std::string::npos);
  const auto contract = text::parse_json(ask(service.port(), "GET", "/openapi.json").body);
  REQUIRE(contract.ok());
  CHECK((*contract)["components"]["schemas"]["Row"]["required"].dump() == R"(["x"])");
  CHECK(ask(service.port(), "GET", "/").body.find("  x  number\n") != std::string::npos);
}

TEST_CASE("a stop ends cleanly and the access log saw the requests") {
  RunningService service;
  ask(service.port(), "GET", "/healthz");
  CHECK(service.stop().ok());
  CHECK(service.paths() == std::vector<std::string>{"/healthz"});
}
