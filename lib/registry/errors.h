// A registry's refusal in our words. Internal to registry.
#pragma once

#include <string_view>

#include "net/http_client.h"

namespace aml::registry {

// "registry 'HOST' refused to WHAT: 400 MANIFEST_INVALID: …", from the JSON errors of the answer or, where there are
// none, from the start of whatever else came.
Error refusal(std::string_view host, std::string_view what, const net::Response& response);

}  // namespace aml::registry
