// Parts of a snapshot as records for people and programs.
#pragma once

#include "project/ignore.h"
#include "project/walk.h"
#include "text/fields.h"

namespace aml::project {

text::Fields describe(const WalkedFile& file);
text::Fields describe(const std::string& path, const Verdict& verdict);

}  // namespace aml::project
