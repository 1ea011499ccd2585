// Names of images and artifacts: HOST[:PORT]/REPOSITORY[:TAG|@DIGEST], as typed by people and stored as tags.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/result.h"

namespace aml::registry {

struct Reference {
  std::string host;        // with its port; empty: a name for this machine only
  std::string repository;  // "penguins", "team/models/penguins"
  std::string tag;         // "latest" when neither tag nor digest was given; may be empty beside a digest
  std::optional<Digest> digest;

  std::string text() const;      // what was parsed, with the tag filled in
  std::string selector() const;  // what the registry is asked for: the digest, or else the tag
  bool operator==(const Reference&) const = default;
};

// As docker and podman read them: the first part is a host if it holds a '.' or ':' or is "localhost". Usage errors
// say which rule is broken.
Result<Reference> parse_reference(std::string_view text);

// A usage error when the reference names no registry.
Status check_has_host(const Reference& reference);

}  // namespace aml::registry
