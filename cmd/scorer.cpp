// aml-scorer: answers scoring requests with one model. It is the only program in the images that amldeploy builds, so
// it is linked statically, needs no shell, no writable disk and no rights, and runs as process 1.
//
//   aml-scorer [--model FILE] [--host ADDRESS] [--port N] [--threads N] [--drain-ms N]

#include <fmt/format.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/cancel.h"
#include "os/file.h"
#include "os/machine.h"
#include "os/signals.h"
#include "serve/service.h"
#include "text/numbers.h"

using namespace aml;

namespace {

struct Arguments {
  std::string model = "/model/model.onnx";
  std::string host = "0.0.0.0";
  int64_t port = 8080;
  int64_t threads = 0;  // 0: all cores
  int64_t drain_ms = 5000;
};

void say(std::string_view line) {
  const std::string text = fmt::format("aml-scorer: {}\n", line);
  [[maybe_unused]] const auto written = write(STDERR_FILENO, text.data(), text.size());
}

Result<int64_t> number_between(std::string_view flag, std::string_view text, int64_t least, int64_t most) {
  const auto value = text::parse_int(text);
  if (value && *value >= least && *value <= most) return *value;
  return Error{ErrorKind::usage, fmt::format("{} must be between {} and {}, not '{}'", flag, least, most, text)};
}

Result<Arguments> parse(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view flag = argv[i];
    if (i + 1 >= argc) return Error{ErrorKind::usage, fmt::format("{} needs a value", flag)};
    const std::string_view value = argv[i + 1];
    if (flag == "--model") arguments.model = value;
    else if (flag == "--host") arguments.host = value;
    else if (flag == "--port") arguments.port = TRY(number_between(flag, value, 0, 65535));
    else if (flag == "--threads") arguments.threads = TRY(number_between(flag, value, 0, 1024));
    else if (flag == "--drain-ms") arguments.drain_ms = TRY(number_between(flag, value, 0, 600'000));
    else
      return Error{ErrorKind::usage, fmt::format("unknown flag '{}'", flag),
                   "aml-scorer [--model FILE] [--host ADDRESS] [--port N] [--threads N] [--drain-ms N]"};
  }
  return arguments;
}

// What the image says about its model, beside the model: model.json with "name", "version" and "digest".
void describe_model(const Path& model, serve::ServiceOptions& options) {
  const auto text = os::read_file(model.parent_path() / "model.json", size_t{16} << 20);
  if (!text.ok()) return;
  const auto config = text::parse_json(*text, {"model.json"});
  if (!config.ok()) return;
  options.model_name = config->string_or("name", "model");
  options.model_version = config->find("version") == nullptr ? "" : (*config)["version"].string();
  options.model_digest = config->string_or("digest", "");
}

Status serve_model(const Arguments& arguments, const SystemClock& clock) {
  Cancel cancel;
  const auto signals = TRY(os::SignalWatch::install(cancel));
  const std::string bytes = TRY(os::read_file(arguments.model));
  auto model = std::make_shared<const model::Model>(TRY(model::load_model(bytes, arguments.model)));
  serve::ServiceOptions options;
  describe_model(arguments.model, options);
  options.server.host = arguments.host;
  options.server.port = static_cast<uint16_t>(arguments.port);
  options.server.threads = arguments.threads == 0 ? os::core_count() : static_cast<unsigned>(arguments.threads);
  options.drain_ms = arguments.drain_ms;
  const auto service = TRY(serve::Service::create(std::move(model), options, clock));
  service->start();
  say(fmt::format("answering for {} at http://{}:{}/score", options.model_name, arguments.host, service->port()));
  return service->run_until(signals.wake_fd());
}

}  // namespace

int main(int argc, char** argv) {
  const SystemClock clock;
  const auto arguments = parse(argc, argv);
  const Status status = arguments.ok() ? serve_model(*arguments, clock) : Status(arguments.error());
  if (status.ok()) return 0;
  say("error: " + status.error().message);
  if (!status.error().hint.empty()) say("hint: " + status.error().hint);
  return status.error().kind == ErrorKind::usage ? 2 : status.error().kind == ErrorKind::bad_data ? 6 : 7;
}
