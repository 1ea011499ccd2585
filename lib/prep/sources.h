// The sources a package names once, under `sources:`, and steps refer to; and what the caller puts in their place.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "source/open.h"
#include "text/yaml.h"

namespace aml::prep {

struct NamedSource {
  std::string name;
  std::vector<std::string> inputs;  // as source::open_tables takes them, not empty
  source::OpenOptions options;
};

// Another input for a source: as "train=other.csv" says it.
struct Substitute {
  std::string name;
  std::string input;
};
Result<Substitute> parse_substitute(const std::string& text);

// How packages reach what they read.
struct Surroundings {
  std::vector<Substitute> substitutes = {};
  source::Context context = {};
};

class Sources {
 public:
  // `node` is what stands under `sources:`, null for none. Paths in it are relative to the package. A substitute for a
  // source that is not there is a usage error.
  static Result<Sources> read(const text::Yaml* node, const Surroundings& surroundings);

  // The source that `node` names, or an error at its place.
  Result<NamedSource> require(const text::Yaml& node) const;
  const source::Context& context() const { return context_; }

 private:
  Status substitute(const Substitute& substitute);

  std::vector<NamedSource> sources_;
  source::Context context_;
};

// A path in the file that `node` stands in: relative to it, unless it is absolute or an address.
std::string path_beside(const text::Yaml& node, const std::string& path);

}  // namespace aml::prep
