#include "image/build.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "image/elf.h"
#include "image/layer.h"

namespace aml::image {
namespace {

constexpr std::string_view kScorerPath = "usr/libexec/amltools/aml-scorer";
constexpr std::string_view kUser = "10001:10001";
constexpr std::string_view kPort = "8080/tcp";
constexpr size_t kExecutableHeadBytes = 4096;  // its header and the table behind it

Result<Executable> inspect_scorer(const Path& scorer) {
  const os::UniqueFd fd = TRY(os::open_file(scorer, O_RDONLY));
  std::string head(kExecutableHeadBytes, '\0');
  const ssize_t count = pread(fd.get(), head.data(), head.size(), 0);
  if (count < 0) return error_from_errno(errno, fmt::format("cannot read '{}'", scorer.string()));
  Executable executable =
      TRY(inspect_executable(std::string_view(head).substr(0, static_cast<size_t>(count)), scorer.string()));
  if (executable.is_static) return executable;
  return Error{
      ErrorKind::bad_data,
      fmt::format("'{}' cannot run in an image: it needs shared libraries, and the image has none", scorer.string()),
      "give a statically linked scorer with --scorer"};
}

Instant to_the_second(Instant instant) {
  constexpr int64_t kSecond = 1'000'000'000;
  return {instant.unix_ns - ((instant.unix_ns % kSecond) + kSecond) % kSecond};
}

text::Json history_entry(const std::string& created, const char* what) {
  return text::Json::object({{"created", created}, {"created_by", what}});
}

text::Json container_config(const store::Annotations& annotations) {
  return text::Json::object({{"User", kUser},
                             {"ExposedPorts", text::Json::object({{std::string(kPort), text::Json::object()}})},
                             {"Env", text::Json::array().push("PATH=/usr/libexec/amltools")},
                             {"Entrypoint", text::Json::array().push(fmt::format("/{}", kScorerPath))},
                             {"WorkingDir", "/"},
                             {"Labels", store::to_json(annotations)},
                             {"StopSignal", "SIGTERM"}});
}

text::Json image_config(const Executable& scorer, const std::string& created, const store::Annotations& annotations,
                        const Layer& scorer_layer, const Layer& model_layer) {
  text::Json diff_ids = text::Json::array();
  diff_ids.push(scorer_layer.diff_id.text()).push(model_layer.diff_id.text());
  text::Json history = text::Json::array();
  history.push(history_entry(created, "amldeploy build: scorer"))
      .push(history_entry(created, "amldeploy build: model"));
  return text::Json::object({{"created", created},
                             {"architecture", scorer.architecture},
                             {"os", "linux"},
                             {"config", container_config(annotations)},
                             {"rootfs", text::Json::object({{"type", "layers"}, {"diff_ids", std::move(diff_ids)}})},
                             {"history", std::move(history)}});
}

Result<store::Descriptor> put_json(const store::BlobStore& blobs, std::string_view type, const text::Json& json) {
  const std::string bytes = json.dump();
  const Digest digest = TRY(blobs.put(bytes));
  return store::Descriptor{std::string(type), digest, bytes.size()};
}

}  // namespace

Result<store::Descriptor> build_image(const store::BlobStore& blobs, const ImageOptions& options) {
  const Executable scorer = TRY(inspect_scorer(options.scorer));
  TRY(blobs.verify(options.model));
  const Layer scorer_layer =
      TRY(write_layer(blobs, {{.path = std::string(kScorerPath), .mode = 0755, .content_path = options.scorer}}));
  const Layer model_layer =
      TRY(write_layer(blobs, {{.path = "model/model.onnx", .content_path = blobs.path_of(options.model)},
                              {.path = "model/model.json", .content = options.model_config}}));
  const std::string created = format_rfc3339(to_the_second(options.created));
  store::Annotations annotations = options.annotations;
  annotations.insert_or_assign("org.opencontainers.image.created", created);
  const store::Descriptor config = TRY(put_json(blobs, store::media_type::kImageConfig,
                                                image_config(scorer, created, annotations, scorer_layer, model_layer)));
  text::Json layers = text::Json::array();
  layers.push(to_json(scorer_layer.descriptor)).push(to_json(model_layer.descriptor));
  return put_json(blobs, store::media_type::kManifest,
                  text::Json::object({{"schemaVersion", 2},
                                      {"mediaType", store::media_type::kManifest},
                                      {"config", to_json(config)},
                                      {"layers", std::move(layers)},
                                      {"annotations", store::to_json(annotations)}}));
}

}  // namespace aml::image
