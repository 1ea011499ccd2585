#include "serve/telemetry.h"

#include <fmt/format.h>

#include "os/machine.h"

namespace aml::serve {
namespace {

std::string escape_label(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out.append("\\n");
    else if (c == '\\' || c == '"') out.append({'\\', c});
    else out.push_back(c);
  }
  return out;
}

void append_family(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

}  // namespace

void DurationHistogram::observe(int64_t ns) {
  const double seconds = static_cast<double>(ns) * 1e-9;
  size_t bucket = 0;
  while (bucket < kUpperSeconds.size() && seconds > kUpperSeconds[bucket]) ++bucket;
  counts_[bucket].fetch_add(1, std::memory_order_relaxed);
  sum_ns_.fetch_add(ns, std::memory_order_relaxed);
}

void DurationHistogram::append_text(std::string& out, std::string_view name, std::string_view help) const {
  append_family(out, name, "histogram", help);
  uint64_t cumulative = 0;
  for (size_t i = 0; i < counts_.size(); ++i) {
    cumulative += counts_[i].load(std::memory_order_relaxed);
    const std::string bound = i < kUpperSeconds.size() ? fmt::format("{}", kUpperSeconds[i]) : "+Inf";
    fmt::format_to(std::back_inserter(out), "{}_bucket{{le=\"{}\"}} {}\n", name, bound, cumulative);
  }
  fmt::format_to(std::back_inserter(out), "{}_sum {}\n{}_count {}\n", name,
                 static_cast<double>(sum_ns_.load(std::memory_order_relaxed)) * 1e-9, name, cumulative);
}

void Telemetry::count_request(std::string_view route, unsigned status, int64_t duration_ns) {
  requests_seconds_.observe(duration_ns);
  const std::lock_guard lock(mutex_);
  ++requests_[{std::string(route), status}];
}

void Telemetry::count_inference(size_t rows, int64_t duration_ns) {
  inference_seconds_.observe(duration_ns);
  rows_.fetch_add(rows, std::memory_order_relaxed);
}

void Telemetry::count_refusal(unsigned status) {
  const std::lock_guard lock(mutex_);
  ++refusals_[status];
}

std::string Telemetry::text() const {
  std::string out;
  append_family(out, "aml_model_info", "gauge", "The model this service answers with.");
  out += fmt::format("aml_model_info{{model=\"{}\",version=\"{}\",digest=\"{}\"}} 1\n", escape_label(model_),
                     escape_label(version_), escape_label(digest_));
  {
    const std::lock_guard lock(mutex_);
    append_family(out, "aml_requests_total", "counter", "Requests answered.");
    for (const auto& [key, count] : requests_)
      out += fmt::format("aml_requests_total{{route=\"{}\",code=\"{}\"}} {}\n", key.first, key.second, count);
    append_family(out, "aml_rejected_total", "counter", "Requests refused before they reached a route.");
    for (const auto& [status, count] : refusals_)
      out += fmt::format("aml_rejected_total{{code=\"{}\"}} {}\n", status, count);
  }
  requests_seconds_.append_text(out, "aml_request_duration_seconds", "Time from a whole request to its answer.");
  inference_seconds_.append_text(out, "aml_inference_duration_seconds", "Time in the model alone, per request.");
  append_family(out, "aml_scored_rows_total", "counter", "Rows scored.");
  out += fmt::format("aml_scored_rows_total {}\n", rows_.load());
  append_family(out, "aml_inflight", "gauge", "Requests being answered.");
  out += fmt::format("aml_inflight {}\n", inflight_.load());
  append_family(out, "process_start_time_seconds", "gauge", "Start of the service, seconds since 1970.");
  out += fmt::format("process_start_time_seconds {:.3f}\n", static_cast<double>(started_.unix_ns) * 1e-9);
  if (const auto bytes = os::resident_bytes()) {
    append_family(out, "process_resident_memory_bytes", "gauge", "Resident memory.");
    out += fmt::format("process_resident_memory_bytes {}\n", *bytes);
  }
  return out;
}

}  // namespace aml::serve
