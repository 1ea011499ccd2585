#include "store/metrics.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "store/format.h"
#include "text/numbers.h"

namespace aml::store {
namespace {

constexpr std::string_view kHeader = "#aml-metrics 1\n";
constexpr std::string_view kSpoiler = "\t(torn)\n";  // makes a torn TSV line one of five fields
constexpr size_t kBufferBytes = size_t{64} << 10;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

bool is_word(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

// Numbers, and the spellings of NaN and infinity that C, Python and JavaScript print.
std::optional<double> parse_number(std::string_view text) {
  if (const auto number = text::parse_double(text)) return number;
  const bool is_negative = text.starts_with('-');
  std::string_view word = text;
  if (is_negative || text.starts_with('+')) word.remove_prefix(1);
  if (is_word(word, "nan")) return kNan;
  if (is_word(word, "inf") || is_word(word, "infinity")) return is_negative ? -HUGE_VAL : HUGE_VAL;
  return std::nullopt;
}

bool set_value(MetricPoint& point, std::string_view text) {
  point.json.clear();
  if (const auto number = parse_number(text)) {
    point.value = *number;
    return true;
  }
  point.value = kNan;
  const auto json = text::parse_json(text);
  if (!json.ok()) return false;
  point.json = text;
  return true;
}

// ts_ms TAB step TAB key TAB value
bool parse_tsv(std::string_view line, MetricPoint& point) {
  std::string_view fields[4];
  for (size_t i = 0; i < 4; ++i) {
    const size_t tab = line.find('\t');
    if ((tab == std::string_view::npos) != (i == 3)) return false;
    fields[i] = line.substr(0, tab);
    if (i < 3) line.remove_prefix(tab + 1);
  }
  const auto ts_ms = text::parse_int(fields[0]);
  const auto step = text::parse_int(fields[1]);
  if (!ts_ms || !step || *step == kNoStep || fields[2].empty()) return false;
  point.ts_ms = *ts_ms;
  point.step = *step;
  point.key = fields[2].find('\\') == std::string_view::npos ? std::string(fields[2]) : unescape_field(fields[2]);
  return set_value(point, fields[3]);
}

// Bytes of the value at the start of `text`: up to a space, or a whole JSON string.
size_t value_length(std::string_view text) {
  if (!text.starts_with('"')) return std::min(text.size(), text.find(' '));
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') ++i;
    else if (text[i] == '"') return i + 1;
  }
  return 0;
}

// Milliseconds: RFC 3339, seconds since 1970 (with a fraction, if any), or milliseconds when too large for seconds.
std::optional<int64_t> parse_time_ms(std::string_view text) {
  if (const auto instant = parse_rfc3339(text)) return instant->unix_ns / 1'000'000;
  const auto number = text::parse_double(text);
  if (!number || !(*number >= 0) || *number > 1e15) return std::nullopt;
  return static_cast<int64_t>(*number < 1e11 ? *number * 1000 : *number);
}

// The points of "key=value key=value step=N ts=T", appended.
bool parse_pairs(std::string_view line, std::vector<MetricPoint>& points) {
  MetricPoint common;
  common.step = kNoStep;
  while (!line.empty()) {
    if (line[0] == ' ') {
      line.remove_prefix(1);
      continue;
    }
    const size_t equals = line.find_first_of("= ");
    if (equals == 0 || equals == std::string_view::npos || line[equals] == ' ') return false;
    const std::string_view key = line.substr(0, equals);
    line.remove_prefix(equals + 1);
    const std::string_view value = line.substr(0, value_length(line));
    if (value.empty()) return false;
    line.remove_prefix(value.size());
    if (key == "step" || key == "ts") {
      const auto number = key == "step" ? text::parse_int(value) : parse_time_ms(value);
      if (!number || *number < 0) return false;
      (key == "step" ? common.step : common.ts_ms) = *number;
      continue;
    }
    MetricPoint& point = points.emplace_back();
    point.key = unescape_field(key);
    if (set_value(point, value)) continue;
    if (value[0] == '"') return false;
    point.json.clear();
    text::append_json_string(point.json, value);  // phase=warmup
  }
  for (MetricPoint& point : points) {
    point.step = common.step;
    point.ts_ms = common.ts_ms;
  }
  return !points.empty();
}

bool parse_line(std::string_view line, std::vector<MetricPoint>& points) {
  points.clear();
  if (line.find('\0') != std::string_view::npos) return false;
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.empty() || line[0] == '#') return true;
  if (line.find('\t') == std::string_view::npos) return parse_pairs(line, points);
  return parse_tsv(line, points.emplace_back());
}

Result<std::string> read_metrics_file(const Path& path) {
  auto bytes = os::read_file(path);
  if (!bytes.ok() && bytes.error().kind == ErrorKind::not_found) return std::string();
  return bytes;
}

Result<std::vector<Path>> list_metrics_files(const Path& metrics_dir) {
  std::vector<Path> files;
  if (!os::is_a_directory(metrics_dir)) return files;
  for (const std::string& name : TRY(os::list_directory(metrics_dir)))
    if (name.ends_with(".tsv") && !name.starts_with('.')) files.push_back(metrics_dir / name);
  return files;
}

// Points of one key as they come, in constant memory.
class Accumulator {
 public:
  void add(const MetricPoint& point) {
    ++summary_.count;
    const std::pair<int64_t, int64_t> place{point.step, point.ts_ms};
    if (summary_.count == 1 || place < first_place_) {
      first_place_ = place;
      summary_.first = point.value;
    }
    if (summary_.count == 1 || place >= std::pair{summary_.step, summary_.ts_ms}) {
      summary_.step = point.step;
      summary_.ts_ms = point.ts_ms;
      summary_.last = point.value;
      summary_.json_last = point.json;
    }
    add_value(point.value);
  }

