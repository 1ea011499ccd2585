#include "run/log_metrics.h"

#include <fcntl.h>
#include <fmt/format.h>

#include "store/format.h"
#include "store/metrics.h"
#include "text/json.h"
#include "text/numbers.h"

namespace aml::run {
namespace {

bool is_number(std::string_view text) {
  return text == "nan" || text == "inf" || text == "-inf" || text::parse_double(text).has_value();
}

Status append_assignment(const std::string& assignment, std::string& line) {
  const size_t equals = assignment.find('=');
  const std::string key = assignment.substr(0, equals);
  if (equals == std::string::npos || key.empty() || key.find_first_of(" \t\n\r") != std::string::npos)
    return Error{ErrorKind::usage, fmt::format("'{}' is not KEY=VALUE", assignment), "write loss=0.3"};
  if (key == "step" || key == "ts")
    return Error{ErrorKind::usage, fmt::format("'{}' is not the name of a metric", key), "use --step for the step"};
  const std::string value = assignment.substr(equals + 1);
  line += key + "=";
  if (is_number(value)) line += value;
  else text::append_json_string(line, value);
  line += " ";
  return {};
}

}  // namespace

Status log_metrics(const Path& metrics_file, const std::vector<std::string>& assignments, std::optional<int64_t> step,
                   Instant now) {
  std::string line;
  for (const std::string& assignment : assignments) TRY(append_assignment(assignment, line));
  if (step) line += fmt::format("step={} ", *step);
  line += fmt::format("ts={}\n", now.unix_ns / 1'000'000);
  const os::UniqueFd fd = TRY(os::open_file(metrics_file, O_WRONLY | O_APPEND | O_CREAT, store::kFileMode));
  return os::write_all(fd.get(), line, metrics_file.string());
}

}  // namespace aml::run
