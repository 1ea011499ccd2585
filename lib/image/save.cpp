#include "image/save.h"

#include <fmt/format.h>

#include <set>

#include "archive/tar.h"

namespace aml::image {
namespace {

std::string blob_path(const Digest& digest) { return "blobs/sha256/" + digest.hex(); }

// containerd and podman look for the whole name, and OCI tools for the reference name.
text::Json make_index(store::Descriptor manifest, const std::string& name) {
  manifest.annotations["io.containerd.image.name"] = name;
  manifest.annotations["org.opencontainers.image.ref.name"] = name;
  return text::Json::object({{"schemaVersion", 2},
                             {"mediaType", store::media_type::kIndex},
                             {"manifests", text::Json::array().push(to_json(manifest))}});
}

text::Json make_docker_manifest(const store::Manifest& manifest, const std::string& name) {
  text::Json layers = text::Json::array();
  for (size_t i = 0; i + 1 < manifest.blobs.size(); ++i) layers.push(blob_path(manifest.blobs[i].digest));
  return text::Json::array().push(text::Json::object({{"Config", blob_path(manifest.blobs.back().digest)},
                                                      {"RepoTags", text::Json::array().push(name)},
                                                      {"Layers", std::move(layers)}}));
}

}  // namespace

Status save_image(const store::BlobStore& blobs, const store::Descriptor& descriptor, const std::string& name,
                  Sink& sink) {
  const std::string bytes = TRY(blobs.get(descriptor.digest));
  const store::Manifest manifest = TRY(store::parse_manifest(bytes, descriptor.media_type, name));
  if (!manifest.manifests.empty())
    return Error{ErrorKind::usage, fmt::format("'{}' is an index of several images, which cannot be saved", name)};
  std::vector<archive::TarEntry> entries = {
      {.path = "oci-layout", .content = R"({"imageLayoutVersion":"1.0.0"})"},
      {.path = "index.json", .content = make_index(descriptor, name).dump()},
      {.path = "manifest.json", .content = make_docker_manifest(manifest, name).dump()},
      {.path = "blobs", .kind = archive::EntryKind::directory, .mode = 0755},
      {.path = "blobs/sha256", .kind = archive::EntryKind::directory, .mode = 0755},
      {.path = blob_path(descriptor.digest), .content = bytes}};
  std::set<Digest> seen;
  for (const store::Descriptor& blob : manifest.blobs) {
    if (!seen.insert(blob.digest).second) continue;
    TRY(blobs.verify(blob.digest));
    entries.push_back({.path = blob_path(blob.digest), .content_path = blobs.path_of(blob.digest)});
  }
  TRY(archive::write_tar(sink, std::move(entries)));
  return {};
}

}  // namespace aml::image
