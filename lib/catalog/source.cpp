#include "catalog/source.h"

#include <fmt/format.h>

#include <algorithm>

#include "history/query.h"
#include "store/outputs.h"

namespace aml::catalog {
namespace {

Result<ModelSource> from_file(const Path& file) {
  std::string bytes = TRY(os::read_file(file));
  const Digest digest = sha256(bytes);
  return ModelSource{file.filename().string(), std::move(bytes), digest, {}};
}

Result<ModelSource> from_version(const store::Store& store, ModelVersion version) {
  auto blob = store::BlobStore(store.dir()).get(version.artifact.model);
  std::string bytes = TRY(with_context(std::move(blob), fmt::format("model '{}'", version.text())));
  return ModelSource{version.text(), std::move(bytes), version.artifact.model, std::move(version)};
}

Result<ModelSource> from_digest(const store::Store& store, const Digest& digest) {
  const store::BlobStore blobs(store.dir());
  auto artifact = read_artifact(blobs, digest);
  if (artifact.ok()) return from_version(store, ModelVersion{std::move(artifact).value()});
  std::string bytes = TRY(blobs.get(digest));
  return ModelSource{digest.text().substr(0, 19), std::move(bytes), digest, {}};
}

Result<ModelSource> from_run(const store::Store& store, const std::string& text) {
  const RunId run = TRY(history::resolve_run(store, text));
  ModelSource source = TRY(from_file(TRY(store::find_output(store, run, "model.onnx"))));
  source.name = fmt::format("run {}", history::short_id(run));
  return source;
}

}  // namespace

Result<ModelSource> resolve_model(const std::optional<store::Store>& store, const std::string& text) {
  const bool looks_like_file = text.ends_with(".onnx") || text.find('/') != std::string::npos;
  if (looks_like_file) return from_file(text);
  if (!store)
    return Error{ErrorKind::not_found, fmt::format("no model '{}': there is no store here", text),
                 "go into the project, name its store with --store, or give an .onnx file"};
  if (const auto digest = Digest::parse(text)) return from_digest(*store, *digest);
  const Catalog catalog(*store);
  const auto name = parse_model_name(text);
  if (!name) return from_run(*store, text);
  auto version = catalog.find(*name);
  if (version.ok()) return from_version(*store, std::move(version).value());
  // "1a2b3c4d" is a possible name as well as the short id of a run; a model of that name goes first.
  if (version.error().kind != ErrorKind::not_found || name->version || name->alias) return std::move(version).error();
  auto run = from_run(*store, text);
  return run.ok() ? std::move(run) : Result<ModelSource>(std::move(version).error());
}

Result<ModelSource> find_model(const std::optional<Path>& given, const Path& from, const std::string& text) {
  auto opened = store::open_store(given, from);
  if (!opened.ok() && opened.error().kind != ErrorKind::not_found) return std::move(opened).error();
  std::optional<store::Store> store;
  if (opened.ok()) store = std::move(opened).value();
  return resolve_model(store, text);
}

std::vector<std::string> complete_model(const store::Store& store, std::string_view prefix) {
  std::vector<std::string> candidates;
  const auto models = Catalog(store).list({});
  if (!models.ok()) return {};
  for (const ModelVersion& model : models->models) {
    candidates.push_back(model.name());
    candidates.push_back(model.text());
    for (const std::string& alias : model.aliases) candidates.push_back(model.name() + "@" + alias);
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::erase_if(candidates, [&](const std::string& candidate) { return !candidate.starts_with(prefix); });
  return candidates;
}

}  // namespace aml::catalog
