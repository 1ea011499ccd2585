// The service's contract as OpenAPI 3.0, made from the model's signature: GET /openapi.json.
#pragma once

#include <string>

#include "model/signature.h"
#include "text/json.h"

namespace aml::serve {
text::Json openapi_document(const model::Signature& signature, const std::string& model, const std::string& version);
}
