#include "catalog/catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "model/model.h"
#include "model/signature.h"
#include "store/outputs.h"
#include "text/numbers.h"
#include "text/suggest.h"

namespace aml::catalog {
namespace {

using text::Json;

constexpr const char* kModelsKind = "models";
constexpr const char* kAliasesKind = "aliases";

store::RefName version_ref(const std::string& name, uint32_t version) {
  return {kModelsKind, fmt::format("{}/{}", name, version)};
}
store::RefName alias_ref(const std::string& name, const std::string& alias) {
  return {kAliasesKind, fmt::format("{}/{}", name, alias)};
}

// Pickle, and what wraps it, runs code of its author's choice when it is loaded.
Status refuse_unsafe_format(const Path& file, std::string_view bytes) {
  static constexpr std::array<std::string_view, 7> kEndings = {".pkl", ".pickle", ".joblib", ".pt",
                                                               ".pth", ".bin",    ".h5"};
  const std::string ending = file.extension().string();
  const bool is_pickle = bytes.size() > 2 && bytes[0] == '\x80' && bytes[1] >= 2 && bytes[1] <= 5;
  if (!is_pickle && std::find(kEndings.begin(), kEndings.end(), ending) == kEndings.end()) return {};
  return Error{ErrorKind::bad_data,
               fmt::format("'{}' is not ONNX, and its format can run code when loaded", file.string()),
               "export it to ONNX where it was made (skl2onnx, torch.onnx.export, onnxmltools)"};
}

Result<Json> signature_of(std::string_view bytes, std::string_view name) {
  const model::Model model = TRY(model::load_model(bytes, name));
  return model::to_json(TRY(model::read_signature(model, {})));
}

Json last_metrics(const store::RunSummary& run) {
  Json metrics = Json::object();
  for (const auto& [key, summary] : run.metrics) metrics.append_member(key, summary.last);
  return metrics;
}

Error unknown_model(const std::string& name, const std::vector<std::string>& known) {
  return Error{ErrorKind::not_found, fmt::format("no model '{}'", name), text::suggestion_hint(name, known)};
}

// Versions of `name` among "penguins/1", "penguins/2", …
std::optional<std::string_view> below(std::string_view ref, std::string_view name) {
  if (ref.size() <= name.size() + 1 || !ref.starts_with(name) || ref[name.size()] != '/') return std::nullopt;
  return ref.substr(name.size() + 1);
}

}  // namespace

std::string ModelVersion::text() const { return fmt::format("{}:{}", name(), version()); }

Result<ModelVersion> Catalog::register_run(const std::string& name, const store::RunSummary& run, Unfinished unfinished,
                                           const Provenance& provenance, const Clock& clock) const {
  TRY(check_model_name(name));
  if (run.state != store::RunState::finished && unfinished == Unfinished::refuse)
    return Error{ErrorKind::conflict, fmt::format("run {} is {}, not finished", run.id.text(), name_of(run.state)),
                 "register a finished run, or say --force"};
  const Path file = TRY(store::find_output(store_, run.id, "model.onnx"));
  const std::string bytes = TRY(os::read_file(file));
  Json signature = TRY(signature_of(bytes, "model.onnx"));
  ModelConfig config{name, 0, clock.now(), std::move(signature), last_metrics(run)};
  config.origin = {run.id, run.spec.snapshot, run.spec.inputs};
  config.provenance = provenance;
  const Digest digest = TRY(blobs_.put(bytes));
  return add_version(std::move(config), {digest, bytes.size()});
}

Result<ModelVersion> Catalog::register_file(const std::string& name, const Path& file, const Provenance& provenance,
                                            const Clock& clock) const {
  TRY(check_model_name(name));
  const std::string bytes = TRY(os::read_file(file));
  TRY(refuse_unsafe_format(file, bytes));
  Json signature = TRY(signature_of(bytes, file.string()));
  ModelConfig config{name, 0, clock.now(), std::move(signature), Json::object()};
  std::error_code ignored;
  config.origin.file = std::filesystem::absolute(file, ignored).string();
  config.provenance = provenance;
  const Digest digest = TRY(blobs_.put(bytes));
  return add_version(std::move(config), {digest, bytes.size()});
}

// The number is taken by creating the ref, which only one process can; the loser takes the next.
Result<ModelVersion> Catalog::add_version(ModelConfig config, const store::BlobInfo& model) const {
  TRY(store_.check_writable());
  const auto taken = TRY(versions(config.name));
  for (config.version = taken.empty() ? 1 : taken.back() + 1;; ++config.version) {
    Artifact artifact = TRY(write_artifact(blobs_, config, model));
    const Status created = refs_.create(version_ref(config.name, config.version), store::to_json(artifact.manifest));
    if (created.ok()) return ModelVersion{std::move(artifact)};
    if (created.error().kind != ErrorKind::conflict) return created.error();
  }
}

Result<std::vector<std::string>> Catalog::names() const {
  std::vector<std::string> names;
  for (const std::string& ref : TRY(refs_.list(kModelsKind))) names.push_back(ref.substr(0, ref.find('/')));
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

Result<std::vector<uint32_t>> Catalog::versions(const std::string& name) const {
  std::vector<uint32_t> versions;
  for (const std::string& ref : TRY(refs_.list(kModelsKind))) {
    const auto rest = below(ref, name);
    const auto version = rest ? text::parse_int(*rest) : std::nullopt;
    if (version && *version > 0 && *version <= UINT32_MAX) versions.push_back(static_cast<uint32_t>(*version));
  }
  std::sort(versions.begin(), versions.end());
  return versions;
}

Result<std::vector<std::string>> Catalog::aliases(const std::string& name, uint32_t version) const {
  std::vector<std::string> aliases;
  for (const std::string& ref : TRY(refs_.list(kAliasesKind))) {
    const auto alias = below(ref, name);
    if (!alias) continue;
    const auto value = TRY(refs_.find({kAliasesKind, ref}));
    if (value && (*value)["version"].as_int() == version) aliases.emplace_back(*alias);
  }
  return aliases;
}

Result<uint32_t> Catalog::version_of_alias(const std::string& name, const std::string& alias) const {
  const auto value = TRY(refs_.find(alias_ref(name, alias)));
  const auto version = value ? (*value)["version"].as_int() : std::nullopt;
  if (version) return static_cast<uint32_t>(*version);
  return Error{ErrorKind::not_found, fmt::format("model '{}' has no alias '{}'", name, alias),
               fmt::format("see 'amlmodel ls {}'", name)};
}

Result<store::Descriptor> Catalog::manifest_of(const std::string& name, uint32_t version) const {
  const Json ref = TRY(refs_.read(version_ref(name, version)));
  return store::parse_descriptor(ref, fmt::format("{}:{}", name, version));
}

Result<ModelVersion> Catalog::read_version(const std::string& name, uint32_t version) const {
  const store::Descriptor manifest = TRY(manifest_of(name, version));
  ModelVersion model{TRY(read_artifact(blobs_, manifest.digest))};
  model.aliases = TRY(aliases(name, version));
  return model;
}

Result<ModelVersion> Catalog::find(const ModelName& name) const {
  return read_version(name.name, TRY(find_version(name)));
}

Result<uint32_t> Catalog::find_version(const ModelName& name) const {
  const auto known = TRY(versions(name.name));
  if (known.empty()) return unknown_model(name.name, TRY(names()));
  if (name.alias) return version_of_alias(name.name, *name.alias);
  const uint32_t version = name.version.value_or(known.back());
  if (!std::binary_search(known.begin(), known.end(), version))
    return Error{ErrorKind::not_found, fmt::format("model '{}' has no version {}", name.name, version),
                 fmt::format("the newest is {}:{}", name.name, known.back())};
  return version;
}

Result<ModelList> Catalog::list(const std::optional<std::string>& name) const {
  ModelList found;
  for (const std::string& each : name ? std::vector<std::string>{*name} : TRY(names())) {
    auto known = TRY(versions(each));
    if (name && known.empty()) return TRY(find({each})), found;
    std::reverse(known.begin(), known.end());
    for (const uint32_t version : known) {
      auto model = with_context(read_version(each, version), fmt::format("{}:{}", each, version));
      if (model.ok()) found.models.push_back(std::move(*model));
      else found.damaged.push_back(std::move(model).error());
    }
  }
  return found;
}

Status Catalog::set_alias(const std::string& name, const std::string& alias, uint32_t version) const {
  if (!is_model_name(alias))
    return Error{ErrorKind::usage, fmt::format("'{}' cannot be an alias", alias), "use lower-case letters and digits"};
  TRY(store_.check_writable());
  TRY(find({name, version}));
  return refs_.replace(alias_ref(name, alias), Json::object({{"version", version}}));
}

Status Catalog::remove_alias(const std::string& name, const std::string& alias) const {
  TRY(store_.check_writable());
  return refs_.remove(alias_ref(name, alias));
}

text::Fields describe(const ModelVersion& model) {
  const ModelConfig& config = model.artifact.config;
  Json aliases = Json::array();
  std::string shown_aliases;
  for (const std::string& alias : model.aliases) {
    aliases.push(alias);
    shown_aliases += (shown_aliases.empty() ? "" : " ") + alias;
  }
  text::Fields fields{"model", model.text(), {}};
  fields.add("model", model.text());
  fields.add("created", format_rfc3339(config.created), format_rfc3339(config.created).substr(0, 16));
  fields.add("aliases", aliases, shown_aliases.empty() ? "-" : shown_aliases);
  fields.add("task", config.signature["task"]);
  fields.add("bytes", model.artifact.model_bytes, format_size(model.artifact.model_bytes));
  fields.add("run", config.origin.run ? Json(config.origin.run->text()) : Json(),
             config.origin.run ? config.origin.run->text().substr(24) : "-");
  return fields;
}

text::Fields describe_full(const ModelVersion& model) {
  const ModelConfig& config = model.artifact.config;
  text::Fields fields = describe(model);
  if (config.origin.run) fields.fields.back().display = config.origin.run->text();
  fields.add("digest", model.artifact.manifest.digest.text());
  fields.add("model_digest", model.artifact.model.text());
  std::string inputs;
  for (const Json& input : config.signature["inputs"].items())
    inputs +=
        fmt::format("{}{} ({})", inputs.empty() ? "" : ", ", input.string_or("name", ""), input.string_or("type", ""));
  fields.add("inputs", config.signature["inputs"], inputs);
  std::string classes;
  for (const Json& name : config.signature["classes"].items())
    classes += fmt::format("{}{}", classes.empty() ? "" : ", ", name.string());
  fields.add("classes", config.signature["classes"], classes.empty() ? "-" : classes);
  std::string metrics;
  for (const auto& [key, value] : config.metrics.members())
    metrics += fmt::format("{}{} {}", metrics.empty() ? "" : ", ", key, value.dump());
  fields.add("metrics", config.metrics, metrics.empty() ? "-" : metrics);
  fields.add("snapshot", config.origin.snapshot ? Json(config.origin.snapshot->text()) : Json());
  if (!config.origin.file.empty()) fields.add("file", config.origin.file);
  fields.add("registered_by", config.provenance.user);
  return fields;
}

}  // namespace aml::catalog
