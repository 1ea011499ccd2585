#include "catalog/artifact.h"

#include <fmt/format.h>

#include <cstdlib>

namespace aml::catalog {
namespace {

using text::Json;

constexpr int64_t kAmlFormat = 1;

Json to_json(const store::InputRecord& input) {
  Json json = Json::object(
      {{"name", input.name}, {"path", input.path}, {"digest", input.digest.text()}, {"bytes", input.bytes}});
  if (input.rows) json.set("rows", *input.rows);
  return json;
}

Json to_json(const Origin& origin) {
  Json json = Json::object();
  if (origin.run) json.set("run", origin.run->text());
  if (origin.snapshot) json.set("snapshot", origin.snapshot->text());
  if (!origin.file.empty()) json.set("file", origin.file);
  Json inputs = Json::array();
  for (const store::InputRecord& input : origin.inputs) inputs.push(to_json(input));
  return json.set("inputs", inputs);
}

Json to_json(const Provenance& provenance) {
  Json command_line = Json::array();
  for (const std::string& word : provenance.command_line) command_line.push(word);
  return Json::object({{"tool", provenance.tool},
                       {"version", provenance.version},
                       {"command_line", command_line},
                       {"user", provenance.user}});
}

Json to_json(const ModelConfig& config, const Digest& model) {
  const Json descriptor = Json::object({{"name", config.name},
                                        {"version", fmt::to_string(config.version)},
                                        {"createdAt", format_rfc3339(config.created)}});
  const Json layers = Json::object({{"type", "layers"}, {"diffIds", Json::array().push(model.text())}});
  const Json aml = Json::object({{"format", kAmlFormat},
                                 {"signature", config.signature},
                                 {"metrics", config.metrics},
                                 {"lineage", to_json(config.origin)},
                                 {"provenance", to_json(config.provenance)}});
  return Json::object(
      {{"descriptor", descriptor}, {"config", Json::object({{"format", "onnx"}})}, {"modelfs", layers}, {"aml", aml}});
}

Error damaged(const Digest& manifest, std::string_view what) {
  return Error{ErrorKind::bad_data, fmt::format("the model's manifest {} {}", manifest.text(), what),
               "see 'amlmodel verify'"};
}

Result<Origin> parse_origin(const Json& json, const Digest& manifest) {
  Origin origin;
  if (const Json* run = json.find("run")) origin.run = RunId::parse(run->string());
  if (const Json* snapshot = json.find("snapshot")) origin.snapshot = Digest::parse(snapshot->string());
  origin.file = json.string_or("file", "");
  for (const Json& item : json["inputs"].items()) {
    const auto digest = Digest::parse(item["digest"].string());
    if (!digest) return damaged(manifest, "names an input without a digest");
    store::InputRecord input{item.string_or("name", ""), item.string_or("path", ""), *digest};
    input.bytes = static_cast<uint64_t>(item.int_or("bytes", 0));
    if (const auto rows = item["rows"].as_int()) input.rows = static_cast<uint64_t>(*rows);
    origin.inputs.push_back(std::move(input));
  }
  return origin;
}

Provenance parse_provenance(const Json& json) {
  Provenance provenance{json.string_or("tool", ""), json.string_or("version", ""), {}, json.string_or("user", "")};
  for (const Json& word : json["command_line"].items()) provenance.command_line.push_back(word.string());
  return provenance;
}

Result<ModelConfig> parse_config(const Json& json, const Digest& manifest) {
  const Json& aml = json["aml"];
  if (aml["format"].as_int() != kAmlFormat)
    return damaged(manifest, fmt::format("has format {}, this program reads {}", aml["format"].dump(), kAmlFormat));
  ModelConfig config;
  config.name = json["descriptor"].string_or("name", "");
  config.version =
      static_cast<uint32_t>(std::strtoul(json["descriptor"].string_or("version", "0").c_str(), nullptr, 10));
  const auto created = parse_rfc3339(json["descriptor"].string_or("createdAt", ""));
  if (config.name.empty() || config.version == 0 || !created) return damaged(manifest, "has no name, version or date");
  config.created = *created;
  config.signature = aml["signature"];
  config.metrics = aml["metrics"];
  config.origin = TRY(parse_origin(aml["lineage"], manifest));
  config.provenance = parse_provenance(aml["provenance"]);
  return config;
}

}  // namespace

Result<Artifact> write_artifact(const store::BlobStore& blobs, const ModelConfig& config,
                                const store::BlobInfo& model) {
  const std::string config_text = to_json(config, model.digest).dump();
  const Digest config_digest = TRY(blobs.put(config_text));
  const store::Descriptor config_blob{std::string(kModelConfigType), config_digest, config_text.size()};
  store::Descriptor layer{
      std::string(kModelWeightType), model.digest, model.size, {{"org.cncf.model.filepath", "model.onnx"}}};
  const Json manifest = Json::object({{"schemaVersion", 2},
                                      {"mediaType", store::media_type::kManifest},
                                      {"artifactType", kModelManifestType},
                                      {"config", store::to_json(config_blob)},
                                      {"layers", Json::array().push(store::to_json(layer))}});
  const std::string manifest_text = manifest.dump();
  const Digest manifest_digest = TRY(blobs.put(manifest_text));
  store::Descriptor manifest_blob{std::string(store::media_type::kManifest), manifest_digest, manifest_text.size()};
  return Artifact{std::move(manifest_blob), model.digest, model.size, config};
}

Result<Artifact> read_artifact(const store::BlobStore& blobs, const Digest& manifest) {
  const std::string bytes = TRY(blobs.get(manifest));
  const Json json = TRY(text::parse_json(bytes, {"manifest"}));
  if (json.string_or("artifactType", "") != kModelManifestType) return damaged(manifest, "is not one of a model");
  auto layer = json["layers"].items().empty() ? Result<store::Descriptor>(damaged(manifest, "has no layer"))
                                              : store::parse_descriptor(json["layers"].items()[0], "manifest");
  const store::Descriptor model = TRY(std::move(layer));
  const store::Descriptor config = TRY(store::parse_descriptor(json["config"], "manifest"));
  const std::string config_text = TRY(blobs.get(config.digest));
  const Json config_json = TRY(text::parse_json(config_text, {"model config"}));
  store::Descriptor self{std::string(store::media_type::kManifest), manifest, bytes.size()};
  ModelConfig parsed = TRY(parse_config(config_json, manifest));
  return Artifact{std::move(self), model.digest, model.size, std::move(parsed)};
}

}  // namespace aml::catalog
