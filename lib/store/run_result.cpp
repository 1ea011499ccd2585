#include "store/run_result.h"

#include <fmt/format.h>

#include "store/record_json.h"

namespace aml::store {

text::Json to_json(const RunResult& result) {
  text::Json object = text::Json::object({{"type", "run_result"}, {"state", name_of(result.state)}});
  object.append_member("exit", to_json(result.exit));
  text::Json metrics = text::Json::object();
  for (const auto& [key, summary] : result.metrics) metrics.append_member(key, to_json(summary));
  object.append_member("metrics", std::move(metrics));
  if (!result.late_params.empty()) object.append_member("params", params_json(result.late_params));
  if (result.outputs)
    object.append_member("outputs", text::Json::object({{"manifest", result.outputs->manifest.text()},
                                                        {"files", result.outputs->files},
                                                        {"bytes", result.outputs->bytes}}));
  text::Json files = text::Json::object();
  for (const auto& [path, digest] : result.files) files.append_member(path, digest.text());
  object.append_member("files", std::move(files));
  if (!result.problems.empty()) object.append_member("problems", texts_json(result.problems));
  return object;
}

Result<RunResult> parse_run_result(std::string_view json_text, std::string_view name) {
  const text::Json json = TRY(text::parse_json(json_text, {name, 1}));
  const auto state = parse_state(json["state"].string());
  if (!state || !is_terminal(*state)) return Error{ErrorKind::bad_data, fmt::format("'{}' has no final state", name)};
  RunResult result;
  result.state = *state;
  result.exit = TRY(parse_exit_json(json["exit"], name));
  for (const auto& [key, member] : json["metrics"].members())
    if (const auto summary = parse_metric_summary(member)) result.metrics.emplace(key, *summary);
  result.late_params = params_member(json, "params");
  const text::Json& outputs = json["outputs"];
  if (const auto manifest = digest_member(outputs, "manifest"))
    result.outputs =
        OutputsRecord{*manifest, uint_member(outputs, "files").value_or(0), uint_member(outputs, "bytes").value_or(0)};
  for (const auto& [path, digest] : json["files"].members())
    if (const auto parsed = Digest::parse(digest.string())) result.files.emplace(path, *parsed);
  result.problems = texts_member(json, "problems");
  return result;
}

Result<std::optional<RunResult>> read_run_result(const RunFolder& folder) {
  const auto text = TRY(read_record_file(folder.result()));
  if (!text) return std::optional<RunResult>();
  return std::optional<RunResult>(TRY(parse_run_result(*text, folder.result().native())));
}

}  // namespace aml::store
