// What of the environment is recorded and what a payload sees. Recorded are the values of a few variables that change
// results, and facts about the machine; of all others not even the name. What looks like a secret is never recorded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/run_folder.h"
#include "store/run_spec.h"

namespace aml::run {

// The text of env.lock: sorted lines "NAME=value" for allowed variables, "machine.KEY=value" for facts.
std::string describe_environment(const std::vector<std::string>& environment);
bool is_recorded_variable(std::string_view name);

// "learning-rate" → "AML_PARAM_LEARNING_RATE"
std::string variable_name(std::string_view prefix, std::string_view name);

struct PayloadSurroundings {
  Path store_dir;
  Path params_file;
  Path metrics_file;
};

// The caller's variables without its AML_… ones, and those of protocol aml-run/1 for this run.
std::vector<std::string> payload_environment(const std::vector<std::string>& environment,
                                             const store::RunFolder& folder, const store::RunSpec& spec,
                                             const PayloadSurroundings& surroundings);

}  // namespace aml::run
