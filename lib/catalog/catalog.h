// Registered models: a name has versions 1, 2, 3, …, each an artifact that never changes, and aliases that move.
//
//   refs/models/NAME/VERSION   the descriptor of the version's manifest
//   refs/aliases/NAME/ALIAS    {"version": N}
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/artifact.h"
#include "catalog/model_name.h"
#include "store/refs.h"
#include "store/run_record.h"
#include "store/store.h"
#include "text/fields.h"

namespace aml::catalog {

struct ModelVersion {
  Artifact artifact;
  std::vector<std::string> aliases = {};  // that point here, sorted

  const std::string& name() const { return artifact.config.name; }
  uint32_t version() const { return artifact.config.version; }
  std::string text() const;  // "penguins:1"
};

// One version that cannot be read takes no other out of the list.
struct ModelList {
  std::vector<ModelVersion> models;  // by name, newest first
  std::vector<Error> damaged;        // one for each version that is missing above
};

enum class Unfinished : uint8_t { refuse, accept };

class Catalog {
 public:
  explicit Catalog(const store::Store& store) : store_(store), blobs_(store.dir()), refs_(store.dir()) {}

  // The model a run left in outputs/model.onnx. A run that did not finish well is refused unless asked otherwise.
  Result<ModelVersion> register_run(const std::string& name, const store::RunSummary& run, Unfinished unfinished,
                                    const Provenance& provenance, const Clock& clock) const;
  // An ONNX file made elsewhere. Formats that run code when they are loaded (pickle and its kin) are refused.
  Result<ModelVersion> register_file(const std::string& name, const Path& file, const Provenance& provenance,
                                     const Clock& clock) const;

  Result<ModelVersion> find(const ModelName& name) const;      // not_found with the nearest name
  Result<uint32_t> find_version(const ModelName& name) const;  // the same, without reading what it is
  Result<std::vector<std::string>> names() const;
  Result<std::vector<uint32_t>> versions(const std::string& name) const;  // ascending
  Result<store::Descriptor> manifest_of(const std::string& name, uint32_t version) const;
  Result<ModelList> list(const std::optional<std::string>& name) const;

  Status set_alias(const std::string& name, const std::string& alias, uint32_t version) const;
  Status remove_alias(const std::string& name, const std::string& alias) const;

 private:
  Result<ModelVersion> add_version(ModelConfig config, const store::BlobInfo& model) const;
  Result<std::vector<std::string>> aliases(const std::string& name, uint32_t version) const;
  Result<uint32_t> version_of_alias(const std::string& name, const std::string& alias) const;
  Result<ModelVersion> read_version(const std::string& name, uint32_t version) const;

  const store::Store& store_;  // outlives the catalog
  store::BlobStore blobs_;
  store::RefStore refs_;
};

text::Fields describe(const ModelVersion& model);       // a line of `amlmodel ls`
text::Fields describe_full(const ModelVersion& model);  // `amlmodel show`

}  // namespace aml::catalog
