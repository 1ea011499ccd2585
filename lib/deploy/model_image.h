// From a model of the catalog to an image of it: which bytes go in, and what the image says about itself.
#pragma once

#include <optional>
#include <string>

#include "catalog/source.h"
#include "image/build.h"
#include "store/store.h"

namespace aml::deploy {

struct ModelImageOptions {
  Path scorer;
  std::optional<Instant> created = {};  // instead of the model's own date (SOURCE_DATE_EPOCH)
};

// A registered model brings its config, its date and its lineage; any other model gets a config of a line and the
// date 1970-01-01, because nothing about it is known that would be the same tomorrow.
Result<store::Descriptor> build_model_image(const store::Store& store, const catalog::ModelSource& model,
                                            const ModelImageOptions& options);

// "penguins:1", and for what has no version "model:latest" of model.onnx.
std::string default_image_name(const catalog::ModelSource& model);

// Where the scorer lies beside an installed or freshly built tool: ../libexec/amltools/aml-scorer from its folder.
Path scorer_beside(const Path& executable);

// SOURCE_DATE_EPOCH: seconds since 1970 as a whole number; a usage error otherwise.
Result<Instant> parse_source_date_epoch(std::string_view text);

}  // namespace aml::deploy
