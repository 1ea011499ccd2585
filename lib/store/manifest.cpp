#include "store/manifest.h"

#include <fmt/format.h>

namespace aml::store {
namespace {

Error bad_manifest(std::string_view name, std::string_view why) {
  return Error{ErrorKind::bad_data, fmt::format("cannot read manifest '{}': {}", name, why)};
}

bool is_index(std::string_view type) { return type == media_type::kIndex || type == media_type::kDockerIndex; }
bool is_manifest(std::string_view type) { return type == media_type::kManifest || type == media_type::kDockerManifest; }

// Older writers leave mediaType out of the document; then the sender's word, or the members, decide.
Result<std::string> type_of(const text::Json& json, std::string_view sent, std::string_view name) {
  const std::string inside = json.string_or("mediaType", "");
  if (!inside.empty() && !sent.empty() && inside != sent)
    return bad_manifest(name, fmt::format("it was sent as '{}' and calls itself '{}'", sent, inside));
  if (!inside.empty()) return inside;
  if (!sent.empty()) return std::string(sent);
  return std::string(json.find("manifests") != nullptr ? media_type::kIndex : media_type::kManifest);
}

Result<std::vector<Descriptor>> parse_list(const text::Json& list, std::string_view name) {
  if (!list.is_array()) return bad_manifest(name, "a list of descriptors is missing");
  if (list.items().size() > kManifestEntriesMax)
    return bad_manifest(name, fmt::format("it has more than {} entries", kManifestEntriesMax));
  std::vector<Descriptor> descriptors;
  for (const text::Json& item : list.items()) descriptors.push_back(TRY(parse_descriptor(item, name)));
  return descriptors;
}

}  // namespace

text::Json to_json(const Annotations& annotations) {
  text::Json json = text::Json::object();
  for (const auto& [key, value] : annotations) json.append_member(key, value);
  return json;
}

text::Json to_json(const Descriptor& descriptor) {
  text::Json json = text::Json::object(
      {{"mediaType", descriptor.media_type}, {"digest", descriptor.digest.text()}, {"size", descriptor.size}});
  if (!descriptor.annotations.empty()) json.append_member("annotations", to_json(descriptor.annotations));
  return json;
}

Result<Descriptor> parse_descriptor(const text::Json& json, std::string_view name) {
  Descriptor descriptor;
  descriptor.media_type = json["mediaType"].string();
  const std::string& digest_text = json["digest"].string();
  const auto digest = digest_text.starts_with("sha256:") ? Digest::parse(digest_text) : std::nullopt;
  const auto size = json["size"].as_int();
  if (!json["mediaType"].is_string()) return bad_manifest(name, "a descriptor has no mediaType");
  if (!digest) return bad_manifest(name, fmt::format("'{}' is not a sha256 digest", digest_text));
  if (!size || *size < 0) return bad_manifest(name, fmt::format("descriptor '{}' has no valid size", digest_text));
  descriptor.digest = *digest;
  descriptor.size = static_cast<uint64_t>(*size);
  for (const auto& [key, value] : json["annotations"].members()) descriptor.annotations[key] = value.string();
  return descriptor;
}

Result<Manifest> parse_manifest(std::string_view bytes, std::string_view sent_type, std::string_view name) {
  if (bytes.size() > kManifestBytesMax)
    return bad_manifest(name, fmt::format("it is larger than {} bytes", kManifestBytesMax));
  const text::Json json = TRY(text::parse_json(bytes, {.name = name}));
  Manifest manifest;
  manifest.media_type = TRY(type_of(json, sent_type, name));
  if (is_index(manifest.media_type)) {
    manifest.manifests = TRY(parse_list(json["manifests"], name));
    return manifest;
  }
  if (!is_manifest(manifest.media_type))
    return bad_manifest(name, fmt::format("'{}' is not a type of manifest known here", manifest.media_type));
  manifest.blobs = TRY(parse_list(json["layers"], name));
  manifest.blobs.push_back(TRY(parse_descriptor(json["config"], name)));
  return manifest;
}

}  // namespace aml::store
