// OCI manifests and descriptors (image-spec 1.1): how blobs refer to each other, for images, models and runs alike.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "text/json.h"

namespace aml::store {

namespace media_type {
inline constexpr std::string_view kManifest = "application/vnd.oci.image.manifest.v1+json";
inline constexpr std::string_view kIndex = "application/vnd.oci.image.index.v1+json";
inline constexpr std::string_view kImageConfig = "application/vnd.oci.image.config.v1+json";
inline constexpr std::string_view kLayerGzip = "application/vnd.oci.image.layer.v1.tar+gzip";
inline constexpr std::string_view kDockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
inline constexpr std::string_view kDockerIndex = "application/vnd.docker.distribution.manifest.list.v2+json";
}  // namespace media_type

inline constexpr size_t kManifestBytesMax = size_t{4} << 20;  // what registries accept
inline constexpr size_t kManifestEntriesMax = 1000;

using Annotations = std::map<std::string, std::string>;

struct Descriptor {
  std::string media_type;
  Digest digest;
  uint64_t size = 0;
  Annotations annotations = {};
  bool operator==(const Descriptor&) const = default;
};

text::Json to_json(const Descriptor& descriptor);
text::Json to_json(const Annotations& annotations);
Result<Descriptor> parse_descriptor(const text::Json& json, std::string_view name);

// The parts of a manifest or index that say which other blobs belong to it.
struct Manifest {
  std::string media_type;
  std::vector<Descriptor> blobs;      // layers in order, then the config; what must exist before the manifest
  std::vector<Descriptor> manifests;  // of an index
};

// `media_type` is what the sender called it; it must agree with the member mediaType inside, if there is one. Limits
// on size and number of entries are checked.
Result<Manifest> parse_manifest(std::string_view bytes, std::string_view media_type, std::string_view name);

}  // namespace aml::store
