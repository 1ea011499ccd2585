// What turns raw scores into probabilities in ai.onnx.ml's linear and tree models.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"

namespace aml::model {

enum class PostTransform : uint8_t { none, softmax, logistic, softmax_zero, probit };

Result<PostTransform> parse_post_transform(std::string_view name);  // "NONE", "SOFTMAX", …
void apply_post_transform(std::span<double> scores, PostTransform transform);
double logistic(double x);

}  // namespace aml::model
