// An image as one file: an OCI layout in a tar, with the manifest.json beside it that `docker load` of older engines
// wants. podman load, docker load, skopeo (oci-archive:) and load.h read it.
#pragma once

#include <string>

#include "base/sink.h"
#include "store/blobs.h"
#include "store/manifest.h"

namespace aml::image {

// `name` is written into the archive, so that the image has it after loading. Reproducible like the image itself.
Status save_image(const store::BlobStore& blobs, const store::Descriptor& manifest, const std::string& name,
                  Sink& sink);

}  // namespace aml::image
