#include "store/run_spec.h"

#include <fmt/format.h>

#include "store/record_json.h"

namespace aml::store {
namespace {

text::Json input_json(const InputRecord& input) {
  text::Json object = text::Json::object(
      {{"name", input.name}, {"path", input.path}, {"digest", input.digest.text()}, {"bytes", input.bytes}});
  if (input.rows) object.append_member("rows", *input.rows);
  return object;
}

InputRecord parse_input(const text::Json& json) {
  return {json.string_or("name", ""), json.string_or("path", ""), digest_member(json, "digest").value_or(Digest()),
          uint_member(json, "bytes").value_or(0), uint_member(json, "rows")};
}

text::Json git_json(const GitRecord& git) {
  text::Json object = text::Json::object({{"commit", git.commit}});
  add_text(object, "branch", git.branch);
  add_text(object, "remote", git.remote);
  object.append_member("dirty", git.is_dirty);
  return object;
}

GitRecord parse_git(const text::Json& json) {
  return {json.string_or("commit", ""), json.string_or("branch", ""), json.string_or("remote", ""),
          json["dirty"].as_bool().value_or(false)};
}

void add_request(text::Json& object, const RunSpec& spec) {
  object.append_member("kind", spec.kind);
  object.append_member("argv", texts_json(spec.argv));
  add_text(object, "cwd", spec.cwd);
  object.append_member("params", params_json(spec.params));
  text::Json inputs = text::Json::array();
  for (const InputRecord& input : spec.inputs) inputs.push(input_json(input));
  object.append_member("inputs", std::move(inputs));
  add_digest(object, "snapshot", spec.snapshot);
  if (spec.git) object.append_member("git", git_json(*spec.git));
  object.append_member("target", spec.target);
  add_digest(object, "environment", spec.environment);
  if (spec.seed) object.append_member("seed", *spec.seed);
  if (spec.threads != 0) object.append_member("threads", spec.threads);
  if (spec.timeout_ns) object.append_member("timeout_ns", *spec.timeout_ns);
  if (spec.parent) object.append_member("parent", spec.parent->text());
  if (spec.sweep_row) object.append_member("sweep_row", *spec.sweep_row);
}

void add_provenance(text::Json& object, const RunSpec& spec) {
  add_text(object, "user", spec.user);
  add_text(object, "host", spec.host);
  add_text(object, "machine_id", spec.machine_id);
  add_text(object, "boot_id", spec.boot_id);
  add_text(object, "tool", spec.tool);
  add_text(object, "version", spec.version);
  if (!spec.command_line.empty()) object.append_member("command_line", texts_json(spec.command_line));
}

void read_request(const text::Json& json, RunSpec& spec) {
  spec.kind = json.string_or("kind", "submit");
  spec.argv = texts_member(json, "argv");
  spec.cwd = json.string_or("cwd", "");
  spec.params = params_member(json, "params");
  for (const text::Json& input : json["inputs"].items()) spec.inputs.push_back(parse_input(input));
  spec.snapshot = digest_member(json, "snapshot");
  if (json["git"].is_object()) spec.git = parse_git(json["git"]);
  spec.target = json.string_or("target", "local");
  spec.environment = digest_member(json, "environment");
  spec.seed = uint_member(json, "seed");
  spec.threads = static_cast<unsigned>(uint_member(json, "threads").value_or(0));
  spec.timeout_ns = json["timeout_ns"].as_int();
  spec.parent = run_id_member(json, "parent");
  if (const text::Json* row = json.find("sweep_row")) spec.sweep_row = *row;
}

void read_provenance(const text::Json& json, RunSpec& spec) {
  spec.user = json.string_or("user", "");
  spec.host = json.string_or("host", "");
  spec.machine_id = json.string_or("machine_id", "");
  spec.boot_id = json.string_or("boot_id", "");
  spec.tool = json.string_or("tool", "");
  spec.version = json.string_or("version", "");
  spec.command_line = texts_member(json, "command_line");
}

}  // namespace

text::Json to_json(const RunSpec& spec) {
  text::Json object = text::Json::object({{"type", "run_spec"}, {"id", spec.id.text()}});
  add_instant(object, "created", spec.created);
  add_text(object, "name", spec.name);
  add_request(object, spec);
  add_provenance(object, spec);
  return object;
}

Result<RunSpec> parse_run_spec(std::string_view json_text, std::string_view name) {
  const text::Json json = TRY(text::parse_json(json_text, {name, 1}));
  const auto id = run_id_member(json, "id");
  if (!id) return Error{ErrorKind::bad_data, fmt::format("'{}' has no valid run id", name)};
  RunSpec spec;
  spec.id = *id;
  spec.created = instant_member(json, "created");
  if (spec.created.unix_ns == 0) spec.created = id->created();
  spec.name = json.string_or("name", "");
  read_request(json, spec);
  read_provenance(json, spec);
  return spec;
}

}  // namespace aml::store
