// What `source:` of a package says, for the first table or in a step that reads another one.
#pragma once

#include "source/open.h"
#include "text/yaml.h"

namespace aml::prep {

// `also` are keys that stand among the options and are not for this function.
Result<source::OpenOptions> read_source(const text::Yaml& node, const std::vector<std::string>& also);

}  // namespace aml::prep
