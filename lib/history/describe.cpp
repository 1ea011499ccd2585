#include "history/describe.h"

#include <fmt/format.h>

#include <cmath>

#include "base/bytes.h"
#include "history/query.h"
#include "text/numbers.h"
#include "text/unicode.h"

namespace aml::history {
namespace {

constexpr size_t kFactsColumns = 44;  // of a list's line
constexpr size_t kValueDigits = 5;

using store::MetricSummary;
using store::RunSummary;
using text::Fields;
using text::Json;

std::string short_number(double value) { return fmt::format("{:.{}g}", value, kValueDigits); }

Json metric_value(const MetricSummary& metric) {
  if (!metric.json_last.empty()) {
    auto json = text::parse_json(metric.json_last);
    if (json.ok()) return std::move(json).value();
  }
  // JSON has no NaN and no infinities; their names are better than a null that could mean "not measured".
  return std::isfinite(metric.last) ? Json(metric.last) : Json(text::format_number(metric.last));
}

std::string metric_text(const MetricSummary& metric) {
  return metric.json_last.empty() ? short_number(metric.last) : metric.json_last;
}

Json params_json(const RunSummary& run) {
  Json object = Json::object();
  for (const auto& [key, value] : run.params) object.set(key, value);
  return object;
}

Json metrics_json(const RunSummary& run) {
  Json object = Json::object();
  for (const auto& [key, metric] : run.metrics) object.append_member(key, metric_value(metric));
  return object;
}

Json tags_json(const RunSummary& run) {
  Json object = Json::object();
  for (const auto& [key, value] : run.tags) object.append_member(key, value);
  return object;
}

std::string params_text(const RunSummary& run) {
  std::string text;
  for (const auto& [key, value] : run.params) text += (text.empty() ? "" : " ") + key + "=" + value;
  return text;
}

std::string metrics_text(const RunSummary& run) {
  std::string text;
  for (const auto& [key, metric] : run.metrics) text += (text.empty() ? "" : " ") + key + "=" + metric_text(metric);
  return text;
}

std::string tags_text(const RunSummary& run) {
  std::string text;
  for (const auto& [key, value] : run.tags)
    text += (text.empty() ? "" : " ") + key + (value.empty() ? "" : "=" + value);
  return text;
}

// Shown instead of an empty object's "{}".
std::string or_dash(std::string text) { return text.empty() ? "-" : text::fit_for_display(text, kFactsColumns); }

std::string age_text(Instant then, Instant now) {
  return now.unix_ns < then.unix_ns ? "in the future" : format_duration(now.unix_ns - then.unix_ns) + " ago";
}

// Up to now for a run that is still going.
std::optional<int64_t> duration_ns(const RunSummary& run, Instant now) {
  if (!run.started) return std::nullopt;
  if (run.ended) return run.ended->unix_ns - run.started->unix_ns;
  if (!is_alive(run.state)) return std::nullopt;
  return now.unix_ns - run.started->unix_ns;
}

// What a list and a single run begin with; `id` is the form of the id people see.
void add_head(Fields& fields, const RunSummary& run, std::string id, Instant now) {
  fields.id = run.id.text();
  fields.add("id", run.id.text(), std::move(id));
  fields.add("state", name_of(run.state));
  fields.add("created", format_rfc3339(run.spec.created), age_text(run.spec.created, now));
  const auto ns = duration_ns(run, now);
  fields.add("duration_seconds", ns ? Json(static_cast<double>(*ns) * 1e-9) : Json(), ns ? format_duration(*ns) : "-");
  fields.add("name", run.spec.name, run.spec.name.empty() ? "-" : run.spec.name);
  fields.add("kind", run.spec.kind);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

Json texts_json(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) array.push(text);
  return array;
}

void add_list(Fields& fields, const std::string& key, const std::vector<std::string>& texts) {
  if (!texts.empty()) fields.add(key, texts_json(texts), joined(texts));
}

void add_text(Fields& fields, const std::string& key, const std::string& value) {
  if (!value.empty()) fields.add(key, value);
}

// People see whole seconds.
void add_time(Fields& fields, const std::string& key, const std::optional<Instant>& instant) {
  if (!instant) return;
  fields.add(key, format_rfc3339(*instant), format_rfc3339({instant->unix_ns - instant->unix_ns % 1'000'000'000}));
}

void add_ending(Fields& fields, const RunSummary& run) {
  add_text(fields, "reason", run.reason);
  if (run.exit_code) fields.add("exit_code", *run.exit_code);
  if (run.exit_signal) fields.add("exit_signal", *run.exit_signal);
  add_time(fields, "started", run.started);
  add_time(fields, "ended", run.ended);
}

void add_inputs(Fields& fields, const RunSummary& run) {
  Json array = Json::array();
  std::vector<std::string> lines;
  for (const store::InputRecord& input : run.spec.inputs) {
    Json object = Json::object(
        {{"name", input.name}, {"path", input.path}, {"digest", input.digest.text()}, {"bytes", input.bytes}});
    if (input.rows) object.append_member("rows", *input.rows);
    array.push(std::move(object));
    lines.push_back(fmt::format("{} ({})", input.path, input.digest.text().substr(0, 19)));
  }
  if (!lines.empty()) fields.add("inputs", std::move(array), joined(lines));
}

void add_origin(Fields& fields, const RunSummary& run) {
  const store::RunSpec& spec = run.spec;
  add_inputs(fields, run);
  if (spec.snapshot) fields.add("snapshot", spec.snapshot->text());
  if (spec.git)
    fields.add(
        "git",
        Json::object({{"commit", spec.git->commit}, {"branch", spec.git->branch}, {"dirty", spec.git->is_dirty}}),
        spec.git->commit.substr(0, 12) + (spec.git->is_dirty ? " (changed)" : ""));
  if (spec.environment) fields.add("environment", spec.environment->text());
  if (spec.seed) fields.add("seed", *spec.seed);
  if (spec.threads != 0) fields.add("threads", spec.threads);
  if (spec.parent) fields.add("parent", spec.parent->text());
  add_text(fields, "target", spec.target);
  add_text(fields, "host", spec.host);
  add_text(fields, "user", spec.user);
  add_text(fields, "cwd", spec.cwd);
  add_list(fields, "argv", spec.argv);
  add_list(fields, "command_line", spec.command_line);
  add_text(fields, "tool", spec.tool + (spec.version.empty() ? "" : " " + spec.version));
}

}  // namespace

Fields describe(const RunSummary& run, Instant now) {
  Fields fields{"run", {}, {}};
  add_head(fields, run, short_id(run.id), now);
  fields.add("metrics", metrics_json(run), or_dash(metrics_text(run)));
  fields.add("params", params_json(run), or_dash(params_text(run)));
  fields.add("tags", tags_json(run), or_dash(tags_text(run)));
  return fields;
}

Fields describe_fully(const RunSummary& run, Instant now) {
  Fields fields{"run", {}, {}};
  add_head(fields, run, run.id.text(), now);
  add_ending(fields, run);
  if (!run.params.empty()) fields.add("params", params_json(run), params_text(run));
  if (!run.metrics.empty()) fields.add("metrics", metrics_json(run), metrics_text(run));
  if (!run.tags.empty()) fields.add("tags", tags_json(run), tags_text(run));
  if (run.outputs)
    fields.add(
        "outputs",
        Json::object(
            {{"manifest", run.outputs->manifest.text()}, {"files", run.outputs->files}, {"bytes", run.outputs->bytes}}),
        fmt::format("{} {}, {}", run.outputs->files, run.outputs->files == 1 ? "file" : "files",
                    format_size(run.outputs->bytes)));
  add_origin(fields, run);
  std::vector<std::string> problems = run.damage;
  problems.insert(problems.end(), run.problems.begin(), run.problems.end());
  add_list(fields, "problems", problems);
  return fields;
}

}  // namespace aml::history
