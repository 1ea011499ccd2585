// The way back from save.h: the content of an OCI archive into the blob store.
#pragma once

#include <string>
#include <vector>

#include "base/sink.h"
#include "store/blobs.h"
#include "store/manifest.h"

namespace aml::image {

struct LoadedImage {
  store::Descriptor manifest;
  std::string name;  // as the archive calls it; may be empty
};

// Reads an uncompressed OCI archive, ours or that of skopeo or podman. Every blob is checked against its name, and
// every image must be complete. `name` is what errors call the archive.
Result<std::vector<LoadedImage>> load_images(Source& source, const std::string& name, const store::BlobStore& blobs);

}  // namespace aml::image
