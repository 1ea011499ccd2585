// Parameters of a learner: each has a name, a default, a range, and a place in the learner's options struct.
// `--param name=value` ends here.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <variant>

#include "base/result.h"
#include "text/json.h"

namespace aml::learn {

struct ParamSpec {
  std::string name;
  std::string help;                         // one line
  std::variant<uint64_t*, double*> target;  // holds the default until assigned
  double min;
  double max;
};

// Writes the values given into their targets. An unknown name, a value that is no number or is out of range is a
// usage error that names the learner and the nearest parameter.
Status assign_params(std::string_view learner, std::span<const ParamSpec> specs,
                     const std::map<std::string, std::string>& given);

text::Json to_json(std::span<const ParamSpec> specs);  // {"name": value, …}: what the training ran with

}  // namespace aml::learn
