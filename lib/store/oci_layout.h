// index.json, which makes the store a whole OCI image layout for skopeo, oras and others. Nobody of ours reads it, so
// it is made when somebody asks, from the refs that hold descriptors.
#pragma once

#include "store/store.h"
#include "text/json.h"

namespace aml::store {

// Every ref whose value has mediaType, digest and size, with its name as org.opencontainers.image.ref.name; sorted.
Result<text::Json> make_oci_index(const Store& store);

Status write_oci_index(const Store& store);

}  // namespace aml::store
