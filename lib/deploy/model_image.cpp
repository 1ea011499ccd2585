#include "deploy/model_image.h"

#include <fmt/format.h>

#include "text/numbers.h"

namespace aml::deploy {
namespace {

constexpr std::string_view kKeyPrefix = "org.opencontainers.image.";

struct Identity {
  std::string name;
  std::string version;
};

Identity identity_of(const catalog::ModelSource& model) {
  if (model.registered) return {model.registered->name(), std::to_string(model.registered->version())};
  const std::string stem = Path(model.name).stem().string();
  return {catalog::is_model_name(stem) ? stem : "model", "latest"};
}

// What the artifact of a registered model says about it, byte for byte.
Result<std::string> registered_config(const store::BlobStore& blobs, const catalog::ModelVersion& version) {
  const Digest& digest = version.artifact.manifest.digest;
  const text::Json manifest = TRY(text::parse_json(TRY(blobs.get(digest)), {.name = version.text()}));
  return blobs.get(TRY(store::parse_descriptor(manifest["config"], version.text())).digest);
}

std::string bare_config(const catalog::ModelSource& model) {
  return text::Json::object({{"descriptor", text::Json::object({{"name", identity_of(model).name}})},
                             {"config", text::Json::object({{"format", "onnx"}})}})
      .dump();
}

store::Annotations annotations_of(const catalog::ModelSource& model) {
  const Identity identity = identity_of(model);
  const auto key = [](std::string_view name) { return fmt::format("{}{}", kKeyPrefix, name); };
  store::Annotations annotations = {{key("title"), identity.name},
                                    {key("version"), identity.version},
                                    {key("description"), fmt::format("scoring service of model {}", model.name)},
                                    {"aml.model.digest", model.digest.text()}};
  if (!model.registered) return annotations;
  annotations["aml.model.manifest"] = model.registered->artifact.manifest.digest.text();
  const auto& run = model.registered->artifact.config.origin.run;
  if (run) annotations["aml.run"] = run->text();
  return annotations;
}

}  // namespace

Result<store::Descriptor> build_model_image(const store::Store& store, const catalog::ModelSource& model,
                                            const ModelImageOptions& options) {
  const store::BlobStore blobs(store.dir());
  image::ImageOptions image;
  image.scorer = options.scorer;
  image.model = TRY(blobs.put(model.bytes));
  image.model_config = model.registered ? TRY(registered_config(blobs, *model.registered)) : bare_config(model);
  image.created = model.registered ? model.registered->artifact.config.created : Instant{};
  if (options.created) image.created = *options.created;
  image.annotations = annotations_of(model);
  return image::build_image(blobs, image);
}

std::string default_image_name(const catalog::ModelSource& model) {
  const Identity identity = identity_of(model);
  return fmt::format("{}:{}", identity.name, identity.version);
}

Path scorer_beside(const Path& executable) {
  return executable.parent_path().parent_path() / "libexec" / "amltools" / "aml-scorer";
}

Result<Instant> parse_source_date_epoch(std::string_view text) {
  constexpr int64_t kSecondsMax = 9'000'000'000;  // year 2255: nanoseconds still fit
  const auto seconds = text::parse_int(text);
  if (seconds && *seconds >= 0 && *seconds <= kSecondsMax) return Instant{*seconds * 1'000'000'000};
  return Error{ErrorKind::usage, fmt::format("SOURCE_DATE_EPOCH is '{}', not a number of seconds since 1970", text),
               "unset it, or set it as 'git log -1 --format=%ct' prints it"};
}

}  // namespace aml::deploy
