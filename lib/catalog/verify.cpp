#include "catalog/verify.h"

#include <fmt/format.h>

#include "base/cancel.h"
#include "model/model.h"
#include "model/signature.h"
#include "os/parallel.h"
#include "project/snapshot.h"

namespace aml::catalog {
namespace {

struct VersionName {
  std::string name;
  uint32_t version = 0;
  std::string text() const { return fmt::format("{}:{}", name, version); }
};

Result<std::vector<VersionName>> all_versions(const Catalog& catalog) {
  std::vector<VersionName> found;
  for (const std::string& name : TRY(catalog.names())) {
    const auto versions = TRY(catalog.versions(name));
    for (auto version = versions.rbegin(); version != versions.rend(); ++version) found.push_back({name, *version});
  }
  return found;
}

Result<std::vector<VersionName>> named_versions(const Catalog& catalog, const std::vector<ModelName>& models) {
  std::vector<VersionName> found;
  for (const ModelName& model : models) {
    auto version = TRY(catalog.find_version(model));
    found.push_back({model.name, std::move(version)});
  }
  return found;
}

// One version; what is wrong with it is collected, as far as it can be read.
class VersionChecker {
 public:
  VersionChecker(const store::Store& store, const VersionName& version)
      : store_(store), blobs_(store.dir()), version_(version), check_{version.text()} {}

  ModelCheck check() {
    const auto manifest = Catalog(store_).manifest_of(version_.name, version_.version);
    if (!manifest.ok()) damage(manifest.error().message);
    else if (check_blob("manifest", *manifest)) check_parts(*manifest);
    return std::move(check_);
  }

 private:
  void damage(std::string_view message) { check_.damage.emplace_back(message); }
  void note(std::string_view message) { check_.notes.emplace_back(message); }

  // There, of the content its digest says, and as long as its descriptor says.
  bool check_blob(std::string_view part, const store::Descriptor& blob) {
    const Status status = blobs_.verify(blob.digest);
    const auto size = blobs_.size(blob.digest);
    if (status.ok() && size.ok() && *size == blob.size) return true;
    if (!size.ok()) damage(fmt::format("{} is missing: {}", part, blob.digest.text()));
    else if (status.ok())
      damage(fmt::format("{} has {} bytes, not {}: {}", part, *size, blob.size, blob.digest.text()));
    else if (status.error().kind == ErrorKind::bad_data)
      damage(fmt::format("{} is damaged: its content is not {}", part, blob.digest.text()));
    else damage(fmt::format("{}: {}", part, status.error().message));
    return false;
  }

  // Config and model are looked at each for itself, so that one that is damaged does not hide the other.
  void check_parts(const store::Descriptor& manifest) {
    const auto bytes = blobs_.get(manifest.digest);
    if (!bytes.ok()) return damage(bytes.error().message);
    const auto parts = store::parse_manifest(*bytes, manifest.media_type, manifest.digest.text());
    if (!parts.ok()) return damage(parts.error().message);
    bool has_config = true;
    bool has_model = true;
    for (const store::Descriptor& blob : parts->blobs) {
      const bool is_config = blob.media_type == kModelConfigType;
      const bool is_whole = check_blob(is_config ? "config" : "model", blob);
      (is_config ? has_config : has_model) &= is_whole;
    }
    if (!has_config) return;
    const auto artifact = read_artifact(blobs_, manifest.digest);
    if (!artifact.ok()) return damage(artifact.error().message);
    check_config(artifact->config);
    if (has_model) check_model(*artifact);
  }

  void check_config(const ModelConfig& config) {
    if (config.name != version_.name || config.version != version_.version)
      damage(fmt::format("config is that of {}:{}", config.name, config.version));
    check_lineage(config.origin);
  }

  void check_model(const Artifact& artifact) {
    const auto signature = read_model(artifact);
    if (!signature.ok()) return damage(signature.error().message);
    if (signature->dump() != artifact.config.signature.dump()) damage("config has another signature than the model");
  }

  Result<text::Json> read_model(const Artifact& artifact) const {
    const std::string bytes = TRY(blobs_.get(artifact.model));
    const model::Model model = TRY(model::load_model(bytes, version_.text()));
    return model::to_json(TRY(model::read_signature(model, {})));
  }

  // A model outlives its run, and its data lies with the user: what is gone is told and is no damage. What gc keeps
  // for the model, the snapshot, may be missing only together with the run: in a store the model was copied into.
  void check_lineage(const Origin& origin) {
    const bool has_run = origin.run && os::is_a_directory(store_.run_dir(*origin.run));
    if (origin.run && !has_run) note(fmt::format("run is not in this store: {}", origin.run->text()));
    if (origin.snapshot) check_snapshot(*origin.snapshot, has_run);
    for (const store::InputRecord& input : origin.inputs) check_input(input);
  }

  void check_snapshot(const Digest& snapshot, bool has_run) {
    const auto blob = project::find_snapshot(store_, snapshot);
    if (!blob.ok()) return damage(blob.error().message);
    if (*blob) {
      check_blob("snapshot", **blob);
      return;
    }
    const std::string message = fmt::format("snapshot is not in this store: {}", snapshot.text());
    if (has_run) damage(message);
    else note(message);
  }

  void check_input(const store::InputRecord& input) {
    const auto digest = store::digest_file(input.path);
    if (!digest.ok()) note(digest.error().message);
    else if (*digest != input.digest) note(fmt::format("input has changed since the run: '{}'", input.path));
  }

  const store::Store& store_;
  const store::BlobStore blobs_;
  const VersionName& version_;
  ModelCheck check_;
};

text::Fields line(const std::string& model, std::string_view status, text::Json problem) {
  text::Fields fields{"check", model, {}};
  const std::string shown = problem.is_null() ? "-" : "";
  fields.add("model", model).add("status", status).add("problem", std::move(problem), shown);
  return fields;
}

}  // namespace

Result<std::vector<ModelCheck>> verify_models(const store::Store& store, const std::vector<ModelName>& models,
                                              unsigned threads, const Cancel* cancel) {
  const Catalog catalog(store);
  const auto versions = TRY(models.empty() ? all_versions(catalog) : named_versions(catalog, models));
  std::vector<ModelCheck> checks(versions.size());
  os::parallel_for(versions.size(), threads, [&](size_t i) {
    if (cancel == nullptr || !cancel->is_requested()) checks[i] = VersionChecker(store, versions[i]).check();
  });
  if (cancel != nullptr) TRY(cancel->check());
  return checks;
}

std::vector<text::Fields> describe(const ModelCheck& check) {
  std::vector<text::Fields> lines;
  for (const std::string& message : check.damage) lines.push_back(line(check.model, "damaged", message));
  for (const std::string& message : check.notes) lines.push_back(line(check.model, "note", message));
  if (lines.empty()) lines.push_back(line(check.model, "ok", {}));
  return lines;
}

}  // namespace aml::catalog
