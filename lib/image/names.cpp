#include "image/names.h"

#include <fmt/format.h>

#include "text/suggest.h"

namespace aml::image {
namespace {
constexpr const char* kKind = "images";
}

Status name_image(const store::RefStore& refs, const std::string& name, const store::Descriptor& manifest) {
  return refs.replace({kKind, name}, to_json(manifest));
}

Result<store::Descriptor> find_image(const store::RefStore& refs, const std::string& name) {
  const auto value = TRY(refs.find({kKind, name}));
  if (value) return store::parse_descriptor(*value, name);
  Error error{ErrorKind::not_found, fmt::format("no image is named '{}' here", name),
              fmt::format("build it first: amldeploy build MODEL -t {}", name)};
  const std::string nearest = text::nearest_name(name, TRY(refs.list(kKind)));
  if (!nearest.empty()) error.hint = fmt::format("did you mean '{}'?", nearest);
  return error;
}

}  // namespace aml::image
