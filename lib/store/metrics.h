// Metrics of a run: append-only text, one file per writing process, metrics/<writer>.tsv.
//
//   #aml-metrics 1
//   ts_ms TAB step TAB key TAB value LF         value: shortest round-trip number, nan, inf, -inf, or JSON text
//   accuracy=0.93 loss=0.2 step=4 LF            what a script may append to the same file ($AML_METRICS)
//
// A line counts when it ends in a line feed, holds no NUL and has one of the two shapes; everything else is skipped
// and counted. A point without a step gets the number of earlier such points of its key in the file; one without a
// time has ts_ms 0. Duplicates are all kept.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "os/file.h"
#include "text/json.h"

namespace aml::store {

struct MetricPoint {
  int64_t ts_ms = 0;
  int64_t step = 0;
  std::string key;
  double value = 0;
  std::string json = {};  // a value that is no number (text, list), as JSON; `value` is NaN then
  bool operator==(const MetricPoint&) const = default;
};

inline constexpr int64_t kNoStep = INT64_MIN;  // of a point of a line without "step="

// One line without its line feed, as points; an empty list for comments and blank lines, nothing for a malformed line.
std::optional<std::vector<MetricPoint>> parse_metric_line(std::string_view line);

std::string format_metric_line(const MetricPoint& point);  // TSV, with line feed
std::string format_metric_value(const MetricPoint& point);

// Calls `visit` with every point of the lines that count, in file order; returns how many lines did not.
size_t scan_metrics(std::string_view bytes, const std::function<void(const MetricPoint&)>& visit);

struct MetricsContent {
  std::vector<MetricPoint> points;
  size_t skipped_lines = 0;
};
MetricsContent parse_metrics(std::string_view bytes);

// All writers' files of a run, in the order of their names; no files are no points.
Result<MetricsContent> read_metrics(const Path& metrics_dir);

// What is kept of one key. first and last are by (step, ts_ms, file order); min, max and mean leave NaN out.
struct MetricSummary {
  double first = 0;
  double last = 0;
  double min = 0;
  double max = 0;
  double mean = 0;
  uint64_t count = 0;  // NaN included
  uint64_t nan_count = 0;
  int64_t step = 0;            // of the last point
  int64_t ts_ms = 0;           // of the last point
  std::string json_last = {};  // when the last value is no number
  bool operator==(const MetricSummary&) const = default;
};
using MetricSummaries = std::map<std::string, MetricSummary>;

MetricSummaries summarize_metrics(const std::vector<MetricPoint>& points);

struct SummarizedMetrics {
  MetricSummaries summaries;
  size_t skipped_lines = 0;
};
// As read_metrics and summarize_metrics, without keeping the points.
Result<SummarizedMetrics> summarize_metrics_dir(const Path& metrics_dir);

text::Json to_json(const MetricSummary& summary);
std::optional<MetricSummary> parse_metric_summary(const text::Json& json);

// Appends to one file, each flush in one write(2). Spoils a torn last line of an earlier writer first, because half a
// number may read as another number. Syncs when a point is five seconds younger than the one of the last sync. When
// the disk is full it says so once, stops writing, and lets the program go on.
class MetricsWriter {
 public:
  static Result<MetricsWriter> open(const Path& file);

  Status append(const MetricPoint& point);  // buffered, up to 64 KiB
  Status append(std::string_view key, int64_t step, double value, Instant at);
  Status flush();
  Status sync();

 private:
  MetricsWriter(Path path, os::UniqueFd fd) : path_(std::move(path)), fd_(std::move(fd)) {}
  Path path_;
  os::UniqueFd fd_;
  std::string buffer_;
  int64_t synced_ts_ms_ = 0;
  bool is_stopped_ = false;
};

}  // namespace aml::store
