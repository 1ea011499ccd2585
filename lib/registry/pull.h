// From a registry into the blob store: blobs first, the manifest last, so that a manifest in the store is complete.
#pragma once

#include "registry/client.h"
#include "registry/reference.h"
#include "registry/transfer.h"

namespace aml::registry {

// Brings everything the reference leads to, and says what it is. What the store has already is not fetched again.
Result<store::Descriptor> pull(Client& client, const Reference& from, const store::BlobStore& blobs,
                               Observer& observer);

}  // namespace aml::registry
