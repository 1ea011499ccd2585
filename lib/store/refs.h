// Named pointers: refs/KIND/NAME holds a small JSON value. Creation is exclusive, which is how version numbers and
// tags are handed out without a race; replacement is atomic and happens under the lock of the kind.
//
// A ref whose last name is a digest, 64 hex digits, is an alias of that content (a snapshot's digest is of another form
// of it than the blob's): gc keeps it only while something else names the digest. All other refs keep what they name.
//
// A value that is an OCI descriptor (members mediaType, digest, size) is listed in index.json (oci_layout.h).
#pragma once

#include <functional>
#include <optional>

#include "os/file.h"
#include "text/json.h"

namespace aml::store {

// KIND is one name, NAME one or more joined by '/'; a name is made of letters, digits, '.', '_', '-', '@', ':', '+'
// and starts with a letter or digit.
struct RefName {
  std::string kind;
  std::string name;
};

class RefStore {
 public:
  explicit RefStore(const Path& store_dir) : dir_(store_dir / "refs") {}

  Status create(const RefName& ref, const text::Json& value) const;      // conflict when it is there
  Result<std::optional<text::Json>> find(const RefName& ref) const;      // nothing when it is not there
  Result<text::Json> read(const RefName& ref) const;                     // not_found when it is not there
  Status replace(const RefName& ref, const text::Json& value) const;     // or create
  Status remove(const RefName& ref) const;                               // what is gone already is fine
  Result<std::vector<std::string>> list(const std::string& kind) const;  // names, sorted
  Result<std::vector<std::string>> kinds() const;                        // sorted

  // Read, decide, replace as one step: `change` gets the value or nothing and returns the new one, or nothing to
  // remove the ref, or an error to leave it as it is.
  using Change = std::function<Result<std::optional<text::Json>>(const std::optional<text::Json>&)>;
  Status update(const RefName& ref, const Change& change) const;

 private:
  Result<Path> path_of(const RefName& ref) const;
  Path dir_;
};

}  // namespace aml::store