  MetricSummary summary() const {
    MetricSummary summary = summary_;
    if (summary.nan_count == summary.count) summary.min = summary.max = summary.mean = kNan;
    return summary;
  }

 private:
  void add_value(double value) {
    if (std::isnan(value)) {
      ++summary_.nan_count;
      return;
    }
    const auto seen = static_cast<double>(summary_.count - summary_.nan_count);
    summary_.min = seen == 1 ? value : std::min(summary_.min, value);
    summary_.max = seen == 1 ? value : std::max(summary_.max, value);
    // A running mean does not overflow where a sum would; beside an infinity it is that infinity.
    const bool is_finite = std::isfinite(summary_.mean) && std::isfinite(value);
    summary_.mean = is_finite ? summary_.mean + (value - summary_.mean) / seen : summary_.mean + value;
  }

  MetricSummary summary_;
  std::pair<int64_t, int64_t> first_place_;
};

class Summarizer {
 public:
  void add(const MetricPoint& point) {
    // Neighbouring points often share a key.
    if (last_ == accumulators_.end() || last_->first != point.key) last_ = accumulators_.try_emplace(point.key).first;
    last_->second.add(point);
  }

  MetricSummaries summaries() const {
    MetricSummaries summaries;
    for (const auto& [key, accumulator] : accumulators_)
      summaries.emplace_hint(summaries.end(), key, accumulator.summary());
    return summaries;
  }

 private:
  std::map<std::string, Accumulator> accumulators_;
  std::map<std::string, Accumulator>::iterator last_ = accumulators_.end();
};

text::Json number_json(double value) {
  return std::isfinite(value) ? text::Json(value) : text::Json(text::format_number(value));
}

std::optional<double> number_member(const text::Json& json, std::string_view key) {
  const text::Json& member = json[key];
  return member.is_number() ? member.as_double() : parse_number(member.string());
}

}  // namespace

std::optional<std::vector<MetricPoint>> parse_metric_line(std::string_view line) {
  std::vector<MetricPoint> points;
  if (!parse_line(line, points)) return std::nullopt;
  return points;
}

std::string format_metric_value(const MetricPoint& point) {
  return point.json.empty() ? text::format_number(point.value) : point.json;
}

std::string format_metric_line(const MetricPoint& point) {
  std::string line;
  text::append_number(line, point.ts_ms);
  line.push_back('\t');
  text::append_number(line, point.step);
  line.push_back('\t');
  line.append(escape_field(point.key));
  line.push_back('\t');
  line.append(format_metric_value(point));
  line.push_back('\n');
  return line;
}

size_t scan_metrics(std::string_view bytes, const std::function<void(const MetricPoint&)>& visit) {
  size_t skipped_lines = 0;
  std::vector<MetricPoint> points;
  std::unordered_map<std::string, int64_t> next_steps;
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    if (end == std::string_view::npos || !parse_line(bytes.substr(0, end), points)) {
      ++skipped_lines;
      points.clear();
    }
    for (MetricPoint& point : points) {
      if (point.step == kNoStep) point.step = next_steps[point.key]++;
      visit(point);
    }
    if (end == std::string_view::npos) break;
    bytes.remove_prefix(end + 1);
  }
  return skipped_lines;
}

