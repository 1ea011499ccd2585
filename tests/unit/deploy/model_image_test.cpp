#include "deploy/model_image.h"

#include <doctest/doctest.h>

#include "unit/image/image_setting.h"

using namespace aml;
using namespace aml::deploy;

namespace {

struct Setting : ImageSetting {
  catalog::ModelSource source(const std::string& name) { return {name, "onnx bytes", sha256("onnx bytes"), {}}; }

  catalog::ModelSource registered() {
    catalog::ModelConfig config;
    config.name = "penguins";
    config.version = 3;
    config.created = *parse_rfc3339("2026-03-01T10:20:30Z");
    config.signature = text::Json::object();
    config.metrics = text::Json::object();
    const auto artifact = catalog::write_artifact(blobs, config, {blobs.put("onnx bytes").value(), 10}).value();
    auto model = source("penguins:3");
    model.registered = catalog::ModelVersion{artifact};
    return model;
  }

  text::Json manifest_of(const catalog::ModelSource& model, std::optional<Instant> created) {
    const auto image = build_model_image(store, model, {options.scorer, created});
    REQUIRE(image.ok());
    return text::parse_json(blobs.get(image->digest).value()).value();
  }
};

}  // namespace

TEST_CASE("the image of a registered model carries its date and where it comes from") {
  Setting setting;
  const auto model = setting.registered();
  const text::Json manifest = setting.manifest_of(model, {});
  const text::Json& annotations = manifest["annotations"];
  CHECK(annotations["org.opencontainers.image.title"].string() == "penguins");
  CHECK(annotations["org.opencontainers.image.version"].string() == "3");
  CHECK(annotations["org.opencontainers.image.created"].string() == "2026-03-01T10:20:30Z");
  CHECK(annotations["aml.model.digest"].string() == sha256("onnx bytes").text());
  CHECK(annotations["aml.model.manifest"].string() == model.registered->artifact.manifest.digest.text());
  CHECK(default_image_name(model) == "penguins:3");
}

TEST_CASE("a model without a record has the date of the epoch") {
  Setting setting;
  const text::Json manifest = setting.manifest_of(setting.source("iris.onnx"), {});
  CHECK(manifest["annotations"]["org.opencontainers.image.created"].string() == "1970-01-01T00:00:00Z");
  CHECK(default_image_name(setting.source("iris.onnx")) == "iris:latest");
  CHECK(default_image_name(setting.source("run 1a2b")) == "model:latest");
}

TEST_CASE("the date can be given from outside") {
  Setting setting;
  const text::Json manifest = setting.manifest_of(setting.registered(), parse_source_date_epoch("1700000000").value());
  CHECK(manifest["annotations"]["org.opencontainers.image.created"].string() == "2023-11-14T22:13:20Z");
  for (const char* text : {"", "-1", "1.5", "yesterday", "99999999999"}) {
    const auto refused = parse_source_date_epoch(text);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("the scorer lies beside the tool") {
  CHECK(scorer_beside("/usr/bin/amldeploy") == "/usr/libexec/amltools/aml-scorer");
  CHECK(scorer_beside("/b/bin/amldeploy") == "/b/libexec/amltools/aml-scorer");
}
