#include "history/points.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/bytes.h"
#include "store/run_folder.h"
#include "text/numbers.h"
#include "text/suggest.h"

namespace aml::history {
namespace {

using text::Json;

constexpr uint32_t kLinkMode = 0120000;
constexpr uint32_t kExecutableBits = 0111;

Json value_json(const store::MetricPoint& point) {
  if (!point.json.empty()) {
    auto json = text::parse_json(point.json);
    if (json.ok()) return std::move(json).value();
  }
  return std::isfinite(point.value) ? Json(point.value) : Json(text::format_number(point.value));
}

text::Fields describe(const store::MetricPoint& point) {
  text::Fields fields{"metric_point", point.key, {}};
  fields.add("key", point.key);
  fields.add("step", point.step);
  fields.add("time", point.ts_ms == 0 ? Json() : Json(format_rfc3339({point.ts_ms * 1'000'000})));
  fields.add("value", value_json(point));
  return fields;
}

Status copy_bytes(const Path& from, Sink& sink) {
  os::FdSource source(TRY(os::open_file(from, O_RDONLY)), from.string());
  for (;;) {
    const std::string_view piece = TRY(source.read());
    if (piece.empty()) return {};
    TRY(sink.write(piece));
  }
}

// Paths come from the run's own manifest, but that is a file somebody may have changed.
Status check_inside(const std::string& path) {
  const Path relative(path);
  const bool has_parent = std::find(relative.begin(), relative.end(), "..") != relative.end();
  if (!path.empty() && !relative.is_absolute() && !has_parent) return {};
  return Error{ErrorKind::bad_data, fmt::format("output '{}' would leave its folder", path)};
}

Status copy_output(const store::Store& store, const RunId& id, const store::OutputFile& file, const Path& destination,
                   os::Overwrite overwrite) {
  TRY(check_inside(file.path));
  const Path target = destination / file.path;
  TRY(os::make_directories(target.parent_path()));
  const mode_t mode = (file.mode & kExecutableBits) != 0 ? 0777 : 0666;
  os::AtomicFile out = TRY(os::AtomicFile::create(target, overwrite, mode));
  TRY(copy_bytes(TRY(store::find_output(store, id, file.path)), out));
  return out.commit();
}

}  // namespace

Result<Points> find_points(const store::Store& store, const RunId& id, const std::vector<std::string>& keys) {
  const auto content = TRY(store::read_metrics(store::run_folder(store, id).metrics_dir()));
  Points points;
  points.skipped_lines = content.skipped_lines;
  std::set<std::string> known;
  for (const store::MetricPoint& point : content.points) {
    known.insert(point.key);
    if (keys.empty() || std::find(keys.begin(), keys.end(), point.key) != keys.end())
      points.records.push_back(describe(point));
  }
  for (const std::string& key : keys)
    if (!known.contains(key))
      return Error{ErrorKind::not_found, fmt::format("run '{}' has no metric '{}'", id.text(), key),
                   known.empty() ? "it has logged none" : text::suggestion_hint(key, {known.begin(), known.end()})};
  return points;
}

text::Fields describe(const store::OutputFile& file) {
  text::Fields fields{"output", file.path, {}};
  fields.add("path", file.path);
  fields.add("bytes", file.size, format_size(file.size));
  fields.add("digest", file.digest == Digest() ? Json() : Json(file.digest.text()));
  return fields;
}

Result<size_t> copy_outputs(const store::Store& store, const RunId& id, const std::vector<std::string>& paths,
                            const Path& destination, os::Overwrite overwrite) {
  const auto files = TRY(store::list_outputs(store, id));
  for (const std::string& path : paths) TRY(store::find_output(store, id, path));
  size_t copied = 0;
  for (const store::OutputFile& file : files) {
    if (!paths.empty() && std::find(paths.begin(), paths.end(), file.path) == paths.end()) continue;
    if (file.mode == kLinkMode) continue;  // may point anywhere
    TRY(copy_output(store, id, file, destination, overwrite));
    ++copied;
  }
  return copied;
}

Status write_output(const store::Store& store, const RunId& id, const std::string& path, Sink& sink) {
  return copy_bytes(TRY(store::find_output(store, id, path)), sink);
}

}  // namespace aml::history
