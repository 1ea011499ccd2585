// An OCI image of a model, made from scratch and without any engine:
//
//   layer 1  /usr/libexec/amltools/aml-scorer   the statically linked scorer; the same for every model
//   layer 2  /model/model.onnx, /model/model.json
//
// It runs as user 10001 with a read-only root and no shell, and answers on port 8080. The same inputs give the same
// manifest digest on every machine.
#pragma once

#include <string>

#include "base/time.h"
#include "store/blobs.h"
#include "store/manifest.h"

namespace aml::image {

struct ImageOptions {
  Path scorer;               // must be a static executable; its machine becomes the image's architecture
  Digest model;              // the ONNX blob in the store
  std::string model_config;  // what /model/model.json says about it
  Instant created;           // written into the image, to the second
  // org.opencontainers.image.title and so on, as annotations of the manifest and labels of the containers.
  store::Annotations annotations = {};
};

// Puts layers, config and manifest into the store and describes the manifest.
Result<store::Descriptor> build_image(const store::BlobStore& blobs, const ImageOptions& options);

}  // namespace aml::image
