// What `source:` of a package says, for the first table or in a step that reads another one.
#pragma once

#include "source/open.h"
#include "text/yaml.h"

namespace aml::prep {

Result<source::OpenOptions> read_source(const text::Yaml& node);

}  // namespace aml::prep
