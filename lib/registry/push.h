// From the blob store to a registry: what a manifest refers to first, the manifest next, its tag last, so that the
// registry never shows something incomplete.
#pragma once

#include "registry/client.h"
#include "registry/reference.h"
#include "registry/transfer.h"

namespace aml::registry {

// Sends the manifest or index `root` under the reference's repository and tag. What the registry has already is not
// sent again.
Status push(const store::BlobStore& blobs, const Digest& root, Client& client, const Reference& to, Observer& observer);

}  // namespace aml::registry
