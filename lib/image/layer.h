// One layer of an image: a reproducible tar, compressed into the blob store.
#pragma once

#include <vector>

#include "archive/tar.h"
#include "store/blobs.h"
#include "store/manifest.h"

namespace aml::image {

struct Layer {
  store::Descriptor descriptor;  // of the compressed layer
  Digest diff_id;                // of the tar inside
};

// Folders on the way to an entry are added (0755), everything belongs to root, and all times are 0: the same content
// is the same layer, whichever image it is in and whenever it was built.
Result<Layer> write_layer(const store::BlobStore& blobs, std::vector<archive::TarEntry> entries);

}  // namespace aml::image
