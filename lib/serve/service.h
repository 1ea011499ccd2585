// A model behind HTTP: POST /score, GET /healthz, /metrics, /openapi.json and / (what this is). Used by
// `amldeploy serve` and by the scorer inside images.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "model/score.h"
#include "net/http_server.h"

namespace aml::serve {

// One line of an access log.
struct Access {
  std::string method;
  std::string path;
  unsigned status = 0;
  int64_t duration_ns = 0;
};

struct ServiceOptions {
  net::ServerOptions server;
  std::string model_name = "model";
  std::string model_version;
  std::string model_digest;
  // On a stop readiness turns 503 at once and serving goes on for `drain_ms`, because load balancers learn late;
  // then requests in flight have `grace_ms` to finish.
  int64_t drain_ms = 0;
  int64_t grace_ms = 25'000;
  std::function<void(const Access&)> on_access;  // may be empty; called from all server threads
};

class Service {
 public:
  // Listens at once, so that port() is known; answers from start() on. `clock` must outlive the service.
  static Result<std::unique_ptr<Service>> create(std::shared_ptr<const model::Model> model, ServiceOptions options,
                                                 const Clock& clock);
  ~Service();

  uint16_t port() const;
  void start();

  // Waits until `wake_fd` is readable, then drains and stops. An error when requests had to be cut off.
  Status run_until(int wake_fd);

 private:
  struct State;
  std::unique_ptr<State> state_;

 public:
  explicit Service(std::unique_ptr<State> state);  // for create(): nobody else has a State
};

}  // namespace aml::serve
