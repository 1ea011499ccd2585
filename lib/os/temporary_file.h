// A file without a name: nothing of it is left when the process ends, however it ends.
#pragma once

#include "os/file.h"

namespace aml::os {

// Open for reading and writing, in `folder`.
Result<UniqueFd> open_nameless_file(const Path& folder);

}  // namespace aml::os
