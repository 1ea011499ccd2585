// cmd/amldeploy/serve.cpp: answer scoring requests here, in the foreground.
#include "serve/service.h"

#include <fmt/format.h>

#include "amldeploy/commands.h"
#include "catalog/source.h"
#include "cli/session.h"
#include "os/atomic_file.h"

namespace aml::amldeploy {
namespace {

class ServeCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {
        .name = "serve",
        .summary = "answer scoring requests for a model here",
        .description =
            "Answers POST /score with rows as JSON or CSV, and GET /healthz, /metrics and /openapi.json, until "
            "INT or TERM. On a stop, requests in flight are answered first.",
        .examples = {{"amldeploy serve penguins:1 --port 8080", "serve the registered model on this machine"},
                     {"amldeploy serve model.onnx --port 0 --port-file port", "take any free port and write it down"}},
        .flags = {{'p', "port", "N", "listen on port N, 0 for any free one (default 8080)", &port_},
                  {0, "host", "ADDRESS", "listen on ADDRESS (default 127.0.0.1, this machine only)", &host_},
                  {0, "port-file", "FILE", "write the port into FILE once requests are answered", &port_file_,
                   cli::Group::output, cli::Complete::file},
                  {0, "drain", "TIME", "go on answering for TIME after a stop, while not ready (default 0s)",
                   cli::DurationNs{&drain_ns_}},
                  {0, "grace", "TIME", "give requests in flight TIME to finish (default 25s)",
                   cli::DurationNs{&grace_ns_}}},
        .positionals = {{"MODEL", "NAME[:VERSION], NAME@ALIAS, a run, or an .onnx file", &model_,
                         cli::Complete::model}},
        .exit_notes = {"4  no such model", "7  the port cannot be had"},
        .see_also = {"amldeploy-score(1)", "amldeploy-build(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    if (port_ < 0 || port_ > 65535)
      return Error{ErrorKind::usage, fmt::format("--port must be between 0 and 65535, not {}", port_)};
    const auto source = TRY(open_model(session, model_));
    auto model = std::make_shared<const model::Model>(TRY(model::load_model(source.bytes, source.name)));
    serve::ServiceOptions options;
    options.server = {.host = host_, .port = static_cast<uint16_t>(port_), .threads = session.settings().threads};
    options.model_name = source.registered ? source.registered->name() : source.name;
    if (source.registered) options.model_version = std::to_string(source.registered->version());
    options.model_digest = source.digest.text();
    options.drain_ms = drain_ns_ / 1'000'000;
    options.grace_ms = grace_ns_ / 1'000'000;
    if (session.settings().verbosity > 0)
      options.on_access = [&session](const serve::Access& access) {
        session.detail(
            fmt::format("{} {} {} {} us", access.method, access.path, access.status, access.duration_ns / 1000));
      };
    const auto service = TRY(serve::Service::create(std::move(model), std::move(options), session.clock()));
    service->start();
    const std::string port = std::to_string(service->port());
    if (port_file_) TRY(os::write_file_atomically(*port_file_, port + "\n", os::Overwrite::yes));
    session.note(fmt::format("answering for {} at http://{}:{}/score", source.name, host_, port));
    TRY(service->run_until(session.wake_fd()));
    // Being told to stop is how a service ends well, so it is not reported as an interruption.
    return cli::ExitCode::ok;
  }

 private:
  std::string model_;
  int64_t port_ = 8080;
  std::string host_ = "127.0.0.1";
  std::optional<std::string> port_file_;
  int64_t drain_ns_ = 0;
  int64_t grace_ns_ = 25'000'000'000;
};

}  // namespace

std::unique_ptr<cli::Command> make_serve() { return cli::make<ServeCommand>(); }

}  // namespace aml::amldeploy