MetricsContent parse_metrics(std::string_view bytes) {
  MetricsContent content;
  content.skipped_lines = scan_metrics(bytes, [&](const MetricPoint& point) { content.points.push_back(point); });
  return content;
}

Result<MetricsContent> read_metrics(const Path& metrics_dir) {
  MetricsContent all;
  for (const Path& path : TRY(list_metrics_files(metrics_dir)))
    all.skipped_lines +=
        scan_metrics(TRY(read_metrics_file(path)), [&](const MetricPoint& point) { all.points.push_back(point); });
  return all;
}

MetricSummaries summarize_metrics(const std::vector<MetricPoint>& points) {
  Summarizer summarizer;
  for (const MetricPoint& point : points) summarizer.add(point);
  return summarizer.summaries();
}

Result<SummarizedMetrics> summarize_metrics_dir(const Path& metrics_dir) {
  Summarizer summarizer;
  SummarizedMetrics result;
  for (const Path& path : TRY(list_metrics_files(metrics_dir)))
    result.skipped_lines +=
        scan_metrics(TRY(read_metrics_file(path)), [&](const MetricPoint& point) { summarizer.add(point); });
  result.summaries = summarizer.summaries();
  return result;
}

text::Json to_json(const MetricSummary& summary) {
  text::Json object = text::Json::object({{"last", number_json(summary.last)},
                                          {"first", number_json(summary.first)},
                                          {"min", number_json(summary.min)},
                                          {"max", number_json(summary.max)},
                                          {"mean", number_json(summary.mean)},
                                          {"count", summary.count},
                                          {"nan_count", summary.nan_count},
                                          {"step", summary.step},
                                          {"ts_ms", summary.ts_ms}});
  if (!summary.json_last.empty()) object.append_member("json_last", summary.json_last);
  return object;
}

std::optional<MetricSummary> parse_metric_summary(const text::Json& json) {
  const auto last = number_member(json, "last");
  const auto count = json["count"].as_int();
  if (!last || !count || *count < 1) return std::nullopt;
  MetricSummary summary;
  summary.last = *last;
  summary.first = number_member(json, "first").value_or(kNan);
  summary.min = number_member(json, "min").value_or(kNan);
  summary.max = number_member(json, "max").value_or(kNan);
  summary.mean = number_member(json, "mean").value_or(kNan);
  summary.count = static_cast<uint64_t>(*count);
  summary.nan_count = static_cast<uint64_t>(std::max<int64_t>(0, json.int_or("nan_count", 0)));
  summary.step = json.int_or("step", 0);
  summary.ts_ms = json.int_or("ts_ms", 0);
  summary.json_last = json.string_or("json_last", "");
  return summary;
}

Result<MetricsWriter> MetricsWriter::open(const Path& file) {
  MetricsWriter writer(file, TRY(os::open_file(file, O_RDWR | O_CREAT | O_APPEND, kFileMode)));
  const struct stat info = TRY(os::stat_file(file));
  char last_byte = '\n';
  if (info.st_size > 0 && pread(writer.fd_.get(), &last_byte, 1, info.st_size - 1) != 1) last_byte = '\n';
  if (info.st_size == 0) writer.buffer_ = kHeader;
  if (last_byte != '\n') writer.buffer_ = kSpoiler;
  return writer;
}

Status MetricsWriter::append(std::string_view key, int64_t step, double value, Instant at) {
  return append(MetricPoint{at.unix_ns / 1'000'000, step, std::string(key), value});
}

Status MetricsWriter::append(const MetricPoint& point) {
  if (is_stopped_) return {};
  buffer_ += format_metric_line(point);
  if (synced_ts_ms_ == 0) synced_ts_ms_ = point.ts_ms;
  if (point.ts_ms - synced_ts_ms_ >= kMetricsSyncIntervalNs / 1'000'000) {
    synced_ts_ms_ = point.ts_ms;
    return sync();
  }
  return buffer_.size() >= kBufferBytes ? flush() : Status();
}

Status MetricsWriter::flush() {
  if (is_stopped_) return {};
  auto written = os::write_all(fd_.get(), buffer_, path_.string());
  buffer_.clear();
  is_stopped_ = !written.ok();
  return written;
}

Status MetricsWriter::sync() {
  TRY(flush());
  return os::sync_file(fd_.get(), path_.string());
}

}  // namespace aml::store
