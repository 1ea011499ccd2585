#include "image/layer.h"

#include <set>

#include "archive/compress.h"

namespace aml::image {
namespace {

void add_parent_folders(std::vector<archive::TarEntry>& entries) {
  std::set<std::string> folders;
  for (const archive::TarEntry& entry : entries)
    for (size_t slash = entry.path.find('/'); slash != std::string::npos; slash = entry.path.find('/', slash + 1))
      folders.insert(entry.path.substr(0, slash));
  for (const archive::TarEntry& entry : entries) folders.erase(entry.path);
  for (const std::string& folder : folders)
    entries.push_back({.path = folder, .kind = archive::EntryKind::directory, .mode = 0755});
}

}  // namespace

Result<Layer> write_layer(const store::BlobStore& blobs, std::vector<archive::TarEntry> entries) {
  add_parent_folders(entries);
  store::BlobWriter writer = TRY(blobs.writer());
  const auto gzip = TRY(archive::compress_into(writer, {.compression = archive::Compression::gzip}));
  const archive::TarResult tar = TRY(archive::write_tar(*gzip, std::move(entries)));
  TRY(gzip->finish());
  const store::BlobInfo blob = TRY(writer.finish());
  return Layer{{std::string(store::media_type::kLayerGzip), blob.digest, blob.size}, tar.digest};
}

}  // namespace aml::image
