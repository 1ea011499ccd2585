// How people name a registered model: "penguins" (the newest version), "penguins:3", "penguins@production".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace aml::catalog {

// Lower-case letters and digits, parts joined by '.', '_' or '-', at most 64 characters: also a valid part of a
// repository name in an OCI registry.
bool is_model_name(std::string_view name);
Status check_model_name(std::string_view name);

struct ModelName {
  std::string name;
  std::optional<uint32_t> version = {};
  std::optional<std::string> alias = {};
};

// Nothing when the text has not this form (a path, a run id, a digest).
std::optional<ModelName> parse_model_name(std::string_view text);

}  // namespace aml::catalog
