#include "registry/push.h"

#include <fmt/format.h>

#include <set>

namespace aml::registry {
namespace {

// A manifest with the position it is sent in: children before parents.
struct Node {
  RemoteManifest manifest;
  std::vector<store::Descriptor> blobs;
};

Status collect(const store::BlobStore& blobs, const Digest& digest, int depth, std::vector<Node>& nodes) {
  if (depth > kIndexDepthMax)
    return Error{ErrorKind::bad_data,
                 fmt::format("index '{}' is nested more than {} deep", digest.text(), kIndexDepthMax)};
  Node node;
  node.manifest.bytes = TRY(blobs.get(digest));
  const store::Manifest manifest = TRY(store::parse_manifest(node.manifest.bytes, "", digest.text()));
  node.manifest.descriptor = {manifest.media_type, digest, node.manifest.bytes.size()};
  node.blobs = manifest.blobs;
  for (const store::Descriptor& child : manifest.manifests) TRY(collect(blobs, child.digest, depth + 1, nodes));
  nodes.push_back(std::move(node));
  return {};
}

uint64_t total_bytes(const std::vector<Node>& nodes) {
  uint64_t total = 0;
  std::set<Digest> seen;
  for (const Node& node : nodes)
    for (const store::Descriptor& blob : node.blobs)
      if (seen.insert(blob.digest).second) total += blob.size;
  return total;
}

Status push_blob(const store::BlobStore& blobs, const store::Descriptor& blob, Client& client,
                 const std::string& repository, Observer& observer) {
  // A damaged blob would be refused at the end of a long upload.
  TRY(blobs.verify(blob.digest));
  if (TRY(client.has_blob(repository, blob.digest))) {
    observer.advance(blob.size);
    observer.was_there(blob);
    return {};
  }
  const OnBytes on_bytes = [&](uint64_t more) { observer.advance(more); };
  TRY(client.upload_blob(repository, blob, blobs.path_of(blob.digest), on_bytes));
  observer.moved(blob);
  return {};
}

}  // namespace

Status push(const store::BlobStore& blobs, const Digest& root, Client& client, const Reference& to,
            Observer& observer) {
  std::vector<Node> nodes;
  TRY(collect(blobs, root, 1, nodes));
  observer.will_move(total_bytes(nodes));
  std::set<Digest> seen;
  for (const Node& node : nodes)
    for (const store::Descriptor& blob : node.blobs)
      if (seen.insert(blob.digest).second) TRY(push_blob(blobs, blob, client, to.repository, observer));
  for (const Node& node : nodes) {
    const bool is_root = &node == &nodes.back();
    const std::string selector = is_root && !to.tag.empty() ? to.tag : node.manifest.descriptor.digest.text();
    TRY(client.put_manifest(to.repository, selector, node.manifest));
    observer.moved(node.manifest.descriptor);
  }
  return {};
}

}  // namespace aml::registry
