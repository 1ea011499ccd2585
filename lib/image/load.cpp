#include "image/load.h"

#include <fmt/format.h>

#include <optional>

#include "archive/tar.h"

namespace aml::image {
namespace {

constexpr std::string_view kBlobFolder = "blobs/sha256/";

Error bad_data(std::string why) { return Error{ErrorKind::bad_data, std::move(why)}; }

// Says which archive an error is about, and what one should look like.
Error in_archive(const std::string& name, Error error) {
  error.message = fmt::format("cannot load image archive '{}': {}", name, error.message);
  if (error.kind == ErrorKind::bad_data && error.hint.empty())
    error.hint = "it must be an OCI archive, as 'amldeploy build -o' and 'skopeo copy' to oci-archive: write it";
  return error;
}

// Members come in any order: blobs go into the store at once, the index is kept for the end.
class ArchiveVisitor final : public archive::TarVisitor {
 public:
  explicit ArchiveVisitor(const store::BlobStore& blobs) : blobs_(blobs) {}

  Status file(std::string_view path, uint64_t bytes, Source& content) override {
    if (path == "index.json") return take_index(bytes, content);
    if (!path.starts_with(kBlobFolder)) return {};
    const auto digest = Digest::parse(path.substr(kBlobFolder.size()));
    if (!digest) return bad_data(fmt::format("'{}' is no name of a blob", path));
    if (blobs_.has(*digest)) return {};
    return take_blob(*digest, content);
  }

  const std::optional<std::string>& index() const { return index_; }

 private:
  Status take_index(uint64_t bytes, Source& content) {
    if (bytes > store::kManifestBytesMax) return bad_data("its index is too large");
    index_.emplace();
    for (;;) {
      const std::string_view piece = TRY(content.read());
      if (piece.empty()) return {};
      index_->append(piece);
    }
  }

  Status take_blob(const Digest& digest, Source& content) {
    store::BlobWriter writer = TRY(blobs_.writer());
    Sha256 hash;
    for (;;) {
      const std::string_view piece = TRY(content.read());
      if (piece.empty()) break;
      hash.update(piece);
      TRY(writer.write(piece));
    }
    if (hash.finish() != digest) return bad_data(fmt::format("blob {} has another digest", digest.text()));
    TRY(writer.finish());
    return {};
  }

  const store::BlobStore& blobs_;
  std::optional<std::string> index_;
};

Status check_complete(const store::BlobStore& blobs, const store::Descriptor& descriptor) {
  const std::string bytes = TRY(blobs.get(descriptor.digest));
  const store::Manifest manifest = TRY(store::parse_manifest(bytes, descriptor.media_type, descriptor.digest.text()));
  for (const store::Descriptor& blob : manifest.blobs) {
    const auto size = blobs.size(blob.digest);
    if (!size.ok() || *size != blob.size) return bad_data(fmt::format("blob {} is missing", blob.digest.text()));
  }
  return {};
}

std::string name_of(const store::Descriptor& manifest) {
  for (const char* key : {"io.containerd.image.name", "org.opencontainers.image.ref.name"})
    if (const auto found = manifest.annotations.find(key); found != manifest.annotations.end()) return found->second;
  return {};
}

Result<std::vector<LoadedImage>> load_all(Source& source, const store::BlobStore& blobs) {
  ArchiveVisitor visitor(blobs);
  TRY(archive::read_tar(source, visitor));
  if (!visitor.index()) return bad_data("it has no index.json");
  const store::Manifest index = TRY(store::parse_manifest(*visitor.index(), "", "index.json"));
  if (index.manifests.empty()) return bad_data("its index lists no image");
  std::vector<LoadedImage> images;
  for (const store::Descriptor& manifest : index.manifests) {
    TRY(check_complete(blobs, manifest));
    images.push_back({manifest, name_of(manifest)});
    images.back().manifest.annotations.clear();
  }
  return images;
}

}  // namespace

Result<std::vector<LoadedImage>> load_images(Source& source, const std::string& name, const store::BlobStore& blobs) {
  auto images = load_all(source, blobs);
  if (!images.ok()) return in_archive(name, std::move(images).error());
  return images;
}

}  // namespace aml::image
