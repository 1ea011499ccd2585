// A model version as an OCI artifact in the blob store (CNCF ModelPack 0.0.7): the ONNX bytes are one raw layer, so
// that every image and registry shares them; the config says what the model is and where it comes from.
//
//   manifest  artifactType application/vnd.cncf.model.manifest.v1+json
//     config  application/vnd.cncf.model.config.v1+json
//             {"descriptor":{"name","version","createdAt"},"config":{"format":"onnx"},"modelfs":{…},
//              "aml":{"format":1,"signature":{…},"metrics":{…},"lineage":{…},"provenance":{…}}}
//     layer   application/vnd.cncf.model.weight.v1.raw, file path model.onnx
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "base/time.h"
#include "store/blobs.h"
#include "store/manifest.h"
#include "store/run_spec.h"
#include "text/json.h"

namespace aml::catalog {

inline constexpr std::string_view kModelManifestType = "application/vnd.cncf.model.manifest.v1+json";
inline constexpr std::string_view kModelConfigType = "application/vnd.cncf.model.config.v1+json";
inline constexpr std::string_view kModelWeightType = "application/vnd.cncf.model.weight.v1.raw";

// Where a model comes from. Without a run it was registered from a file.
struct Origin {
  std::optional<RunId> run = {};
  std::optional<Digest> snapshot = {};
  std::vector<store::InputRecord> inputs = {};
  std::string file = {};  // the path it was registered from, if not from a run
};

// Who registered it, and how.
struct Provenance {
  std::string tool;
  std::string version;
  std::vector<std::string> command_line;
  std::string user;
};

struct ModelConfig {
  std::string name;
  uint32_t version = 0;
  Instant created;
  text::Json signature;     // model::to_json(Signature)
  text::Json metrics = {};  // an object of name → last value; empty for a file
  Origin origin = {};
  Provenance provenance = {};
};

struct Artifact {
  store::Descriptor manifest;
  Digest model;  // the ONNX blob
  uint64_t model_bytes = 0;
  ModelConfig config;
};

// Puts config and manifest into the blob store, where the model already is.
Result<Artifact> write_artifact(const store::BlobStore& blobs, const ModelConfig& config, const store::BlobInfo& model);
Result<Artifact> read_artifact(const store::BlobStore& blobs, const Digest& manifest);

}  // namespace aml::catalog
