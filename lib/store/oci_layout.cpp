#include "store/oci_layout.h"

#include "os/atomic_file.h"
#include "store/refs.h"

namespace aml::store {
namespace {

bool is_descriptor(const text::Json& value) {
  return value["mediaType"].is_string() && value["digest"].is_string() && value["size"].is_number();
}

text::Json named_descriptor(const text::Json& value, const std::string& name) {
  text::Json annotations = text::Json::object();
  for (const auto& [key, text] : value["annotations"].members()) annotations.set(key, text);
  annotations.set("org.opencontainers.image.ref.name", name);
  text::Json descriptor =
      text::Json::object({{"mediaType", value["mediaType"]}, {"digest", value["digest"]}, {"size", value["size"]}});
  if (value["artifactType"].is_string()) descriptor.append_member("artifactType", value["artifactType"]);
  descriptor.append_member("annotations", std::move(annotations));
  return descriptor;
}

}  // namespace

Result<text::Json> make_oci_index(const Store& store) {
  const RefStore refs(store.dir());
  text::Json manifests = text::Json::array();
  for (const std::string& kind : TRY(refs.kinds())) {
    for (const std::string& name : TRY(refs.list(kind))) {
      const auto value = TRY(refs.find({kind, name}));
      if (value && is_descriptor(*value)) manifests.push(named_descriptor(*value, name));
    }
  }
  return text::Json::object({{"schemaVersion", 2},
                             {"mediaType", "application/vnd.oci.image.index.v1+json"},
                             {"manifests", std::move(manifests)}});
}

Status write_oci_index(const Store& store) {
  TRY(store.check_writable());
  const text::Json index = TRY(make_oci_index(store));
  return os::write_file_atomically(store.dir() / "index.json", index.dump() + "\n", os::Overwrite::yes, kFileMode);
}

}  // namespace aml::store
