#include "serve/service.h"

#include <fmt/format.h>
#include <poll.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <thread>

#include "serve/decode.h"
#include "serve/encode.h"
#include "serve/openapi.h"
#include "serve/telemetry.h"
#include "text/json.h"

namespace aml::serve {
namespace {

using net::ServerRequest;
using net::ServerResponse;

int64_t steady_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

ServerResponse error_response(unsigned status, std::string_view message, std::string_view hint = {}) {
  text::Json body = text::Json::object({{"error", message}});
  if (!hint.empty()) body.set("hint", hint);
  return {status, "application/json", body.dump() + "\n"};
}

bool is_media_type(const ServerRequest& request, std::string_view type) {
  std::string_view value = request.find_header("Content-Type");
  value = value.substr(0, value.find(';'));
  while (value.ends_with(' ')) value.remove_suffix(1);
  return value == type;
}

}  // namespace

struct Service::State {
  State(model::BatchScorer batch_scorer, ServiceOptions service_options, const Clock& system_clock)
      : scorer(std::move(batch_scorer)),
        input_schema(std::make_shared<const table::Schema>(scorer.input_schema())),
        options(std::move(service_options)),
        telemetry(options.model_name, options.model_version, options.model_digest, system_clock.now()) {}

  ServerResponse answer(const ServerRequest& request);
  ServerResponse route(const ServerRequest& request, std::string_view& route_name);
  ServerResponse score(const ServerRequest& request);
  Result<std::string> score_json(const ServerRequest& request);
  Result<std::string> score_csv(const ServerRequest& request);
  ServerResponse welcome() const;

  model::BatchScorer scorer;
  table::SchemaPtr input_schema;
  ServiceOptions options;
  Telemetry telemetry;
  std::atomic<bool> ready{true};
  std::unique_ptr<net::HttpServer> server;  // last: its threads use all of the above
};

ServerResponse Service::State::answer(const ServerRequest& request) {
  const int64_t started = steady_ns();
  telemetry.inflight().fetch_add(1);
  std::string_view route_name = "other";
  ServerResponse response = route(request, route_name);
  const std::string_view request_id = request.find_header("x-request-id");
  if (!request_id.empty() && request_id.size() <= 100) response.headers.emplace_back("x-request-id", request_id);
  telemetry.inflight().fetch_sub(1);
  const int64_t duration = steady_ns() - started;
  telemetry.count_request(route_name, response.status, duration);
  if (options.on_access) options.on_access({request.method, request.path, response.status, duration});
  return response;
}

ServerResponse Service::State::route(const ServerRequest& request, std::string_view& route_name) {
  const bool is_get = request.method == "GET" || request.method == "HEAD";
  const auto only = [](const char* methods) {
    ServerResponse response = error_response(405, fmt::format("use {}", methods));
    response.headers.emplace_back("Allow", methods);
    return response;
  };
  if (request.path == "/score") {
    route_name = "/score";
    return request.method == "POST" ? score(request) : only("POST");
  }
  for (const std::string_view path : {"/healthz", "/metrics", "/openapi.json", "/"}) {
    if (request.path != path) continue;
    route_name = path;
    if (!is_get) return only("GET, HEAD");
    if (path == "/healthz") return {ready ? 200U : 503U, "text/plain", ready ? "ok\n" : "draining\n"};
    if (path == "/metrics") return {200, "text/plain; version=0.0.4; charset=utf-8", telemetry.text()};
    if (path == "/") return welcome();
    const auto document = openapi_document(scorer.signature(), options.model_name, options.model_version);
    return {200, "application/json", document.dump_pretty()};
  }
  return error_response(404, fmt::format("nothing at '{}'", request.path), "try POST /score or GET /openapi.json");
}

ServerResponse Service::State::welcome() const {
  std::string text = fmt::format("{}{}{}\n\nPOST /score with a row or a list of rows:\n", options.model_name,
                                 options.model_version.empty() ? "" : ":", options.model_version);
  for (const table::Field& field : scorer.input_schema().fields())
    text += fmt::format("  {}  {}\n", field.name, name_of(field.type));
  return {200, "text/plain; charset=utf-8", text + "\nGET /healthz, /metrics, /openapi.json\n"};
}

ServerResponse Service::State::score(const ServerRequest& request) {
  const bool is_csv = is_media_type(request, "text/csv");
  // A missing type is taken as JSON: `curl -d` without a header says form, which is what people type first.
  const bool is_json = is_media_type(request, "application/json") || request.find_header("Content-Type").empty() ||
                       is_media_type(request, "application/x-www-form-urlencoded");
  if (!is_csv && !is_json)
    return error_response(415, fmt::format("cannot read '{}'", request.find_header("Content-Type")),
                          "send application/json or text/csv");
  auto body = is_csv ? score_csv(request) : score_json(request);
  if (body.ok()) return {200, is_csv ? "text/csv" : "application/json", std::move(body).value()};
  const unsigned status = body.error().kind == ErrorKind::bad_data ? 400 : 500;
  return error_response(status, body.error().message, body.error().hint);
}

Result<std::string> Service::State::score_json(const ServerRequest& request) {
  const table::Batch rows = TRY(decode_json(request.body, input_schema));
  const int64_t started = steady_ns();
  const table::Batch scored = TRY(scorer.score(rows));
  telemetry.count_inference(rows.rows, steady_ns() - started);
  return encode_json(scored, scorer.signature());
}

Result<std::string> Service::State::score_csv(const ServerRequest& request) {
  const table::Table rows = TRY(decode_csv(request.body));
  std::vector<table::Batch> scored;
  const int64_t started = steady_ns();
  for (const table::Batch& batch : rows.batches) scored.push_back(TRY(scorer.score(batch)));
  telemetry.count_inference(rows.rows, steady_ns() - started);
  return encode_csv(scored, scorer.output_schema());
}

Service::Service(std::unique_ptr<State> state) : state_(std::move(state)) {}
Service::~Service() = default;

Result<std::unique_ptr<Service>> Service::create(std::shared_ptr<const model::Model> model, ServiceOptions options,
                                                 const Clock& clock) {
  auto scorer = TRY(model::BatchScorer::create(std::move(model)));
  auto state = std::make_unique<State>(std::move(scorer), std::move(options), clock);
  State* const self = state.get();  // the server, which calls back, is owned by the state
  state->server = TRY(net::HttpServer::listen(
      self->options.server, [self](const ServerRequest& request) { return self->answer(request); },
      [self](unsigned status) { self->telemetry.count_refusal(status); }));
  return std::make_unique<Service>(std::move(state));
}

uint16_t Service::port() const { return state_->server->port(); }

void Service::start() { state_->server->start(); }

Status Service::run_until(int wake_fd) {
  pollfd wake{wake_fd, POLLIN, 0};
  while (poll(&wake, 1, -1) < 0 && errno == EINTR) {
  }
  state_->ready.store(false);
  std::this_thread::sleep_for(std::chrono::milliseconds(state_->options.drain_ms));
  if (state_->server->stop(state_->options.grace_ms)) return {};
  return Error{ErrorKind::partial, fmt::format("requests were cut off after {} ms", state_->options.grace_ms)};
}

}  // namespace aml::serve
