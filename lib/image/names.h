// The names under which images are known on this machine: refs/images/NAME holds the descriptor of a manifest.
#pragma once

#include <string>

#include "store/manifest.h"
#include "store/refs.h"

namespace aml::image {

Status name_image(const store::RefStore& refs, const std::string& name, const store::Descriptor& manifest);

// not_found, with the nearest name as a hint, when no image has that name.
Result<store::Descriptor> find_image(const store::RefStore& refs, const std::string& name);

}  // namespace aml::image
