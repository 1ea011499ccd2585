// Logging a point from outside the recorder, as `amlrun log` does inside a run: one line in the form people write,
// appended with one write(2).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "os/file.h"

namespace aml::run {

// Each assignment is "key=value"; what is no number is kept as text. `metrics_file` is $AML_METRICS.
Status log_metrics(const Path& metrics_file, const std::vector<std::string>& assignments, std::optional<int64_t> step,
                   Instant now);

}  // namespace aml::run
