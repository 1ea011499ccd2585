// Counts what a service does, and says so in Prometheus' text format 0.0.4.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.h"

namespace aml::serve {

// Counts durations into fixed buckets; safe from many threads.
class DurationHistogram {
 public:
  static constexpr std::array<double, 12> kUpperSeconds = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005,
                                                           0.01,   0.025,   0.05,   0.1,   0.5,    1.0};
  void observe(int64_t ns);
  void append_text(std::string& out, std::string_view name, std::string_view help) const;

 private:
  std::array<std::atomic<uint64_t>, kUpperSeconds.size() + 1> counts_{};  // not cumulative; the last is +Inf
  std::atomic<int64_t> sum_ns_{0};
};

class Telemetry {
 public:
  Telemetry(std::string model, std::string version, std::string digest, Instant started)
      : model_(std::move(model)), version_(std::move(version)), digest_(std::move(digest)), started_(started) {}

  void count_request(std::string_view route, unsigned status, int64_t duration_ns);
  void count_inference(size_t rows, int64_t duration_ns);
  void count_refusal(unsigned status);
  std::atomic<int64_t>& inflight() { return inflight_; }

  std::string text() const;  // the answer of GET /metrics

 private:
  std::string model_, version_, digest_;
  Instant started_;
  DurationHistogram requests_seconds_, inference_seconds_;
  std::atomic<uint64_t> rows_{0};
  std::atomic<int64_t> inflight_{0};
  mutable std::mutex mutex_;  // for the two maps
  std::map<std::pair<std::string, unsigned>, uint64_t> requests_;
  std::map<unsigned, uint64_t> refusals_;
};

}  // namespace aml::serve
